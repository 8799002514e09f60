"""A ruleset's parameters: their values on the day, and where settings refer to them as ``$name``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .parts import Parameter
from .problems import RulesetProblem
from .source import Path, Source


def parameters_of(
    source: Source, chosen: Mapping[str, float]
) -> tuple[tuple[Parameter, ...], list[RulesetProblem]]:
    """The parameters with the values chosen on the day, and what is wrong with the choice."""
    declared = tuple(map(_parameter, source.content.get("parameters", ())))
    problems = [
        source.problem(("parameters",), "parameter_unknown", name=name)
        for name in chosen.keys() - {parameter.name for parameter in declared}
    ]
    made = []
    for at, parameter in enumerate(declared):
        value = chosen.get(parameter.name, parameter.value)
        if value != parameter.value and not parameter.on_the_day:
            problems.append(source.problem(("parameters", at), "parameter_fixed", name=parameter.name))
        if not _within(value, parameter):
            facts: dict[str, Any] = {
                "name": parameter.name,
                "min": parameter.min,
                "max": parameter.max,
                "found": value,
            }
            problems.append(source.problem(("parameters", at, "value"), "out_of_bounds", **facts))
        made.append(replace(parameter, value=float(value)))
    return tuple(made), problems


def substituted(
    source: Source, constants: Mapping[str, float]
) -> tuple[dict[str, Any], list[RulesetProblem]]:
    """The content with every ``$name`` of a setting replaced by the parameter's value."""
    problems: list[RulesetProblem] = []

    def put_in(part: Any, path: Path) -> Any:
        if isinstance(part, dict):
            return {key: put_in(item, (*path, key)) for key, item in part.items()}
        if isinstance(part, list):
            return [put_in(item, (*path, at)) for at, item in enumerate(part)]
        if not (isinstance(part, str) and part.startswith("$")):
            return part
        if part[1:] not in constants:
            problems.append(source.problem(path, "parameter_unknown", name=part[1:]))
            return 1
        return _as_written(constants[part[1:]])

    return put_in(source.content, ()), problems


def as_chosen(content: Mapping[str, Any], chosen: Mapping[str, float]) -> dict[str, Any]:
    """The content with the values chosen on the day in place of those written, where they differ."""
    declared = [
        {**parameter, "value": _as_written(chosen[parameter["name"]])}
        if chosen.get(parameter["name"], parameter["value"]) != parameter["value"]
        else parameter
        for parameter in content.get("parameters", ())
    ]
    return {**content, "parameters": declared} if "parameters" in content else dict(content)


def _as_written(value: float) -> float:
    """5 where somebody would write 5 and not 5.0: a digest tells them apart."""
    return int(value) if float(value).is_integer() else value


def _parameter(content: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=content["name"],
        label=content["label"],
        value=float(content["value"]),
        unit=content.get("unit"),
        min=content.get("min"),
        max=content.get("max"),
        on_the_day=content.get("on_the_day", False),
        not_found=content.get("not_found", False),
    )


def _within(value: float, parameter: Parameter) -> bool:
    return (parameter.min is None or value >= parameter.min) and (
        parameter.max is None or value <= parameter.max
    )
