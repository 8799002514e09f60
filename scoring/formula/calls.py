"""The functions a formula may call: what they take, what they give, and how each is written in CEL."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .check import check, checks, given, number, truth
from .nodes import Binary, Call, Conditional, FormulaError, Items, Literal, Macro, Member, Name, Node
from .scope import Checked, Scope, path_of
from .types import BOOL, NUMBER, Type


@checks(Call)
def call(node: Call, scope: Scope) -> Checked:
    """A call rewritten, with its type. Raises FormulaError for an unknown function or wrong arguments."""
    function = _FUNCTIONS.get(node.name)
    if function is None:
        raise FormulaError("function_unknown", node.at, function=node.name)
    return function(node, scope)


def _plain(*counts: int) -> Callable[[Call, Scope], Checked]:
    """A function of so many numbers that both sides implement under the same name."""

    def checked(node: Call, scope: Scope) -> Checked:
        _count(node, *counts)
        return Checked(Call(node.at, node.name, tuple(number(arg, scope) for arg in node.args)), NUMBER)

    return checked


def _round(node: Call, scope: Scope) -> Checked:
    _count(node, 1, 2)
    digits = node.args[1] if len(node.args) == 2 else Literal(node.at, 0.0)
    return Checked(Call(node.at, "round", (number(node.args[0], scope), number(digits, scope))), NUMBER)


def _over_list(node: Call, scope: Scope) -> Checked:
    """``sum(list)`` or ``sum(rows, row, formula)``."""
    _count(node, 1, 3)
    return Checked(Call(node.at, node.name, (_numbers(node, scope),)), NUMBER)


def _extreme(node: Call, scope: Scope) -> Checked:
    """``min(a, b, …)``, ``min(list)`` or ``min(rows, row, formula)``."""
    if node.args and check(node.args[0], scope).type.kind == "list":
        return _over_list(node, scope)
    if len(node.args) < 2:
        raise FormulaError("arguments_wrong", node.at, function=node.name)
    items = tuple(number(arg, scope) for arg in node.args)
    return Checked(Call(node.at, node.name, (Items(node.at, items),)), NUMBER)


def _numbers(node: Call, scope: Scope) -> Node:
    if len(node.args) == 1:
        of = given(node.args[0], scope)
        if of.type.of is not None and of.type.of.kind == "number":
            return of.node
        if of.type.of is None or of.type.of.kind != "bool":
            raise FormulaError(
                "type_mismatch", node.args[0].at, expected="list of numbers", found=of.type.kind
            )
        variable = Name(node.at, "_item")
        counted = Conditional(node.at, variable, Literal(node.at, 1.0), Literal(node.at, 0.0))
        return Macro(node.at, of.node, "map", variable.name, (counted,))
    rows, variable_name, inner = _loop(node, scope)
    return Macro(node.at, rows.node, "map", variable_name, (number(node.args[2], inner),))


def _loop(node: Call, scope: Scope) -> tuple[Checked, str, Scope]:
    """The list, the variable and the inner scope of ``function(list, variable, formula)``."""
    rows, variable = given(node.args[0], scope), node.args[1]
    if rows.type.of is None or not isinstance(variable, Name):
        raise FormulaError("arguments_wrong", node.at, function=node.name)
    return rows, variable.name, scope.binding(variable.name, rows.type.of)


def _size(node: Call, scope: Scope) -> Checked:
    """How many: of a list, or of the rows for which a condition holds."""
    _count(node, 1, 3)
    if len(node.args) == 3:
        rows, variable, inner = _loop(node, scope)
        counted: Node = Macro(node.at, rows.node, "filter", variable, (truth(node.args[2], inner),))
    else:
        of = given(node.args[0], scope)
        if of.type.kind != "list":
            raise FormulaError("type_mismatch", node.args[0].at, expected="list", found=of.type.kind)
        counted = of.node
    return Checked(Call(node.at, "double", (Call(node.at, "size", (counted,)),)), NUMBER)


def _before(node: Call, scope: Scope) -> Checked:
    """``before(rows, row)``: the rows above this one."""
    _count(node, 2)
    rows, row = given(node.args[0], scope), given(node.args[1], scope)
    if rows.type.of is None or rows.type.of.kind != "row" or row.type.kind != "row":
        raise FormulaError("arguments_wrong", node.at, function=node.name)
    above = Member(node.at, Name(node.at, "_above"), "index")
    earlier = Binary(node.at, "<", above, Member(node.at, row.node, "index"))
    return Checked(Macro(node.at, rows.node, "filter", "_above", (earlier,)), rows.type)


def _lookup(node: Call, scope: Scope) -> Checked:
    """``lookup(table, key)``: the name of the table becomes a string, as each side keeps its own tables."""
    _count(node, 2)
    table, key = node.args
    if not isinstance(table, Name) or table.name not in scope.tables:
        raise FormulaError("table_unknown", table.at, table=path_of(table) or "")
    wanted = scope.tables[table.name]
    found = given(key, scope)
    made = number(key, scope) if wanted == "number" else found.node
    if wanted == "text" and found.type.kind != "text":
        raise FormulaError("type_mismatch", key.at, expected="text", found=found.type.kind)
    return Checked(Call(node.at, "lookup", (Literal(table.at, table.name), made)), NUMBER)


def _points(node: Call, scope: Scope) -> Checked:
    """``points(choice)``: the points of the chosen option, or of all the chosen ones."""
    _count(node, 1)
    chosen = given(node.args[0], scope)
    if chosen.type.options is None:
        raise FormulaError("type_mismatch", node.args[0].at, expected="choice", found=chosen.type.kind)
    name = "points_of_all" if chosen.type.kind == "list" else "lookup"
    return Checked(Call(node.at, name, (Literal(node.at, chosen.type.options), chosen.node)), NUMBER)


def _is_set(node: Call, scope: Scope) -> Checked:
    _count(node, 1)
    of = check(node.args[0], scope)
    return Checked(Binary(node.at, "!=", of.node, Literal(node.at, None)), BOOL)


def _if_set(node: Call, scope: Scope) -> Checked:
    """``if_set(x, otherwise)``: ``x`` where it is set."""
    _count(node, 2)
    of, otherwise = check(node.args[0], scope), given(node.args[1], scope)
    if of.type.kind != otherwise.type.kind:
        raise FormulaError("type_mismatch", node.args[1].at, expected=of.type.kind, found=otherwise.type.kind)
    is_set = Binary(node.at, "!=", of.node, Literal(node.at, None))
    made: Type = of.type.given
    return Checked(Conditional(node.at, is_set, of.node, otherwise.node), made)


def _count(node: Call, *allowed: int) -> None:
    if len(node.args) not in allowed:
        raise FormulaError("arguments_wrong", node.at, function=node.name)


_FUNCTIONS: Mapping[str, Callable[[Call, Scope], Checked]] = {
    **dict.fromkeys(("sum", "product", "avg"), _over_list),
    **dict.fromkeys(("min", "max"), _extreme),
    **dict.fromkeys(("count", "size"), _size),
    **dict.fromkeys(("abs", "floor", "ceil"), _plain(1)),
    "pow": _plain(2),
    "clamp": _plain(3),
    "round": _round,
    "before": _before,
    "lookup": _lookup,
    "points": _points,
    "is_set": _is_set,
    "if_set": _if_set,
}
