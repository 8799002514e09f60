"""The parts of a parsed formula."""

from __future__ import annotations

from dataclasses import dataclass

MACROS = ("map", "filter", "exists", "exists_one", "all")


class FormulaError(Exception):
    """A formula is wrong: a stable ``code``, the character it is about, and the facts of the matter."""

    def __init__(self, code: str, at: int, **facts: str) -> None:
        super().__init__(code)
        self.code, self.at, self.facts = code, at, facts


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of a formula; ``at`` is its first character."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, string, truth value or null. Whole numbers are ``float`` already, except where they index."""

    value: float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Member(Node):
    of: Node
    name: str


@dataclass(frozen=True, slots=True)
class Index(Node):
    of: Node
    index: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Macro(Node):
    """``of.map(variable, args…)`` and the like: ``args`` see ``variable`` as each element in turn."""

    of: Node
    name: str
    variable: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary(Node):
    operator: str
    of: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list written out: ``[a, b, c]``."""

    items: tuple[Node, ...]


def children(node: Node) -> tuple[Node, ...]:
    """The parts directly inside ``node``, in order."""
    match node:
        case Member(of=of) | Unary(of=of):
            return (of,)
        case Index(of=of, index=index):
            return (of, index)
        case Call(args=args):
            return args
        case Macro(of=of, args=args):
            return (of, *args)
        case Binary(left=left, right=right):
            return (left, right)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Items(items=items):
            return items
        case _:
            return ()


def names(node: Node, bound: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names a formula takes from outside: fields, values and parameters, not its own loop variables."""
    if isinstance(node, Name):
        return frozenset() if node.name in bound else frozenset((node.name,))
    if isinstance(node, Macro):
        inner = bound | {node.variable}
        parts = [names(node.of, bound), *(names(arg, inner) for arg in node.args)]
    else:
        parts = [names(child, bound) for child in children(node)]
    return frozenset().union(*parts)
