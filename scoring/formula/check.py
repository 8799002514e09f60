"""A formula's parts given types, and its conveniences rewritten as plain CEL.

Everything that the two CEL libraries treat differently (unset values in arithmetic, mixed types, text order,
comparing what is not a number) is refused or rewritten here, so that what is left means the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

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
from .types import BOOL, NULL, NUMBER, TEXT, Type, list_of


class Checked(NamedTuple):
    """A rewritten part and its type."""

    node: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may speak of.

    ``options`` holds the option ids of each choice by the path of its field, ``given`` the paths of optional
    values known to be set where the formula now stands.
    """

    names: Mapping[str, Type]
    constants: Mapping[str, float]
    tables: Mapping[str, str]
    options: Mapping[str, frozenset[str]]
    given: frozenset[str] = frozenset()

    def knowing(self, paths: frozenset[str]) -> Scope:
        return replace(self, given=self.given | paths) if paths else self

    def binding(self, name: str, of: Type) -> Scope:
        if name in self.names or name in self.constants:
            raise FormulaError("name_taken", 0, name=name)
        return replace(self, names={**self.names, name: of})


def check(node: Node, scope: Scope) -> Checked:
    """The part rewritten, with its type. Raises FormulaError where it has none."""
    match node:
        case Literal(value=value):
            return Checked(node, _type_of_literal(value))
        case Name():
            return _name(node, scope)
        case Member():
            return _member(node, scope)
        case Index():
            return _index(node, scope)
        case Unary():
            return _unary(node, scope)
        case Binary():
            return _binary(node, scope)
        case Conditional():
            return _conditional(node, scope)
        case Items():
            return _items(node, scope)
        case Macro():
            return _macro(node, scope)
        case Call():
            from .calls import call  # calls and check need each other: a call's arguments are formulas

            return call(node, scope)
    raise TypeError(node)


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


def path_of(node: Node) -> str | None:
    """``field`` or ``row.column``, which can be known to be set; None for anything else."""
    match node:
        case Name(name=name):
            return name
        case Member(of=Name(name=row), name=column):
            return f"{row}.{column}"
    return None


def known_when(node: Node, outcome: bool) -> frozenset[str]:
    """The paths that are certainly set when ``node`` comes out as ``outcome``."""
    match node:
        case Call(name="is_set", args=(of,)):
            path = path_of(of)
            return frozenset((path,)) if path and outcome else frozenset()
        case Unary(operator="!", of=of):
            return known_when(of, not outcome)
        case Binary(operator="&&" | "||" as operator, left=left, right=right) if (
            operator == "&&"
        ) == outcome:
            return known_when(left, outcome) | known_when(right, outcome)
        case Binary(operator="!=" | "==" as operator, left=of, right=Literal(value=None)):
            path = path_of(of)
            return frozenset((path,)) if path and (operator == "!=") == outcome else frozenset()
    return frozenset()


def _type_of_literal(value: float | int | str | bool | None) -> Type:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOL
    return TEXT if isinstance(value, str) else NUMBER


def _name(node: Name, scope: Scope) -> Checked:
    if node.name in scope.constants:
        return Checked(Literal(node.at, scope.constants[node.name]), NUMBER)
    if node.name not in scope.names:
        raise FormulaError("name_unknown", node.at, name=node.name)
    of = scope.names[node.name]
    return Checked(node, of.given if node.name in scope.given else of)


def _member(node: Member, scope: Scope) -> Checked:
    of = given(node.of, scope)
    if of.type.kind != "row" or node.name not in of.type.columns:
        raise FormulaError("name_unknown", node.at, name=node.name)
    column = of.type.columns[node.name]
    known = path_of(node) in scope.given
    return Checked(Member(node.at, of.node, node.name), column.given if known else column)


def _index(node: Index, scope: Scope) -> Checked:
    of = given(node.of, scope)
    if of.type.of is None:
        raise FormulaError("type_mismatch", node.at, expected="list", found=of.type.kind)
    index = node.index
    if not (isinstance(index, Literal) and isinstance(index.value, int)):
        index = Call(index.at, "int", (number(index, scope),))
    return Checked(Index(node.at, of.node, index), of.type.of)


def _unary(node: Unary, scope: Scope) -> Checked:
    if node.operator == "!":
        return Checked(Unary(node.at, "!", truth(node.of, scope)), BOOL)
    return Checked(Unary(node.at, "-", number(node.of, scope)), NUMBER)


def _binary(node: Binary, scope: Scope) -> Checked:
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


def _items(node: Items, scope: Scope) -> Checked:
    items = [given(item, scope) for item in node.items]
    kinds = {item.type.kind for item in items}
    if not items or len(kinds) > 1:
        raise FormulaError("list_mixed", node.at)
    element = items[0].type
    return Checked(Items(node.at, tuple(item.node for item in items)), list_of(Type(element.kind)))


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
