"""The formulas of one ruleset: each checked in its scope, put in an order that can be evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from .formula.check import given
from .formula.nodes import Conditional, FormulaError, Literal, Name, Node, names
from .formula.parse import parse
from .formula.scope import Checked, Scope
from .formula.text import text
from .formula.types import BOOL, NUMBER, Type, list_of, row_of
from .parts import Field, Formula
from .problems import RulesetProblem
from .source import Path, Source

Written = str | float | bool
"""A formula as it stands in the file: YAML reads ``formula: 5`` as a number."""

UNREADABLE = Formula("", "null", frozenset(), NUMBER)
"""Stands for a formula that could not be read, while the rest of the file is looked at."""


@dataclass(frozen=True, slots=True)
class Named:
    """A formula that gives ``name`` a value; ``kind`` is the type it must have, None where any will do."""

    name: str
    written: Written
    path: Path
    kind: str | None


class FormulaReader:
    """Reads formulas as the ruleset's names become known; what is wrong is noted in ``problems``."""

    def __init__(self, source: Source, constants: Mapping[str, float], tables: Mapping[str, str]) -> None:
        self.problems: list[RulesetProblem] = []
        self.scope = Scope({}, constants, tables, {})
        self._source = source

    def know(self, name: str, of: Type) -> None:
        """From now on formulas may use ``name``."""
        self.scope = replace(self.scope, names={**self.scope.names, name: of})

    def know_field(self, field: Field, prefix: str = "") -> None:
        """From now on formulas may use ``field``, and compare it with its options."""
        self.scope = replace(self.scope, options={**self.scope.options, **_options(field, prefix)})
        self.know(field.id, type_of(field, prefix))

    def read(self, written: Written, path: Path, kind: str | None) -> Formula:
        """One formula, of type ``kind``; UNREADABLE where it is wrong."""
        node = self._parsed(written, path)
        return UNREADABLE if node is None else self._checked(node, Named("", written, path, kind))

    def read_named(self, formulas: list[Named]) -> dict[str, Formula]:
        """Formulas that may use each other, in an order in which each comes after what it uses."""
        parsed = {named.name: self._parsed(named.written, named.path) for named in formulas}
        by_name = {named.name: named for named in formulas}
        read: dict[str, Formula] = {}
        for name in self._ordered(parsed, by_name):
            node = parsed[name]
            read[name] = UNREADABLE if node is None else self._checked(node, by_name[name])
            self.know(name, read[name].type)
        depth = depths(read)
        return dict(sorted(read.items(), key=lambda item: depth[item[0]]))

    def _ordered(self, parsed: Mapping[str, Node | None], by_name: Mapping[str, Named]) -> list[str]:
        uses = {
            name: names(node) & parsed.keys() if node and not _is_itself(name, node) else frozenset[str]()
            for name, node in parsed.items()
        }
        try:
            return list(TopologicalSorter(uses).static_order())
        except CycleError as error:
            cycle: list[str] = error.args[1]
            self._note(by_name[cycle[0]].path, FormulaError("formula_circular", 0, cycle=" → ".join(cycle)))
            return []

    def _parsed(self, written: Written, path: Path) -> Node | None:
        source = str(written).lower() if isinstance(written, bool) else str(written)
        try:
            return parse(source)
        except FormulaError as error:
            self._note(path, error)
            return None

    def _checked(self, node: Node, named: Named) -> Formula:
        try:
            made = _of_kind(given(node, self.scope), named.kind)
        except FormulaError as error:
            self._note(named.path, error)
            return UNREADABLE
        return Formula(str(named.written), text(made.node), names(made.node), made.type)

    def _note(self, path: Path, error: FormulaError) -> None:
        self.problems.append(self._source.problem(path, error.code, column=error.at + 1, **error.facts))


def depths(formulas: Mapping[str, Formula]) -> dict[str, int]:
    """How many formulas in a row each one waits for; each formula stands after what it uses."""
    depth: dict[str, int] = {}
    for name, formula in formulas.items():
        depth[name] = 1 + max((depth[used] for used in formula.uses if used in depth), default=-1)
    return depth


def _is_itself(name: str, node: Node) -> bool:
    """Whether a result is just the field of the same name."""
    return isinstance(node, Name) and node.name == name


def _of_kind(made: Checked, kind: str | None) -> Checked:
    if kind == "number" and made.type.kind == "bool":
        at = made.node.at
        return Checked(Conditional(at, made.node, Literal(at, 1.0), Literal(at, 0.0)), NUMBER)
    if kind is not None and made.type.kind != kind:
        raise FormulaError("type_mismatch", made.node.at, expected=kind, found=made.type.kind)
    return made


def type_of(field: Field, prefix: str = "") -> Type:
    """The type formulas see for a field; ``prefix`` is the path of the rows it is a column of."""
    optional = field.may_be_unset
    match field.type:
        case "yes_no":
            return replace(BOOL, optional=optional)
        case "choice":
            return Type("text", optional, options=f"@{prefix}{field.id}")
        case "multiple_choice":
            return list_of(Type("text"), f"@{prefix}{field.id}")
        case "rows":
            columns = {column.id: type_of(column, f"{field.id}.") for column in field.fields}
            return list_of(row_of({**columns, "index": NUMBER}))
        case "text":
            return Type("note", optional)
    return replace(NUMBER, optional=optional)


def _options(field: Field, prefix: str) -> dict[str, frozenset[str]]:
    if field.type == "rows":
        return {
            path: ids for column in field.fields for path, ids in _options(column, f"{field.id}.").items()
        }
    return {f"@{prefix}{field.id}": field.option_ids} if field.options else {}
