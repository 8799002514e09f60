"""The way back: the newest whole copy, and every commit that followed it, in a data folder of its own."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from ..eventlog.verifying import verify
from ..extensions import make_engine
from ..settings import Settings
from .capturing import NUMBER
from .frames import read_frames
from .place import MARK, Place


class RestoreRefused(Exception):
    """Nothing was touched; ``code`` says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def restore(folder: Path, settings: Settings) -> dict[str, Any]:
    """``{"ok", "generation", "commits", "epoch", "log"}``: copies, replays, verifies the log, begins a new epoch.

    The new epoch tells tablets and field controllers to offer again what they sent in the last day: what had not
    reached the second place comes from them, once. Raises RestoreRefused: there is data already, or no backup.
    """
    place = Place(folder)
    if settings.database.exists():
        raise RestoreRefused("data_exists", data=str(settings.data))
    if not (folder / MARK).exists():
        raise RestoreRefused("backup_missing", folder=str(folder))
    settings.data.mkdir(parents=True, exist_ok=True)
    part = settings.database.with_name(settings.database.name + ".part")
    for generation in reversed(place.generations()):
        shutil.copyfile(place.full(generation), part)
        if _is_whole(part):
            break
    else:
        part.unlink(missing_ok=True)
        raise RestoreRefused("backup_unreadable", folder=str(folder))
    commits = _replay(part, place, generation)
    epoch = _begin_epoch(part)
    place.give_files_back(settings.data)
    part.replace(settings.database)
    engine = make_engine(settings)
    try:
        verified = verify(engine)
    finally:
        engine.dispose()
    return {
        "ok": verified["ok"],
        "generation": generation,
        "commits": commits,
        "epoch": epoch,
        "log": verified,
    }


def _is_whole(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _replay(database: Path, place: Place, generation: int) -> int:
    """Make again, in order, the commits after the copy; how many. Stops where one is missing or torn."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        # As the server's own connections: who was erased took consents along, and left nothing in the file.
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        found = connection.execute("SELECT value FROM fact WHERE name = ?", (NUMBER,)).fetchone()
        number = first = int(found[0]) if found else 0
        while place.stream(generation).exists():
            for commit in read_frames(place.stream(generation)):
                if commit.number == number + 1:
                    _make_again(connection, commit.statements)
                    number += 1
            generation += 1
        return number - first


def _make_again(connection: sqlite3.Connection, statements: Any) -> None:
    connection.execute("BEGIN")
    for sql, rows in statements:
        connection.executemany(sql, rows)
    connection.execute("COMMIT")


def _begin_epoch(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection, connection:
        found = connection.execute("SELECT value FROM fact WHERE name = 'epoch'").fetchone()
        epoch = int(found[0] if found else 1) + 1
        connection.execute(
            "INSERT INTO fact (name, value) VALUES ('epoch', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (str(epoch),),
        )
    return epoch
