"""What ``flask rules`` prints: JSON on standard output, every problem with its sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import click

from .rules_sentences import sentence

Shown = dict[str, Any]


def print_json(content: Any) -> None:
    """One JSON value on one line; whole numbers without a decimal point."""
    click.echo(json.dumps(_neat(content), ensure_ascii=False))


def refuse(problems: Iterable[Shown]) -> NoReturn:
    """Print what is wrong and leave with exit 1."""
    print_json(refusal(*problems))
    sys.exit(1)


def refusal(*problems: Shown, locale: str | None = None) -> Shown:
    """What is said of something refused."""
    return spoken({"ok": False, "errors": list(problems)}, locale)


def problem(code: str, **facts: str) -> Shown:
    """A problem of the whole input."""
    return {"code": code, "field": None, "facts": facts}


def spoken(evaluation: Shown, locale: str | None = None) -> Shown:
    """An evaluation whose errors and warnings have their sentence."""
    lists: Shown = {key: said(evaluation[key], locale) for key in ("errors", "warnings") if key in evaluation}
    return {**evaluation, **lists}


def said(problems: list[Shown], locale: str | None = None) -> list[Shown]:
    """Problems with their sentence: the ruleset's own, or the one for their code."""
    language = locale or click.get_current_context().find_object(str) or "en"
    return [{**told, "message": _message(told, language)} for told in problems]


def _message(told: Shown, language: str) -> str:
    own: dict[str, str] | None = told.get("message")
    if own:
        return own.get(language) or next(iter(own.values()))
    return sentence(told["code"], told.get("facts", {}), language)


def _neat(content: Any) -> Any:
    """486, not 486.0."""
    if isinstance(content, float) and content.is_integer():
        return int(content)
    if isinstance(content, dict):
        return {key: _neat(item) for key, item in content.items()}
    return [_neat(item) for item in content] if isinstance(content, list | tuple) else content
