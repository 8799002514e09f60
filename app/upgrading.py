"""Bringing an installation's database to the newest shape, with Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, text

from .extensions import make_engine
from .settings import Settings

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def upgrade(settings: Settings) -> dict[str, Any]:
    """Upgrade to the newest revision: ``{"ok", "from", "to"}``, revisions None where there was no database."""
    engine = make_engine(settings)
    before = revision_of(engine)
    if before == newest_revision():
        engine.dispose()
        return {"ok": True, "from": before, "to": before}
    _run_migrations(engine)
    after = revision_of(engine)
    engine.dispose()
    return {"ok": True, "from": before, "to": after}


def newest_revision() -> str:
    """The newest revision: migrations are numbered, and their files begin with the number."""
    return max(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _run_migrations(engine: Engine) -> None:
    # Alembic takes half a second to import, which every start of an up-to-date installation does without.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision_of(engine: Engine) -> str | None:
    """The revision a database has; None where it has none yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision
