"""From a ruleset file's content to the ruleset: parameters put in, structure and names checked, formulas read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .contest import Awards, MatchRules, Phase, Rubric
from .fields import FieldReader
from .formulas import UNREADABLE, FormulaReader, Named
from .model import Ruleset, digest
from .parameters import as_chosen, parameters_of, substituted
from .parts import Constraint, Example, Formula, RankingExample, Result, Table, Value
from .phases import phase_problems
from .placing import attempts_of, combined_of, ranking_of
from .problems import RulesetError, RulesetProblem
from .rubric_sheet import with_rubric_fields
from .schema import mismatches
from .source import Source

_TAKEN_BY_CEL = (
    "true false null in index int double size sum product min max avg round pow clamp abs floor ceil div lookup "
    "points_of_all count before is_set if_set map filter exists exists_one all draw matches"
)
PROTEST_WINDOW_MIN = 10
"""How long results may be protested where the rules do not say; 0 in the rules means not at all."""
_RESERVED = frozenset(_TAKEN_BY_CEL.split())


def build(source: Source, chosen: Mapping[str, float]) -> Ruleset:
    """The ruleset of a file, with the parameters chosen on the day. Raises RulesetError with every problem."""
    _refuse(mismatches(source))
    parameters, problems = parameters_of(source, chosen)
    constants = {parameter.name: parameter.value for parameter in parameters}
    content, missing = substituted(source, constants)
    _refuse(problems + missing)
    written = replace(source, content=with_rubric_fields(content))
    if constants:  # a parameter may have put a fraction where a count belongs
        _refuse(mismatches(replace(source, content=content)))
    _refuse(_repeated_names(written) + phase_problems(written))
    reader = FormulaReader(written, constants, _table_kinds(written.content))
    fields = FieldReader(written, reader).read()
    formulas = reader.read_named(_named(written))
    constraints = _constraints(written, reader)
    made = _assembled(written, formulas) | {
        "digest": digest(as_chosen(source.content, chosen)),
        "parameters": parameters,
        "fields": fields,
        "constraints": constraints,
    }
    placing, unplaced = _placing(written, made["results"])
    _refuse(reader.problems + unplaced)
    tables = _tables(written.content) | _points_of_options(fields)
    return Ruleset(**made, **placing, tables=tables, order=tuple(formulas))


def _refuse(problems: list[RulesetProblem]) -> None:
    if problems:
        raise RulesetError(sorted(problems, key=lambda problem: problem.line))


def _repeated_names(source: Source) -> list[RulesetProblem]:
    """Names share one space, so that a formula can mean only one thing by each."""
    taken: set[str] = set()
    problems = []
    for section, key in (("parameters", "name"), ("fields", "id"), ("values", "name"), ("results", "name")):
        for at, item in enumerate(source.content.get(section, [])):
            name = item[key]
            if item.get("formula") == name:  # a result that is just the field of its name
                continue
            if name in taken or name in _RESERVED:
                code = "name_reserved" if name in _RESERVED else "name_repeated"
                problems.append(source.problem((section, at, key), code, name=name))
            taken.add(name)
    return problems


def _named(source: Source) -> list[Named]:
    content = source.content
    values = [
        Named(value["name"], value["formula"], ("values", at, "formula"), None)
        for at, value in enumerate(content.get("values", []))
    ]
    results = [
        Named(result["name"], result["formula"], ("results", at, "formula"), "number")
        for at, result in enumerate(content.get("results", []))
    ]
    return values + results


def _constraints(source: Source, reader: FormulaReader) -> tuple[Constraint, ...]:
    made = []
    for at, item in enumerate(source.content.get("constraints", [])):
        require = reader.read(item["require"], ("constraints", at, "require"), "bool")
        about = tuple(item.get("fields", ())) or tuple(_fields_used(source, require))
        made.append(Constraint(item["code"], item.get("level", "error"), about, item["message"], require))
    return tuple(made)


def _fields_used(source: Source, formula: Formula) -> list[str]:
    return [field["id"] for field in source.content.get("fields", []) if field["id"] in formula.uses]


def _assembled(source: Source, formulas: Mapping[str, Formula]) -> dict[str, Any]:
    content = source.content
    return {
        "id": content["id"],
        "version": content["version"],
        "kind": content["kind"],
        "label": content["label"],
        "description": content.get("description"),
        "sources": tuple(content["sources"]),
        "robot": content.get("robot", {}),
        "groups": tuple(content.get("groups", ())),
        "values": tuple(
            Value(value["name"], value.get("label"), formulas.get(value["name"], UNREADABLE))
            for value in content.get("values", ())
        ),
        "results": tuple(_result(result, formulas) for result in content.get("results", ())),
        "match": MatchRules.read(content["match"]) if "match" in content else None,
        "phases": tuple(map(Phase.read, content.get("phases", ()))),
        "rubric": Rubric.read(content["rubric"]) if "rubric" in content else None,
        "awards": Awards.read(content["awards"]) if "awards" in content else None,
        "protest_window_min": content.get("protest", {}).get("window_min", PROTEST_WINDOW_MIN),
        "protest_fee": content.get("protest", {}).get("fee", False),
        "sheets_per_run": content.get("sheets_per_run", 1),
        "examples": tuple(Example(e["name"], e["sheet"], e["expect"]) for e in content.get("examples", ())),
        "ranking_examples": tuple(map(_ranking_example, content.get("ranking_examples", ()))),
        "allowed": tuple(content.get("allow", ())),
        "marks": tuple(content.get("marks", ("DNF", "DNS", "DSQ"))),
    }


def _result(content: Mapping[str, Any], formulas: Mapping[str, Formula]) -> Result:
    return Result(
        name=content["name"],
        type=content["type"],
        label=content["label"],
        unit=content.get("unit", "s" if content["type"] == "time" else None),
        shown=content.get("shown", True),
        max=content.get("max"),
        formula=formulas.get(content["name"], UNREADABLE),
    )


def _ranking_example(content: Mapping[str, Any]) -> RankingExample:
    return RankingExample(
        content["name"],
        tuple(content["entries"]),
        tuple(content.get("matches", ())),
        content.get("draws", {}),
        tuple(content["expect"]),
    )


def _placing(source: Source, results: tuple[Result, ...]) -> tuple[dict[str, Any], list[RulesetProblem]]:
    attempts = attempts_of(source, results)
    combined = combined_of(source, results)
    ranking, problems = ranking_of(source, attempts, combined, results)
    return {"attempts": attempts, "combined": combined, "ranking": ranking}, problems


def _table_kinds(content: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: "text" if isinstance(table, dict) else "number"
        for name, table in content.get("tables", {}).items()
    }


def _tables(content: Mapping[str, Any]) -> dict[str, Table]:
    return {name: _table(table) for name, table in content.get("tables", {}).items()}


def _table(table: Any) -> Table:
    if isinstance(table, dict):
        return {key: float(value) for key, value in table.items()}
    if isinstance(table[0], dict):
        return sorted((float(band["from"]), float(band["value"])) for band in table)
    return [float(value) for value in table]


def _points_of_options(fields: tuple[Any, ...]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for field in fields:
        if field.options:
            tables[f"@{field.id}"] = {option.id: option.points or 0.0 for option in field.options}
        for column in field.fields:
            if column.options:
                tables[f"@{field.id}.{column.id}"] = {
                    option.id: option.points or 0.0 for option in column.options
                }
    return tables
