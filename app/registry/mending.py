"""Letters that are not what they look like, in names and words: found, and what they were meant to be."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["code_page", "look_alike", "altai"]
MOJIBAKE = "ЈјЄєЌќЅѕҐґЎўЇїЋћ"
"""Letters that Kazakh ones become when KZ-1048 text is read as Windows-1251."""
ALTAI = str.maketrans("ӚӛӦӧӰӱɵ", "ӨөӨөҮүө")
"""Letters of Altai (and of phonetics) that Kazakh keyboards lacked and people took for ө and ү."""
TO_CYRILLIC = dict(zip("ABCEHIKMOPTXYacehikopxyƏəÖö", "АВСЕНІКМОРТХУасеһікорхуӘәӨө", strict=True))
"""Latin letters, and the Cyrillic ones they look like."""
TO_LATIN = {cyrillic: latin for latin, cyrillic in TO_CYRILLIC.items() if cyrillic.lower() not in "әөһ"}
STRAIGHT_Y = "әғқңөүұһі"
"""A word with one of these may mean Ү where it has the Latin Y."""
WORD = re.compile(r"[^\W\d_]+")
_SUSPICIOUS = re.compile(f"[{MOJIBAKE}]")
_OTHER_LETTERS = re.compile("[A-Za-z\u00c0-\u024fəӚӛӦӧӰӱɵ]")


def code_page_mended(text: str) -> str:
    """Text of the old Kazakh code page that was read as Windows-1251, set right; as it is where it cannot be that."""
    if text.isascii() or not _SUSPICIOUS.search(text):
        return text
    try:
        return text.encode("cp1251").decode("kz1048")
    except UnicodeError:
        return text


def letters_mended(text: str, *, is_name: bool = False) -> str:
    """Words of two alphabets in one, Altai letters as Kazakh ones.

    In a person's name, initials that look Cyrillic among Cyrillic words are meant to be.
    """
    if text.isascii() or not _OTHER_LETTERS.search(text):
        return text
    text = text.translate(ALTAI)
    is_cyrillic = is_name and any(map(_is_cyrillic, text))
    return WORD.sub(lambda found: _word(found[0], initial=is_cyrillic and len(found[0]) == 1), text)


def code_page_and_letters(text: str, *, is_name: bool = False) -> str:
    """Both kinds of mends, one after the other."""
    return letters_mended(code_page_mended(text), is_name=is_name)


def kind_of(was: str) -> Kind:
    """What was amiss with a text that ``letters_mended`` changed."""
    return "altai" if any(map(_is_altai, was)) else "look_alike"


def changed_letters(was: str, now: str) -> list[tuple[str, bool]]:
    """The text in pieces, and whether each was changed: look-alikes cannot be told by looking."""
    if len(was) != len(now):
        return [(was, True)]
    pieces: list[tuple[str, bool]] = []
    for old, new in zip(was, now, strict=True):
        if pieces and pieces[-1][1] == (old != new):
            pieces[-1] = pieces[-1][0] + old, pieces[-1][1]
        else:
            pieces.append((old, old != new))
    return pieces


def _word(word: str, *, initial: bool) -> str:
    cyrillic = sum(map(_is_cyrillic, word))
    latin = sum(map(_is_latin, word))
    if not latin or (not cyrillic and not initial):
        return word
    all_look_cyrillic = all(letter in TO_CYRILLIC for letter in word if _is_latin(letter))
    all_look_latin = all(letter in TO_LATIN for letter in word if _is_cyrillic(letter))
    if all_look_cyrillic and all_look_latin and len(word) <= 3 and not initial:
        return word
    if all_look_cyrillic and (not all_look_latin or cyrillic >= latin or initial):
        return _to_cyrillic(word)
    if all_look_latin:
        return "".join(TO_LATIN.get(letter, letter) for letter in word)
    return word


def _to_cyrillic(word: str) -> str:
    made = "".join(TO_CYRILLIC.get(letter, letter) for letter in word)
    if any(letter in STRAIGHT_Y for letter in made.lower()):
        made = "".join("Ү" if was == "Y" else letter for was, letter in zip(word, made, strict=True))
    return made


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u052f"


def _is_latin(letter: str) -> bool:
    return letter in TO_CYRILLIC or "a" <= letter.lower() <= "z" or "\u00c0" <= letter <= "\u024f"


def _is_altai(letter: str) -> bool:
    return ord(letter) in ALTAI
