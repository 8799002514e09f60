"""Finding teams and people by what somebody says or types in a hurry, on whatever keyboard is at hand."""

from __future__ import annotations

_AS_TYPED = str.maketrans("әғқңөұүһіё", "агкноуухие")
"""Kazakh letters as they come out of a Russian keyboard."""


def folded(text: str) -> str:
    """``text`` as it is compared: without case, and with the Russian letters people type for Kazakh ones."""
    return " ".join(text.casefold().translate(_AS_TYPED).split())


def fits(query: str, *texts: str) -> bool:
    """Whether every word of ``query`` begins a word of ``texts``, or stands inside one from three letters on."""
    haystack = f" {folded(' '.join(texts))}"
    return all(
        f" {word}" in haystack or (len(word) >= 3 and word in haystack) for word in folded(query).split()
    )
