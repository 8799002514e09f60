"""Words in the languages a paper is in: each is a list, one text a language, in the paper's order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import force_locale

from ..languages import unit_text

Words = list[str]


def in_each(languages: Sequence[str], say: Callable[[], str]) -> Words:
    """What ``say`` says in each language; said once where all of them say the same."""
    said = []
    for language in languages:
        with force_locale(language):
            said.append(str(say()))
    return once(said)


def names_in(languages: Sequence[str], names: Mapping[str, str] | None) -> Words:
    """A name that is given in three languages."""
    return once(
        [names.get(language) or next(iter(names.values())) for language in languages] if names else []
    )


def unit_in(languages: Sequence[str], unit: str | None) -> str:
    """A unit of a ruleset in one line, whichever languages there are."""
    return " / ".join(in_each(languages, lambda: unit_text(unit)))


def once(said: Sequence[str]) -> Words:
    """The texts without repetitions, in their order."""
    return list(dict.fromkeys(said))
