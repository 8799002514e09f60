"""When each device was last seen and what it did last: which one was lost is told by what was done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import Connection

from ...accounts.signing_in import SignIns
from ...entries.state import public_entry
from ...eventlog import queries as log
from ...eventlog.chain import Entry
from ...eventlog.fold import State
from ...matches.state import Matches
from ...runs.state import Runs
from ..matches import match_history
from ..sheets import run_history


@dataclass(frozen=True, slots=True)
class Use:
    """The last thing done: when, in words, and to which run or match."""

    at: datetime
    words: str
    about: str


def last_uses(connection: Connection, state: State, devices: Iterable[str]) -> dict[str, Use]:
    """By device; one that did nothing to a run or a match is left out."""
    types = {*run_history.WORDS, *match_history.WORDS}
    found = {device: log.last_by_device(connection, state.chain, device, types) for device in devices}
    return {device: _use(state, entry) for device, entry in found.items() if entry is not None}


def with_uses(devices: Iterable[dict[str, Any]], uses: Mapping[str, Use]) -> list[dict[str, Any]]:
    """Signed-in devices, each with its last ``use`` and when it was ``seen``: by the log, if not since the start."""
    sign_ins: SignIns = current_app.extensions["sign_ins"]
    told = []
    for one in devices:
        use = uses.get(one["device"])
        seen = sign_ins.last_seen(one["account"], one["device"])
        told.append(one | {"use": use, "seen": seen or (use.at if use else None)})
    return told


def _use(state: State, entry: Entry) -> Use:
    words = run_history.WORDS.get(entry.type) or match_history.WORDS[entry.type]
    return Use(datetime.fromisoformat(entry.at_utc), str(words), _about(state, entry))


def _about(state: State, entry: Entry) -> str:
    run = state[Runs].by_id.get(str(entry.data.get("run")))
    if run is not None:
        shown = public_entry(state, run.entry)
        return str(_("field %(field)s, № %(number)s", field=run.field, number=shown["number"]))
    match = state[Matches].by_id.get(str(entry.data.get("match")))
    if match is not None:
        return str(_("field %(field)s, match %(number)s", field=match.field, number=match.number))
    return ""
