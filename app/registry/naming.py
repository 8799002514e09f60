"""How people are called: from the parts of a name, for the public, and in alphabetical order."""

from __future__ import annotations

from .state import Ticks

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The Kazakh order; Russian letters keep theirs in it. Source: CLDR's collation of kk."""

_PLACES = {letter: chr(0xE000 + place) for place, letter in enumerate(ALPHABET)}


def joined(surname: str, given_name: str, patronymic: str | None = None) -> str:
    """The full name, surname first, as lists here are written."""
    return " ".join(part for part in (surname, given_name, patronymic) if part)


def public_name(
    full_name: str, surname: str | None, given_name: str | None, ticks: Ticks | None
) -> str | None:
    """What the public may read: the surname with an initial; with consent to results surname and name.

    None where a consent was revoked: then the team alone is named.
    """
    words = full_name.split()
    family = surname or words[0]
    given = given_name or (words[1] if len(words) > 1 else "")
    if ticks and ticks.revoked:
        return None
    if not given:
        return family
    return f"{family} {given}" if ticks and ticks.results else f"{family} {given[0]}."


def alphabetical(name: str) -> str:
    """A key that sorts names as Kazakh and Russian readers look for them; other letters come first."""
    return "".join(_PLACES.get(letter, letter) for letter in name.casefold())
