"""A formula cut into tokens, by the lexis of CEL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .nodes import FormulaError

_PATTERN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<number>(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/<>!?:.,()\[\]])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is number, name, string, sign or end."""

    kind: str
    text: str
    at: int


def tokens(source: str) -> Iterator[Token]:
    """The tokens of ``source``, closed by one of kind ``end``. Raises FormulaError at a foreign character."""
    at = 0
    while at < len(source):
        found = _PATTERN.match(source, at)
        if found is None:
            raise FormulaError("character_unexpected", at, character=source[at])
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found.group(), at)
        at = found.end()
    yield Token("end", "", at)
