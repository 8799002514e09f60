"""Operators between two parts: what each takes, and how it is written in CEL."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .check import check, checks, given, number, truth
from .nodes import Binary, Call, FormulaError, Items, Literal
from .scope import Checked, Scope, known_when
from .types import BOOL, NUMBER, TEXT


@checks(Binary)
def binary(node: Binary, scope: Scope) -> Checked:
    return _BINARY[node.operator](node, scope)


def _logical(node: Binary, scope: Scope) -> Checked:
    known = known_when(node.left, node.operator == "&&")
    left, right = truth(node.left, scope), truth(node.right, scope.knowing(known))
    return Checked(Binary(node.at, node.operator, left, right), BOOL)


def _arithmetic(node: Binary, scope: Scope) -> Checked:
    return Checked(
        Binary(node.at, node.operator, number(node.left, scope), number(node.right, scope)), NUMBER
    )


def _division(node: Binary, scope: Scope) -> Checked:
    left, right = number(node.left, scope), number(node.right, scope)
    if isinstance(right, Literal) and right.value:
        return Checked(Binary(node.at, "/", left, right), NUMBER)
    return Checked(Call(node.at, "div", (left, right)), NUMBER)


def _order(node: Binary, scope: Scope) -> Checked:
    return Checked(Binary(node.at, node.operator, number(node.left, scope), number(node.right, scope)), BOOL)


def _equality(node: Binary, scope: Scope) -> Checked:
    if isinstance(node.right, Literal) and node.right.value is None:
        return Checked(Binary(node.at, node.operator, check(node.left, scope).node, node.right), BOOL)
    left, right = given(node.left, scope), given(node.right, scope)
    if left.type.kind != right.type.kind or left.type.kind not in ("number", "bool", "text"):
        raise FormulaError("type_mismatch", node.right.at, expected=left.type.kind, found=right.type.kind)
    _known_option(left, right, scope)
    _known_option(right, left, scope)
    return Checked(Binary(node.at, node.operator, left.node, right.node), BOOL)


def _membership(node: Binary, scope: Scope) -> Checked:
    left, right = given(node.left, scope), given(node.right, scope)
    if right.type.of is None or right.type.of.kind != left.type.kind:
        raise FormulaError("type_mismatch", node.right.at, expected="list", found=right.type.kind)
    _known_option(Checked(right.node, right.type.of), left, scope)
    for item in right.node.items if isinstance(right.node, Items) else ():
        _known_option(left, Checked(item, TEXT), scope)
    return Checked(Binary(node.at, "in", left.node, right.node), BOOL)


def _known_option(choice: Checked, compared: Checked, scope: Scope) -> None:
    """A choice is compared only with options it has."""
    options = scope.options.get(choice.type.options or "")
    if options is not None and isinstance(compared.node, Literal) and compared.node.value not in options:
        raise FormulaError("option_unknown", compared.node.at, option=str(compared.node.value))


_BINARY: Mapping[str, Callable[[Binary, Scope], Checked]] = {
    **dict.fromkeys(("||", "&&"), _logical),
    **dict.fromkeys(("+", "-", "*"), _arithmetic),
    **dict.fromkeys(("<", "<=", ">", ">="), _order),
    **dict.fromkeys(("==", "!="), _equality),
    "/": _division,
    "in": _membership,
}
