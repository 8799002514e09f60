"""The Flask extensions and the database engine, made once and bound to the app in create_app()."""

from __future__ import annotations

from typing import Any

from flask_babel import Babel
from flask_login import LoginManager
from flask_socketio import SocketIO
from flask_wtf import CSRFProtect
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase

from .settings import Settings

babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
socketio = SocketIO()


class Base(DeclarativeBase):
    """The base of every table."""


def make_engine(settings: Settings) -> Engine:
    """Open the installation's database: SQLite in WAL mode, each commit on the disk before it returns."""
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite+pysqlite:///{settings.database}",
        connect_args={"check_same_thread": False, "timeout": 10},
        # Messages of errors go into logs; parameters hold names.
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # Who was erased is overwritten in the file, too.
        connection.execute("PRAGMA secure_delete=ON")

    return engine
