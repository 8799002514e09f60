"""Making the archive of a competition: its log as it is, what is sealed beside it, rulesets, standings and pictures."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import orjson
from sqlalchemy import Connection, Engine, select

from ..album import gone
from ..applications.shelf import named_pages, page_path
from ..competitions.state import Setup
from ..entries.models import EntryPerson
from ..eventlog import queries
from ..eventlog.fold import State
from ..pictures import picture_path
from ..registry.models import Person
from ..settings import Settings
from ..standings.state import Standings
from ..states import open_state
from .contents import (
    BESIDE,
    DOCUMENTS,
    FORMAT,
    LOG,
    MANIFEST,
    PICTURES,
    RULESETS,
    STANDINGS,
    VERSION,
    kinds_beside,
)

DIGEST = re.compile(r'"([0-9a-f]{64})"')


def pack(engine: Engine, chain: str, settings: Settings, made_at_utc: str, into: IO[bytes]) -> dict[str, Any]:
    """Write the archive of a chain as it is stored now, and say what its manifest says.

    Everything is read from one snapshot of the database; takes seconds where the log is long, so call it in a real
    thread. Pictures are those that the log names, documents those that applications name still.
    """
    with engine.connect() as connection:
        # The driver begins no transaction for reading; without one each query would see another moment.
        connection.exec_driver_sql("BEGIN")
        state = open_state(connection, chain)
        bodies = [body for _seq, _type, body, _hash in queries.stored(connection, chain)]
        beside = list(_rows_beside(connection, chain))
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {}
        for name, content in _parts(state, bodies, beside, settings):
            archive.writestr(name, content)
            files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        manifest = _manifest(state, made_at_utc) | {"files": files}
        archive.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return manifest


def standings_of(state: State) -> dict[str, Any]:
    """Every division's standings by its code, as an archive holds them."""
    return {
        code: [standing.to_json() for standing in state[Standings].of(code)]
        for code in state[Setup].divisions
    }


def people_in(connection: Connection, chain: str) -> int:
    """How many people's names an archive of this chain holds."""
    return len(connection.scalars(select(Person.id).where(Person.chain == chain)).all())


def _parts(
    state: State, bodies: list[str], beside: list[dict[str, Any]], settings: Settings
) -> Iterator[tuple[str, bytes]]:
    yield LOG, "".join(f"{body}\n" for body in bodies).encode()
    yield BESIDE, b"".join(orjson.dumps(row) + b"\n" for row in beside)
    yield STANDINGS, orjson.dumps(standings_of(state), option=orjson.OPT_INDENT_2)
    for division in state[Setup].divisions.values():
        yield f"{RULESETS}{division.code}.yaml", division.text.encode()
    for digest in sorted({digest for body in bodies for digest in DIGEST.findall(body)} - gone(state)):
        path = picture_path(settings.pictures, digest)
        if path.exists():
            yield f"{PICTURES}{digest}.jpg", path.read_bytes()
    for digest in sorted(named_pages([state])):
        path = page_path(settings.documents, digest)
        if path.exists():
            yield f"{DOCUMENTS}{digest}.jpg", path.read_bytes()


def _rows_beside(connection: Connection, chain: str) -> Iterator[dict[str, Any]]:
    """Rows of the competition, each ``{"table", "row"}``; the chain is left out, for it follows from the slug."""
    people = select(Person.id).where(Person.chain == chain)
    for name, kind in sorted(kinds_beside().items()):
        table: Any = kind.__table__
        mine = EntryPerson.person_id.in_(people) if kind is EntryPerson else table.c.chain == chain
        wanted = select(table).where(mine).order_by(*table.primary_key.columns)
        for row in connection.execute(wanted).mappings():
            yield {"table": name, "row": {key: value for key, value in row.items() if key != "chain"}}


def _manifest(state: State, made_at_utc: str) -> dict[str, Any]:
    facts = state[Setup].facts
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at_utc": made_at_utc,
        "competition": {key: facts[key] for key in ("slug", "name", "starts_on", "ends_on")},
        "log": {"entries": state.seq, "head": state.head},
    }
