"""The least and the most a formula can come to, by interval arithmetic over the bounds of its fields.

Intervals are never narrower than the truth, so what they put out of reach is out of reach.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .formula.functions import rounded
from .formula.nodes import Binary, Call, Conditional, Items, Literal, Macro, Member, Name, Node, Unary
from .formula.parse import parse
from .parts import Field, Formula, Table


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number can be, or what each number of a list can be, which has up to ``most`` of them."""

    low: float
    high: float
    least: int = 1
    most: int = 1


ANYTHING = Bounds(-math.inf, math.inf, 0, 200)
_TRUTH = Bounds(0.0, 1.0)

Known = Mapping[str, Bounds]


def bounds_of_field(field: Field) -> dict[str, Bounds]:
    """The bounds of a field by the name formulas give it; of rows, also of their columns as ``rows.column``."""
    if field.type == "rows":
        rows = Bounds(0.0, 0.0, field.min_rows, field.max_rows)
        inside = {f"{field.id}.{column.id}": _bounds(column) for column in field.fields}
        return {field.id: rows, **inside, f"{field.id}.index": Bounds(0.0, max(field.max_rows - 1.0, 0.0))}
    return {field.id: _bounds(field)}


def bounds_of_formula(formula: Formula, known: Known, tables: Mapping[str, Table]) -> Bounds:
    return _Reach(tables).of(parse(formula.cel), known)


def _bounds(field: Field) -> Bounds:
    if field.type == "yes_no":
        return _TRUTH
    if field.type == "multiple_choice":
        return Bounds(0.0, 0.0, 0, len(field.options))
    low = -math.inf if field.min is None else field.min
    high = math.inf if field.max is None else field.max
    if isinstance(field.otherwise, float):
        low, high = min(low, field.otherwise), max(high, field.otherwise)
    return Bounds(low, high)


class _Reach:
    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables

    def of(self, node: Node, known: Known) -> Bounds:
        match node:
            case Literal(value=bool() | str() | None):
                return _TRUTH
            case Literal(value=int() | float() as value):
                return Bounds(float(value), float(value))
            case Name(name=name):
                return known.get(name, ANYTHING)
            case Member(of=Name(name=row), name=column):
                return known.get(f"{row}.{column}", ANYTHING)
            case Unary(operator="-", of=of):
                inner = self.of(of, known)
                return Bounds(-inner.high, -inner.low)
            case Binary(operator="+" | "-" | "*" | "/" as operator, left=left, right=right):
                return _ARITHMETIC[operator](self.of(left, known), self.of(right, known))
            case Conditional(then=then, otherwise=otherwise):
                return _either(self.of(then, known), self.of(otherwise, known))
            case Items(items=items):
                inside = [self.of(item, known) for item in items]
                made = _either(*inside)
                return Bounds(made.low, made.high, len(items), len(items))
            case Macro():
                return self._macro(node, known)
            case Call(name=name, args=args):
                return self._call(name, args, known)
        return _TRUTH

    def _macro(self, node: Macro, known: Known) -> Bounds:
        of = self.of(node.of, known)
        if node.name == "filter":
            return Bounds(of.low, of.high, 0, of.most)
        if node.name != "map":
            return _TRUTH
        rows = _rows_of(node.of)
        inside = {
            f"{node.variable}.{name.removeprefix(f'{rows}.')}": b
            for name, b in known.items()
            if name.startswith(f"{rows}.")
        }
        made = self.of(node.args[0], {**known, node.variable: of, **inside})
        return Bounds(made.low, made.high, of.least, of.most)

    def _call(self, name: str, args: Sequence[Node], known: Known) -> Bounds:
        if name in ("lookup", "points_of_all"):
            return self._looked_up(name, args, known)
        if name in _EXTREMES and isinstance(args[0], Items):
            items = [self.of(item, known) for item in args[0].items]
            return Bounds(_EXTREMES[name](b.low for b in items), _EXTREMES[name](b.high for b in items))
        inner = [self.of(arg, known) for arg in args]
        return _CALLS[name](inner) if name in _CALLS else ANYTHING

    def _looked_up(self, name: str, args: Sequence[Node], known: Known) -> Bounds:
        table = self._tables[str(getattr(args[0], "value", ""))]
        values = (
            [*table.values()]
            if isinstance(table, dict)
            else [v[1] if isinstance(v, tuple) else v for v in table]
        )
        if name == "lookup":
            return Bounds(min(values), max(values))
        return Bounds(sum(v for v in values if v < 0), sum(v for v in values if v > 0))


def _rows_of(node: Node) -> str:
    """The rows that a list comes from, through filters."""
    match node:
        case Name(name=name):
            return name
        case Macro(of=of):
            return _rows_of(of)
    return ""


def _either(*bounds: Bounds) -> Bounds:
    return Bounds(
        min(b.low for b in bounds),
        max(b.high for b in bounds),
        min(b.least for b in bounds),
        max(b.most for b in bounds),
    )


def _product(left: Bounds, right: Bounds) -> Bounds:
    corners = [_times(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    return Bounds(min(corners), max(corners))


def _times(left: float, right: float) -> float:
    return 0.0 if 0.0 in (left, right) else left * right


def _quotient(left: Bounds, right: Bounds) -> Bounds:
    if right.low <= 0 <= right.high:
        return Bounds(-math.inf, math.inf)
    return _product(left, Bounds(1 / right.high, 1 / right.low))


def _sum(inner: Sequence[Bounds]) -> Bounds:
    (of,) = inner
    low = _times(of.low, of.most if of.low < 0 else of.least)
    return Bounds(low, _times(of.high, of.most if of.high > 0 else of.least))


def _power(inner: Sequence[Bounds]) -> Bounds:
    base, exponent = inner
    if base.low < 0 or exponent.low < 0 or math.inf in (base.high, exponent.high):
        return Bounds(-math.inf, math.inf)
    corners = [a**b for a in (base.low, base.high) for b in (exponent.low, exponent.high)]
    return Bounds(min(corners), max(corners))


def _clamp(inner: Sequence[Bounds]) -> Bounds:
    value, low, high = inner
    return Bounds(max(value.low, low.low), max(min(value.high, high.high), low.low))


def _least(inner: Sequence[Bounds]) -> Bounds:
    return Bounds(inner[0].low, inner[0].high)


def _round(inner: Sequence[Bounds]) -> Bounds:
    value, digits = inner
    if digits.low != digits.high or not (math.isfinite(value.low) and math.isfinite(value.high)):
        return Bounds(-math.inf, math.inf)
    return Bounds(rounded(value.low, digits.low), rounded(value.high, digits.low))


_EXTREMES: Mapping[str, Callable[[Iterable[float]], float]] = {"min": min, "max": max}

_ARITHMETIC: Mapping[str, Callable[[Bounds, Bounds], Bounds]] = {
    "+": lambda left, right: Bounds(left.low + right.low, left.high + right.high),
    "-": lambda left, right: Bounds(left.low - right.high, left.high - right.low),
    "*": _product,
    "/": _quotient,
}

_CALLS: Mapping[str, Callable[[Sequence[Bounds]], Bounds]] = {
    "sum": _sum,
    "avg": _least,
    "min": _least,
    "max": _least,
    "div": lambda inner: _quotient(inner[0], inner[1]),
    "pow": _power,
    "clamp": _clamp,
    "round": _round,
    "abs": lambda inner: Bounds(0.0, max(abs(inner[0].low), abs(inner[0].high))),
    "floor": lambda inner: Bounds(inner[0].low - 1, inner[0].high),
    "ceil": lambda inner: Bounds(inner[0].low, inner[0].high + 1),
    "size": lambda inner: Bounds(inner[0].least, inner[0].most),
    "double": _least,
}
