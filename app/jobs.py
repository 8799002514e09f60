"""Long work, done by the worker process: a huey queue in DATA/jobs.sqlite3."""

from __future__ import annotations

from huey import SqliteHuey

from .settings import Settings

_settings = Settings.from_environment()
_settings.data.mkdir(parents=True, exist_ok=True)
huey = SqliteHuey("baige", filename=str(_settings.jobs_database), fsync=True)
