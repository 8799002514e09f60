"""What a formula may speak of, and what is known to be set where a part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from .nodes import Binary, Call, FormulaError, Literal, Member, Name, Node, Unary
from .types import Type


class Checked(NamedTuple):
    """A rewritten part and its type."""

    node: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may speak of.

    ``options`` holds the option ids of each choice by the path of its field, ``given`` the paths of optional
    values known to be set where the formula now stands.
    """

    names: Mapping[str, Type]
    constants: Mapping[str, float]
    tables: Mapping[str, str]
    options: Mapping[str, frozenset[str]]
    given: frozenset[str] = frozenset()

    def knowing(self, paths: frozenset[str]) -> Scope:
        return replace(self, given=self.given | paths) if paths else self

    def binding(self, name: str, of: Type) -> Scope:
        if name in self.names or name in self.constants:
            raise FormulaError("name_taken", 0, name=name)
        return replace(self, names={**self.names, name: of})


def path_of(node: Node) -> str | None:
    """``field`` or ``row.column``, which can be known to be set; None for anything else."""
    match node:
        case Name(name=name):
            return name
        case Member(of=Name(name=row), name=column):
            return f"{row}.{column}"
    return None


def known_when(node: Node, outcome: bool) -> frozenset[str]:
    """The paths that are certainly set when ``node`` comes out as ``outcome``."""
    match node:
        case Call(name="is_set", args=(of,)):
            path = path_of(of)
            return frozenset((path,)) if path and outcome else frozenset()
        case Unary(operator="!", of=of):
            return known_when(of, not outcome)
        case Binary(operator="&&" | "||" as operator, left=left, right=right) if (
            operator == "&&"
        ) == outcome:
            return known_when(left, outcome) | known_when(right, outcome)
        case Binary(operator="!=" | "==" as operator, left=of, right=Literal(value=None)):
            path = path_of(of)
            return frozenset((path,)) if path and (operator == "!=") == outcome else frozenset()
    return frozenset()
