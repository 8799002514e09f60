"""Bringing an installation's database to the newest shape, with Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from .extensions import make_engine
from .settings import Settings

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(settings: Settings) -> dict[str, Any]:
    """Upgrade to the newest revision: ``{"ok", "from", "to"}``, revisions None where there was no database."""
    engine = make_engine(settings)
    before = _revision(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    after = _revision(engine)
    engine.dispose()
    return {"ok": True, "from": before, "to": after}


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
