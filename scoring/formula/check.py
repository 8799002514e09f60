"""A formula's parts given types, and its conveniences rewritten as plain CEL.

Everything that the two CEL libraries treat differently (unset values in arithmetic, mixed types, text order,
comparing what is not a number) is refused or rewritten here, so that what is left means the same in both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .nodes import (
    Binary,
    Call,
    Conditional,
    FormulaError,
    Index,
    Items,
    Literal,
    Macro,
    Member,
    Name,
    Node,
    Unary,
)
from .scope import Checked, Scope, known_when, path_of
from .types import BOOL, NULL, NUMBER, TEXT, Type, list_of

_CHECKERS: dict[type[Node], Callable[[Any, Scope], Checked]] = {}


def checks(kind: type[Node]) -> Callable[[Callable[[Any, Scope], Checked]], Callable[[Any, Scope], Checked]]:
    """Make the function below the one that checks parts of this kind."""

    def register(checker: Callable[[Any, Scope], Checked]) -> Callable[[Any, Scope], Checked]:
        _CHECKERS[kind] = checker
        return checker

    return register


def check(node: Node, scope: Scope) -> Checked:
    """The part rewritten, with its type. Raises FormulaError where it has none."""
    return _CHECKERS[type(node)](node, scope)


def number(node: Node, scope: Scope) -> Node:
    """The part as a number; a yes/no counts as 1 or 0."""
    checked = given(node, scope)
    if checked.type.kind == "bool":
        return Conditional(node.at, checked.node, Literal(node.at, 1.0), Literal(node.at, 0.0))
    return require(checked, "number", node)


def truth(node: Node, scope: Scope) -> Node:
    return require(given(node, scope), "bool", node)


def given(node: Node, scope: Scope) -> Checked:
    """The part, which must not be unset."""
    checked = check(node, scope)
    if checked.type.optional or checked.type is NULL:
        raise FormulaError("may_be_unset", node.at, name=path_of(node) or "null")
    return checked


def require(checked: Checked, kind: str, node: Node) -> Node:
    if checked.type.kind != kind:
        raise FormulaError("type_mismatch", node.at, expected=kind, found=checked.type.kind)
    return checked.node


@checks(Literal)
def _literal(node: Literal, scope: Scope) -> Checked:
    return Checked(node, _type_of_literal(node.value))


def _type_of_literal(value: float | int | str | bool | None) -> Type:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOL
    return TEXT if isinstance(value, str) else NUMBER


@checks(Name)
def _name(node: Name, scope: Scope) -> Checked:
    if node.name in scope.constants:
        return Checked(Literal(node.at, scope.constants[node.name]), NUMBER)
    if node.name not in scope.names:
        raise FormulaError("name_unknown", node.at, name=node.name)
    of = scope.names[node.name]
    return Checked(node, of.given if node.name in scope.given else of)


@checks(Member)
def _member(node: Member, scope: Scope) -> Checked:
    of = given(node.of, scope)
    if of.type.kind != "row" or node.name not in of.type.columns:
        raise FormulaError("name_unknown", node.at, name=node.name)
    column = of.type.columns[node.name]
    known = path_of(node) in scope.given
    return Checked(Member(node.at, of.node, node.name), column.given if known else column)


@checks(Index)
def _index(node: Index, scope: Scope) -> Checked:
    of = given(node.of, scope)
    if of.type.of is None:
        raise FormulaError("type_mismatch", node.at, expected="list", found=of.type.kind)
    index = node.index
    if not (isinstance(index, Literal) and isinstance(index.value, int)):
        index = Call(index.at, "int", (number(index, scope),))
    return Checked(Index(node.at, of.node, index), of.type.of)


@checks(Unary)
def _unary(node: Unary, scope: Scope) -> Checked:
    if node.operator == "!":
        return Checked(Unary(node.at, "!", truth(node.of, scope)), BOOL)
    return Checked(Unary(node.at, "-", number(node.of, scope)), NUMBER)


@checks(Conditional)
def _conditional(node: Conditional, scope: Scope) -> Checked:
    condition = truth(node.condition, scope)
    then = given(node.then, scope.knowing(known_when(node.condition, True)))
    otherwise = given(node.otherwise, scope.knowing(known_when(node.condition, False)))
    if then.type.kind != otherwise.type.kind:
        if {then.type.kind, otherwise.type.kind} != {"bool", "number"}:
            raise FormulaError(
                "type_mismatch", node.otherwise.at, expected=then.type.kind, found=otherwise.type.kind
            )
        then, otherwise = _as_number(then), _as_number(otherwise)
    return Checked(Conditional(node.at, condition, then.node, otherwise.node), then.type)


def _as_number(checked: Checked) -> Checked:
    if checked.type.kind == "number":
        return checked
    at = checked.node.at
    return Checked(Conditional(at, checked.node, Literal(at, 1.0), Literal(at, 0.0)), NUMBER)


@checks(Items)
def _items(node: Items, scope: Scope) -> Checked:
    items = [given(item, scope) for item in node.items]
    kinds = {item.type.kind for item in items}
    if not items or len(kinds) > 1:
        raise FormulaError("list_mixed", node.at)
    element = items[0].type
    return Checked(Items(node.at, tuple(item.node for item in items)), list_of(Type(element.kind)))


@checks(Macro)
def _macro(node: Macro, scope: Scope) -> Checked:
    of = given(node.of, scope)
    if of.type.of is None:
        raise FormulaError("type_mismatch", node.at, expected="list", found=of.type.kind)
    inner = scope.binding(node.variable, of.type.of)
    if len(node.args) != 1:
        raise FormulaError("arguments_wrong", node.at, function=node.name)
    if node.name == "map":
        mapped = given(node.args[0], inner)
        return Checked(Macro(node.at, of.node, "map", node.variable, (mapped.node,)), list_of(mapped.type))
    chosen = Macro(node.at, of.node, "filter", node.variable, (truth(node.args[0], inner),))
    if node.name == "filter":
        return Checked(chosen, of.type)
    return Checked(_counted(node, chosen, of.node), BOOL)


def _counted(node: Macro, chosen: Node, whole: Node) -> Node:
    """``all``, ``exists`` and ``exists_one`` by counting: the libraries differ on an error beside an answer."""
    size = Call(node.at, "size", (chosen,))
    if node.name == "all":
        return Binary(node.at, "==", size, Call(node.at, "size", (whole,)))
    return Binary(
        node.at,
        ">" if node.name == "exists" else "==",
        size,
        Literal(node.at, int(node.name == "exists_one")),
    )
