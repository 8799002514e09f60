"""Reading the database: a connection for the length of a query, which never yields to another greenlet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import Connection, Engine


@contextmanager
def reader() -> Iterator[Connection]:
    """A connection to read with; writes go through the pipeline."""
    engine: Engine = current_app.extensions["engine"]
    with engine.connect() as connection:
        yield connection
