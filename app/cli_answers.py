"""What the commands of `flask` share: one JSON answer, the settings, and the database opened to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
import orjson
from flask import current_app
from sqlalchemy import Engine

from .settings import Settings


def answer(body: dict[str, Any]) -> NoReturn:
    """Print the answer and leave: 0 where ``body["ok"]``, else 1."""
    sys.stdout.buffer.write(orjson.dumps(body) + b"\n")
    sys.stdout.flush()
    raise SystemExit(0 if body["ok"] else 1)


def refused(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    """An answer that says no: ``{"ok": false, "code", "facts", "detail"}``."""
    from .messages import sentence

    return {"ok": False, "code": code, "facts": facts, "detail": sentence(code, facts)}


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


@contextmanager
def database() -> Iterator[Engine]:
    """The installation's database, opened to read. Usage error where there is none yet."""
    from .extensions import make_engine

    if not settings().database.exists():
        raise click.UsageError(f"there is no database in {settings().data}")
    engine = make_engine(settings())
    try:
        yield engine
    finally:
        engine.dispose()
