"""What is wrong with this installation, and what to do about it: `flask doctor`.

It only looks. Each finding has a code, how bad it is, a sentence, and the facts behind it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from cryptography import x509

from .assets import MANIFEST
from .backup.place import Place, PlaceGone
from .eventlog.verifying import verify
from .extensions import make_engine
from .heartbeat import SILENT_AFTER_S, running_server, worker_silence_s
from .messages import SENTENCES
from .private import is_open_to_others
from .public_address import weakness
from .reports.typesetting import FontsMissing, fonts
from .settings import Settings
from .upgrading import newest_revision, revision_of

ERROR, WARNING = "error", "warning"
LITTLE_MB, TOO_LITTLE_MB = 2_000, 300
BACKUP_LATE_S = 60
EXPIRES_SOON_DAYS = 14
SECRET_FILES = ("secret.key", "access.json", "setup-token", "ca/ca.key")

Finding = dict[str, Any]


def examine(settings: Settings) -> dict[str, Any]:
    """``{"ok", "findings": [{"code", "level", "sentence", "facts"}]}``; ok is false where one of them is an error."""
    findings = [finding for look in LOOKS for finding in look(settings)]
    return {"ok": not any(one["level"] == ERROR for one in findings), "findings": findings}


def _found(code: str, level: str, **facts: Any) -> Finding:
    return {"code": code, "level": level, "sentence": str(SENTENCES[code]) % facts, "facts": facts}


def _disk(settings: Settings) -> Iterator[Finding]:
    if not settings.data.is_dir():
        yield _found("data_missing", ERROR, folder=str(settings.data))
        return
    if not os.access(settings.data, os.W_OK):
        yield _found("data_read_only", ERROR, folder=str(settings.data))
    free_mb = shutil.disk_usage(settings.data).free // 1_000_000
    if free_mb < LITTLE_MB:
        yield _found("disk_nearly_full", ERROR if free_mb < TOO_LITTLE_MB else WARNING, free_mb=free_mb)


def _database(settings: Settings) -> Iterator[Finding]:
    """Whether it can be read, has the newest shape, and its log is sound."""
    if not settings.database.exists():
        yield _found("database_missing", ERROR, folder=str(settings.data))
        return
    damage = _damage(settings)
    if damage is not None:
        yield _found("database_damaged", ERROR, reason=damage)
        return
    engine = make_engine(settings)
    try:
        revision = revision_of(engine)
        if revision != newest_revision():
            yield _found("database_old", ERROR, revision=revision, newest=newest_revision())
            return
        told = verify(engine)
    finally:
        engine.dispose()
    for chain in told["chains"]:
        if chain["broken"]:
            yield _found("log_broken", ERROR, chain=chain["chain"], seq=chain["broken"]["seq"])
        for row in chain["altered"]:
            yield _found("row_altered", ERROR, chain=chain["chain"], **row)


def _damage(settings: Settings) -> str | None:
    """What SQLite finds wrong with the file; None where it is whole."""
    try:
        with closing(sqlite3.connect(f"{settings.database.as_uri()}?mode=ro", uri=True)) as connection:
            [said] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else str(said)


def _folders(settings: Settings) -> Iterator[Finding]:
    """Whether other users of this machine can look into the data, or into its second place."""
    for folder in (settings.data, settings.backup):
        if folder is not None and folder.is_dir() and is_open_to_others(folder):
            yield _found("folder_readable", WARNING, folder=str(folder))


def _secrets(settings: Settings) -> Iterator[Finding]:
    for name in SECRET_FILES:
        file = settings.data / name
        if file.exists() and is_open_to_others(file):
            yield _found("secret_readable", WARNING, file=str(file))


def _backup(settings: Settings) -> Iterator[Finding]:
    if settings.backup is None:
        yield _found("backup_none", WARNING)
        return
    place = Place(settings.backup)
    try:
        place.check()
    except PlaceGone:
        yield _found("backup_gone", ERROR, folder=str(settings.backup))
        return
    generations = place.generations()
    if not generations:
        yield _found("backup_empty", ERROR, folder=str(settings.backup))
        return
    if not settings.database.exists():
        return
    newest = max(path.stat().st_mtime for path in settings.backup.glob("[0-9]*.*"))
    log_of_commits = settings.database.with_name(settings.database.name + "-wal")
    changed = (log_of_commits if log_of_commits.exists() else settings.database).stat().st_mtime
    if changed - newest > BACKUP_LATE_S:
        yield _found("backup_behind", ERROR, folder=str(settings.backup), seconds=round(changed - newest))


def _certificate(settings: Settings) -> Iterator[Finding]:
    if settings.certificate is None:
        return
    try:
        certificate = x509.load_pem_x509_certificate(settings.certificate.read_bytes())
    except (OSError, ValueError) as error:
        yield _found("certificate_unreadable", ERROR, file=str(settings.certificate), reason=str(error))
        return
    days = (certificate.not_valid_after_utc - datetime.now(UTC)).days
    if days < EXPIRES_SOON_DAYS:
        yield _found("certificate_expires", ERROR if days < 0 else WARNING, days=days)


def _built(settings: Settings) -> Iterator[Finding]:
    """Whether the set-up put there what pages and papers are made with."""
    if not MANIFEST.exists():
        yield _found("pages_unbuilt", ERROR)
    try:
        fonts()
    except FontsMissing:
        yield _found("fonts_missing", ERROR)


def _clock(settings: Settings) -> Iterator[Finding]:
    """Whether this machine keeps its clock by the network; nothing is said where it cannot be told."""
    if shutil.which("timedatectl") is None:
        return
    asked = subprocess.run(
        ["timedatectl", "show", "--property=NTPSynchronized", "--value"],
        capture_output=True, text=True, timeout=10, check=False,
    )  # fmt: skip
    if asked.returncode == 0 and asked.stdout.strip() == "no":
        yield _found("clock_alone", WARNING)


def _address(settings: Settings) -> Iterator[Finding]:
    """Whether what QR codes and links begin with leads anywhere; that of the running server, where one runs."""
    told = running_server(settings) or {}
    address = str(told.get("public_url") or settings.public_url)
    code = weakness(address)
    if code is not None:
        yield _found(code, ERROR if code == "public_url_unreadable" else WARNING, address=address)


def _worker(settings: Settings) -> Iterator[Finding]:
    """Whether long work is done beside the server that runs; where none runs there is nothing to do."""
    if running_server(settings) is None:
        return
    silence_s = worker_silence_s(settings)
    if silence_s is None:
        yield _found("worker_missing", ERROR)
    elif silence_s > SILENT_AFTER_S:
        yield _found("worker_silent", ERROR, seconds=round(silence_s))


LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _disk,
    _database,
    _folders,
    _secrets,
    _backup,
    _certificate,
    _built,
    _clock,
    _address,
    _worker,
)
