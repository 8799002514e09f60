"""How many steps a formula can take on the largest sheet, so that no ruleset can stall a tablet."""

from __future__ import annotations

from collections.abc import Mapping

from .formula.nodes import Index, Macro, Member, Name, Node, children
from .formula.parse import parse
from .parts import Formula

MOST_STEPS = 100_000
"""Some 50 ms on a slow tablet."""

_UNKNOWN_LENGTH = 20


def cost(formula: Formula, rows: Mapping[str, int]) -> int:
    """An upper estimate of steps; ``rows`` is how long each list can be."""
    return _steps(parse(formula.cel), dict(rows))


def _steps(node: Node, rows: Mapping[str, int]) -> int:
    if isinstance(node, Macro):
        return _steps(node.of, rows) + _length(node.of, rows) * sum(_steps(arg, rows) for arg in node.args)
    return 1 + sum(_steps(child, rows) for child in children(node))


def _length(node: Node, rows: Mapping[str, int]) -> int:
    """How long the list that ``node`` gives can be."""
    match node:
        case Name(name=name):
            return rows.get(name, _UNKNOWN_LENGTH)
        case Macro(of=of) | Member(of=of) | Index(of=of):
            return _length(of, rows)
    return max(len(children(node)), 1)
