"""A checked formula written out as CEL, with as few parentheses as its meaning needs."""

from __future__ import annotations

import json

from .nodes import Binary, Call, Conditional, Index, Items, Literal, Macro, Member, Name, Node, Unary

_BINDING = {"||": 1, "&&": 2, "in": 3, "+": 4, "-": 4, "*": 5, "/": 5}
_RELATION, _UNARY, _ATOM = 3, 6, 7


def text(node: Node) -> str:
    """CEL source for ``node``; numbers are doubles, except literal indexes."""
    match node:
        case Literal(value=value):
            return _literal(value)
        case Name(name=name):
            return name
        case Member(of=of, name=name):
            return f"{_inside(of, _ATOM)}.{name}"
        case Index(of=of, index=index):
            return f"{_inside(of, _ATOM)}[{text(index)}]"
        case Call(name=name, args=args):
            return f"{name}({_listed(args)})"
        case Macro(of=of, name=name, variable=variable, args=args):
            return f"{_inside(of, _ATOM)}.{name}({variable}, {_listed(args)})"
        case Unary(operator=operator, of=of):
            return f"{operator}{_inside(of, _ATOM)}"
        case Binary(operator=operator, left=left, right=right):
            binding = _binding(node)
            tighter_left = binding + (binding == _RELATION)
            return f"{_inside(left, tighter_left)} {operator} {_inside(right, binding + 1)}"
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"{_inside(condition, 1)} ? {_inside(then, 1)} : {_inside(otherwise, 1)}"
        case Items(items=items):
            return f"[{_listed(items)}]"
    raise TypeError(node)


def _listed(nodes: tuple[Node, ...]) -> str:
    return ", ".join(map(text, nodes))


def _inside(node: Node, least: int) -> str:
    written = text(node)
    return written if _binding(node) >= least else f"({written})"


def _binding(node: Node) -> int:
    match node:
        case Conditional():
            return 0
        case Binary(operator=operator):
            return _BINDING.get(operator, _RELATION)
        case Unary():
            return _UNARY
        case Literal(value=value) if isinstance(value, float) and value < 0:
            return _UNARY
    return _ATOM


def _literal(value: float | int | str | bool | None) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
