"""The one connection that writes: a batch is one transaction, made in a real thread, for fsync would stop the loop."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine, Executable, insert
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from .backup.capturing import Capture, Committed
from .eventlog.fold import State
from .eventlog.models import LogEntry, ReceiptRow

INSERT_ENTRIES = insert(LogEntry.__table__)  # type: ignore[arg-type]
INSERT_RECEIPTS = insert(ReceiptRow.__table__)  # type: ignore[arg-type]

Receipt = dict[str, Any]


class NotStored(Exception):
    """The store refused the commit (disk full, say): nothing was changed, and the same commands may be sent again."""

    @classmethod
    def because(cls, failure: Exception) -> NotStored:
        """With the database's own words, which name tables and no values; of anything else its kind alone."""
        said = failure.orig if isinstance(failure, DBAPIError) else None
        return cls(": ".join([type(failure).__name__, *([str(said)] if said else [])]))


@dataclass(slots=True)
class Batch:
    """What one commit will store, and what follows from it in memory."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    inserts: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)
    statements: list[Executable] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    answers: dict[str, tuple[str, Receipt]] = field(default_factory=dict)


class Writer:
    """Stores batches one after another; ``committed`` is handed what each of them did, in the writer's thread."""

    def __init__(self, engine: Engine, committed: Committed | None = None) -> None:
        self._engine = engine
        self._capture = Capture(engine, committed) if committed else None
        self._thread = ThreadPool(1)
        self._connection: Connection | None = engine.connect()

    def store(self, batch: Batch) -> None:
        """Store all of ``batch`` durably, while other greenlets go on. Raises NotStored, having stored nothing."""
        failure = self._thread.apply(self._attempt, (batch,))
        if failure is not None:
            raise NotStored.because(failure) from failure

    def close(self) -> None:
        self._let_go()

    def _attempt(self, batch: Batch) -> Exception | None:
        """The failure is handed back, not raised: the thread pool would print it besides."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            self._transact(self._connection, batch)
        except Exception as failure:
            # What failed once may stay broken; the next batch gets a connection of its own.
            self._let_go()
            return failure
        return None

    def _transact(self, connection: Connection, batch: Batch) -> None:
        with connection.begin():
            if self._capture:
                self._capture.begin(connection)
            _write(connection, batch)
            if self._capture:
                self._capture.end()
        if self._capture:
            self._capture.stored()

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._connection = None


def _write(connection: Connection, batch: Batch) -> None:
    if batch.entries:
        connection.execute(INSERT_ENTRIES, batch.entries)
    if batch.receipts:
        connection.execute(INSERT_RECEIPTS, batch.receipts)
    for model, rows in batch.inserts.items():
        connection.execute(insert(model.__table__), rows)
    for statement in batch.statements:
        connection.execute(statement)
