"""Listens to what the writer's connection is told, so that each commit can be made again elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from .frames import Commit

CHANGING = ("INSERT", "UPDATE", "DELETE")
NUMBER = "commits"
COUNT = text(
    "INSERT INTO fact (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

Committed = Callable[[Commit], None]


class Capture:
    """Numbers the commits of one connection at a time, and hands over what each of them did."""

    def __init__(self, engine: Engine, committed: Committed) -> None:
        self._committed = committed
        self._connection: Connection | None = None
        self._statements: list[tuple[str, list[list[Any]]]] = []
        with engine.connect() as connection:
            number = connection.scalar(text("SELECT value FROM fact WHERE name = :name"), {"name": NUMBER})
        self._number = int(number or 0)
        event.listen(engine, "before_cursor_execute", self._heard)

    def begin(self, connection: Connection) -> None:
        """Listen to a transaction of this connection from now on."""
        self._connection, self._statements = connection, []

    def end(self) -> None:
        """Number the transaction, as its last statement: a full copy then says which commits are in it."""
        assert self._connection is not None
        self._connection.execute(COUNT, {"name": NUMBER, "value": str(self._number + 1)})

    def stored(self) -> None:
        """It is on the disk: hand it over."""
        self._number += 1
        self._committed(Commit(self._number, tuple(self._statements)))
        self._statements = []

    def _heard(
        self, connection: Connection, _cursor: Any, sql: str, values: Any, _context: Any, is_many: bool
    ) -> None:
        if connection is self._connection and sql.lstrip().startswith(CHANGING):
            rows: Sequence[Any] = values if is_many else [values]
            self._statements.append((sql, [list(row) for row in rows]))
