"""From a formula's text to its parts: recursive descent over the grammar of CEL, without its maps, bytes and types."""

from __future__ import annotations

import json

from .nodes import (
    MACROS,
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
from .tokens import Token, tokens

_LEVELS = (("||",), ("&&",), ("<", "<=", ">", ">=", "==", "!=", "in"), ("+", "-"), ("*", "/"))
_RELATION = 2
_MOST_DEPTH = 60
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse(source: str) -> Node:
    """The parts of a formula. Raises FormulaError where it cannot be read."""
    reader = _Reader(list(tokens(source)))
    node = reader.conditional()
    reader.take("", "end")
    return node


class _Reader:
    def __init__(self, read: list[Token]) -> None:
        self._tokens = read
        self._next = 0
        self._depth = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _is(self, *texts: str) -> bool:
        return self._token.text in texts and self._token.kind in ("sign", "name")

    def _advance(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def take(self, text: str, kind: str = "sign") -> Token:
        """The next token, which must be this one."""
        if self._token.text != text or self._token.kind != kind:
            raise FormulaError("token_unexpected", self._token.at, found=self._token.text, expected=text)
        return self._advance()

    def conditional(self) -> Node:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise FormulaError("formula_too_deep", self._token.at)
        condition = self._binary(0)
        if self._is("?"):
            self._advance()
            then = self.conditional()
            self.take(":")
            condition = Conditional(condition.at, condition, then, self.conditional())
        self._depth -= 1
        return condition

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while self._is(*_LEVELS[level]):
            operator = self._advance()
            left = Binary(left.at, operator.text, left, self._binary(level + 1))
            if level == _RELATION and self._is(*_LEVELS[level]):
                raise FormulaError("comparison_chained", self._token.at)
        return left

    def _unary(self) -> Node:
        signs: list[Token] = []
        while self._is("-", "!"):
            signs.append(self._advance())
        node = self._postfix()
        for sign in reversed(signs):
            node = Unary(sign.at, sign.text, node)
        return node

    def _postfix(self) -> Node:
        node = self._primary()
        while self._is(".", "["):
            sign = self._advance()
            if sign.text == "[":
                index = self.conditional()
                self.take("]")
                node = Index(sign.at, node, _kept_whole(index))
            else:
                node = self._member(node)
        return node

    def _member(self, of: Node) -> Node:
        name = self._name()
        if not self._is("("):
            return Member(name.at, of, name.text)
        args = self._arguments()
        if name.text == "size" and not args:
            return Call(name.at, "size", (of,))
        if name.text not in MACROS:
            raise FormulaError("function_unknown", name.at, function=name.text)
        if len(args) < 2 or not isinstance(args[0], Name):
            raise FormulaError("arguments_wrong", name.at, function=name.text)
        return Macro(name.at, of, name.text, args[0].name, args[1:])

    def _primary(self) -> Node:
        token = self._advance()
        match token.kind, token.text:
            case "number", text:
                return Literal(token.at, float(text))
            case "string", text:
                return Literal(token.at, _unquoted(token))
            case "name", text if text in _WORDS:
                return Literal(token.at, _WORDS[text])
            case "name", text:
                return Call(token.at, text, self._arguments()) if self._is("(") else Name(token.at, text)
            case "sign", "(":
                node = self.conditional()
                self.take(")")
                return node
            case "sign", "[":
                return Items(token.at, self._items("]"))
        raise FormulaError("token_unexpected", token.at, found=token.text, expected="")

    def _name(self) -> Token:
        if self._token.kind != "name":
            raise FormulaError("token_unexpected", self._token.at, found=self._token.text, expected="name")
        return self._advance()

    def _arguments(self) -> tuple[Node, ...]:
        self.take("(")
        return self._items(")")

    def _items(self, end: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self._is(end):
            if items:
                self.take(",")
            items.append(self.conditional())
        self._advance()
        return tuple(items)


def _kept_whole(index: Node) -> Node:
    """An index stays a whole number: both libraries refuse ``rows[0.0]``, or one of them does."""
    if isinstance(index, Literal) and isinstance(index.value, float) and index.value.is_integer():
        return Literal(index.at, int(index.value))
    return index


def _unquoted(token: Token) -> str:
    quoted = token.text
    if quoted.startswith("'"):
        quoted = '"' + quoted[1:-1].replace('"', '\\"').replace("\\'", "'") + '"'
    try:
        return str(json.loads(quoted))
    except ValueError:
        raise FormulaError("string_malformed", token.at, found=token.text) from None
