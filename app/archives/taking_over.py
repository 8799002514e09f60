"""An archive becomes a competition of this installation, by way of the one write path."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import gevent
from sqlalchemy import Engine, select
from uuid_utils import uuid7

from ..applications.state import Applications
from ..eventlog.deciding import Actor, Command, Target
from ..eventlog.models import Sealed
from ..pictures import picture_path
from ..pipeline import NotStored, Pipeline, Receipt, content_digest
from ..settings import Settings, write_private
from ..states import row_values
from .checking import Checked, check
from .contents import DOCUMENTS, PICTURE_NAME, PICTURES, ArchiveRefused
from .schemas import TakeOverCompetition
from .unpacking import Unpacked, unpacking

AT_A_TIME = 500
"""Ids one query names; SQLite bounds how many it may."""


def summary_of(path: Path) -> dict[str, Any]:
    """What the archive at ``path`` would bring: its manifest's facts and how much of what. Raises ArchiveRefused."""
    with unpacking(path) as archive:
        checked = check(archive)
        names = archive.names()
    kinds: dict[str, int] = {}
    for row in checked.rows:
        kinds[row.__tablename__] = kinds.get(row.__tablename__, 0) + 1
    manifest = checked.manifest
    return {
        "competition": manifest.competition.model_dump(),
        "made_at_utc": manifest.made_at_utc,
        "log": manifest.log.model_dump(),
        "rows": kinds,
        "pictures": sum(name.startswith(PICTURES) for name in names),
        "documents": len(checked.history.state[Applications].documents),
    }


def take_over(pipeline: Pipeline, engine: Engine, settings: Settings, path: Path, actor: Actor) -> Receipt:
    """Store the competition of the archive at ``path``; the receipt of the command that did.

    The archive is checked in a real thread. Pictures and documents are put in their place first, and taken away again
    where the command is not accepted. Raises ArchiveRefused, or NotStored.
    """
    threads = gevent.get_hub().threadpool
    with unpacking(path) as archive:
        checked, digest = threads.apply(_checked, (archive, path, engine))
        put = threads.apply(_put_pictures, (archive, settings))
    receipt: Receipt | None = None
    try:
        receipt = pipeline.submit([_command(checked, digest, actor)], actor)[0]
    finally:
        if receipt is None or receipt["status"] != "accepted":
            for path_put in put:
                path_put.unlink(missing_ok=True)
    return receipt


def _checked(archive: Unpacked, path: Path, engine: Engine) -> tuple[Checked, str]:
    checked = check(archive)
    _check_unknown(checked, engine)
    with path.open("rb") as file:
        return checked, hashlib.file_digest(file, "sha256").hexdigest()


def _check_unknown(checked: Checked, engine: Engine) -> None:
    """Refuses what another competition here holds already: the same archive under an altered address, say."""
    ids: dict[Any, list[str]] = {}
    for row in checked.rows:
        if isinstance(row, Sealed):
            ids.setdefault(type(row), []).append(row_values(row)["id"])
    with engine.connect() as connection:
        for kind, wanted in ids.items():
            for at in range(0, len(wanted), AT_A_TIME):
                known = select(kind.chain).where(kind.id.in_(wanted[at : at + AT_A_TIME]))
                chain = connection.scalar(known.where(kind.chain != checked.chain))
                if chain is not None:
                    raise ArchiveRefused("archive_known_already", slug=chain.removeprefix("c/"))


def _put_pictures(archive: Unpacked, settings: Settings) -> list[Path]:
    """Put pictures and pages of documents that are not there yet; where they are now."""
    put = []
    folders = {PICTURES: settings.pictures, DOCUMENTS: settings.documents}
    for name in archive.names():
        named = PICTURE_NAME.fullmatch(name)
        if named is None:
            continue
        folder = folders[name.removesuffix(f"{named[1]}.jpg")]
        folder.mkdir(parents=True, exist_ok=True)
        path = picture_path(folder, named[1])
        if not path.exists():
            write_private(path, archive.content(name))
            put.append(path)
    return put


def _command(checked: Checked, digest: str, actor: Actor) -> Command:
    payload = TakeOverCompetition(
        archive=digest, made_at_utc=checked.manifest.made_at_utc, history=checked.history, rows=checked.rows
    )
    type_ = type(payload).__name__
    told = {"archive": digest, "made_at_utc": payload.made_at_utc}
    identity = content_digest(actor.account, type_, checked.chain, None, told)
    return Command(str(uuid7()), type_, Target.parse(checked.chain), payload, identity)


__all__ = ["NotStored", "summary_of", "take_over"]
