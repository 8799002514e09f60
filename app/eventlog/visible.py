"""Text that people typed, without what nobody can see: it breaks files, and turns what stands beside it on a screen."""

from __future__ import annotations

import unicodedata
from typing import Any

UNSEEN = ("Cc", "Cf", "Cs")
"""Control characters, marks of writing direction and other format characters, and halves of letters."""
KEPT = "\n\t"


def visible(text: str) -> str:
    """The text without characters that cannot be seen; lines and tabs stay, as notes have them."""
    if text.isprintable():
        return text
    kept = (letter for letter in text if letter in KEPT or unicodedata.category(letter) not in UNSEEN)
    return "".join(kept)


def all_visible(value: Any) -> Any:
    """The same of every text in lists and objects, as JSON has them; whatever is none of these stays as it is."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {name: all_visible(item) for name, item in value.items()}
    if isinstance(value, list):
        return [all_visible(item) for item in value]
    return value
