"""One score sheet evaluated by its ruleset: results, or every problem and no results at all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .entries import SheetReader, Value
from .model import Ruleset
from .parts import Constraint, Formula
from .problems import SheetProblem
from .programs import EvaluationFailed, Layer, Programs, execute, programs, run

__all__ = ["Evaluation", "SheetProblem", "Value", "evaluate"]

Scalar = float | bool | str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a sheet came to. With an error there are no results and no values: a partial total would be believed."""

    ok: bool
    results: Mapping[str, float]
    values: Mapping[str, Scalar]
    warnings: tuple[SheetProblem, ...]
    errors: tuple[SheetProblem, ...]

    def to_json(self) -> dict[str, Any]:
        warnings = [problem.to_json() for problem in self.warnings]
        if self.ok:
            return {
                "ok": True,
                "results": dict(self.results),
                "values": dict(self.values),
                "warnings": warnings,
            }
        return {"ok": False, "errors": [problem.to_json() for problem in self.errors], "warnings": warnings}


def evaluate(ruleset: Ruleset, sheet: Mapping[str, Any]) -> Evaluation:
    """The results of a sheet ``{field: value}``; None and a missing key are both unset, and unset is not zero.

    Constraints whose fields are all there are judged even when others are missing, so they show where they arise.
    """
    compiled = programs(ruleset)
    reader = SheetReader(lambda formula, seen: _holds(compiled, formula, seen))
    reader.read(ruleset.fields, sheet)
    work = _Work(compiled, reader)
    work.run_layers()
    work.judge(ruleset.constraints)
    if work.errors:
        return Evaluation(False, {}, {}, tuple(work.warnings), tuple(work.errors))
    results = {result.name: work.values[result.name] for result in ruleset.results}
    values = {
        value.name: work.values[value.name] for value in ruleset.values if _is_scalar(work.values[value.name])
    }
    return Evaluation(True, results, values, tuple(work.warnings), ())


def _holds(compiled: Programs, formula: Formula, seen: Mapping[str, Any]) -> bool:
    """A ``visible_if`` that cannot be told (what it asks about is unset) hides its field."""
    try:
        return run(formula, compiled.context_for(formula, seen)) is True
    except EvaluationFailed:
        return False


class _Work:
    """The evaluation of one sheet; ``missing`` are the names that have no value because of a problem."""

    def __init__(self, compiled: Programs, reader: SheetReader) -> None:
        self.values: dict[str, Any] = {}
        self.errors: list[SheetProblem] = list(reader.problems)
        self.warnings: list[SheetProblem] = []
        self._missing = set(reader.missing)
        self._compiled = compiled
        self._context = compiled.context(reader.values)

    def run_layers(self) -> None:
        for layer in self._compiled.layers:
            if self._missing or not self._run_together(layer):
                self._run_apart(layer)

    def _run_together(self, layer: Layer) -> bool:
        """Run a whole layer at once; False if anything in it fails, to be found one by one."""
        try:
            made = execute(layer.together, self._context)
        except EvaluationFailed:
            return False
        if not all(map(_is_finite, made)):
            return False
        self._learn(dict(zip(layer.names, made, strict=True)))
        return True

    def _run_apart(self, layer: Layer) -> None:
        for name, formula in zip(layer.names, layer.formulas, strict=True):
            if formula.uses & self._missing:
                self._missing.add(name)
                continue
            try:
                self._learn({name: _finite(run(formula, self._context))})
            except EvaluationFailed as failed:
                self.errors.append(SheetProblem(failed.code, name))
                self._missing.add(name)

    def _learn(self, values: dict[str, Any]) -> None:
        made = {name: value + 0.0 if isinstance(value, float) else value for name, value in values.items()}
        self.values.update(made)
        self._context.update(made)

    def judge(self, constraints: tuple[Constraint, ...]) -> None:
        """Note every broken constraint that can be judged."""
        able = [constraint for constraint in constraints if not constraint.require.uses & self._missing]
        try:
            if len(able) == len(constraints) and all(execute(self._compiled.constraints, self._context)):
                return
        except EvaluationFailed:
            pass  # found one by one below
        for constraint in able:
            self._judge(constraint)

    def _judge(self, constraint: Constraint) -> None:
        field = constraint.fields[0] if constraint.fields else None
        try:
            if run(constraint.require, self._context):
                return
        except EvaluationFailed as failed:
            self.errors.append(SheetProblem(failed.code, field, {"constraint": constraint.code}))
            return
        broken = SheetProblem(constraint.code, field, {}, constraint.message, constraint.fields)
        (self.errors if constraint.level == "error" else self.warnings).append(broken)


def _is_scalar(value: object) -> bool:
    return isinstance(value, float | bool | str)


def _is_finite(value: object) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def _finite(value: Any) -> Any:
    if not _is_finite(value):
        raise EvaluationFailed("not_finite")
    return value
