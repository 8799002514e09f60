"""A ruleset's formulas compiled by the CEL library, and run.

Formulas that do not need each other's values run as one list expression: entering the library costs more than a sum.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .cel_library import cel
from .formula.functions import FUNCTIONS, FunctionFailed
from .formulas import depths
from .model import Ruleset
from .parts import Formula, Table

logging.getLogger("cel").setLevel(logging.CRITICAL)  # the library reports our FunctionFailed there as well

_FAILED = re.compile(r"<(\w+)>")
_CODES: Mapping[type[Exception], str] = {
    IndexError: "index_out_of_range",
    OverflowError: "index_out_of_range",
}


class EvaluationFailed(Exception):
    """A formula has no value on this sheet; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Layer:
    """Named formulas that can run together, and the program that does."""

    names: tuple[str, ...]
    formulas: tuple[Formula, ...]
    together: Any


class Programs:
    """The compiled formulas of one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        named = {value.name: value.formula for value in ruleset.values}
        named |= {result.name: result.formula for result in ruleset.results}
        self.formulas = {name: named[name] for name in ruleset.order}
        self.layers = tuple(_layers(self.formulas))
        self.constraints = _together([constraint.require for constraint in ruleset.constraints])
        self._functions: dict[str, Callable[..., float]] = {**FUNCTIONS, **_lookups(ruleset.tables)}
        self._needed = frozenset().union(
            *(formula.uses for formula in self.formulas.values()),
            *(constraint.require.uses for constraint in ruleset.constraints),
        )

    def context(self, values: Mapping[str, Any]) -> cel.Context:
        """What formulas see: of ``values``, those that any formula uses."""
        seen = {name: value for name, value in values.items() if name in self._needed}
        return cel.Context(variables=seen, functions=self._functions)

    def context_for(self, formula: Formula, values: Mapping[str, Any]) -> cel.Context:
        """What one formula sees."""
        return cel.Context(variables={name: values[name] for name in formula.uses}, functions=self._functions)


@lru_cache(maxsize=256)
def programs(ruleset: Ruleset) -> Programs:
    """The compiled formulas of ``ruleset``, compiled once."""
    return Programs(ruleset)


@lru_cache(maxsize=4096)
def _compiled(source: str) -> Any:
    return cel.compile(source)


def run(formula: Formula, context: cel.Context) -> Any:
    """The formula's value. Raises EvaluationFailed if it has none or is not finite."""
    return execute(_compiled(formula.cel), context)


def execute(program: Any, context: cel.Context) -> Any:
    """A program's value. Raises EvaluationFailed if it has none."""
    try:
        return program.execute(context)
    except (RuntimeError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        found = _FAILED.search(str(error))
        raise EvaluationFailed(found[1] if found else _CODES.get(type(error), "evaluation_failed")) from None


def _layers(formulas: Mapping[str, Formula]) -> list[Layer]:
    depth = depths(formulas)
    return [
        _layer({name: formulas[name] for name in depth if depth[name] == level})
        for level in sorted({*depth.values()})
    ]


def _layer(formulas: Mapping[str, Formula]) -> Layer:
    together = tuple(formulas.values())
    return Layer(tuple(formulas), together, _together(together))


def _together(formulas: Sequence[Formula]) -> Any:
    return _compiled(f"[{', '.join(formula.cel for formula in formulas)}]")


def _lookups(tables: Mapping[str, Table]) -> dict[str, Callable[..., float]]:
    def lookup(table: str, key: float | str) -> float:
        return _found(tables[table], key)

    def points_of_all(table: str, keys: Sequence[str]) -> float:
        result = 0.0
        for key in keys:
            result += _found(tables[table], key)
        return result

    return {"lookup": lookup, "points_of_all": points_of_all}


def _found(table: Table, key: float | str) -> float:
    if isinstance(table, dict):
        if key not in table:
            raise FunctionFailed("not_in_table")
        return table[str(key)]
    return _by_number(table, float(key))


def _by_number(table: Sequence[float] | Sequence[tuple[float, float]], key: float) -> float:
    if isinstance(table[0], tuple):
        reached = [band[1] for band in table if isinstance(band, tuple) and band[0] <= key]
        if not reached:
            raise FunctionFailed("not_in_table")
        return reached[-1]
    if not key.is_integer() or not 0 <= key < len(table):
        raise FunctionFailed("not_in_table")
    value = table[int(key)]
    assert not isinstance(value, tuple)
    return value
