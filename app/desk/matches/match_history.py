"""The whole history of a match from the log: who did what, when, on which tablet, and what its result became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection

from ...competitions.state import Setup
from ...entries.state import public_entry
from ...eventlog import queries as log
from ...eventlog.chain import Entry
from ...eventlog.fold import State
from ...languages import figure_text
from ...live.match_shapes import match_shape
from ...matches.match import Match
from ..sheets.run_history import (
    DEVICE_SHOWN,
    ERASED,
    UNSET,
    Change,
    HistoryLine,
    Strokes,
    captain_said,
    told_by,
)

WORDS = {
    "MatchOpened": _l("put on the field"),
    "MatchClosed": _l("taken off the field"),
    "MatchMoved": _l("moved to another place"),
    "MatchesSwapped": _l("changed places with another match"),
    "MatchEntered": _l("confirmed"),
    "MatchCorrected": _l("corrected"),
    "SheetDisputed": _l("another tablet’s result says otherwise"),
    "DisputesSettled": _l("the result stands against the other one"),
    "WalkoverGiven": _l("walkover"),
    "AbsentPartnersSet": _l("who of the partners is not there"),
    "MatchReplayOrdered": _l("a replay ordered"),
    "RefereeCalled": _l("the chief judge called"),
    "EscalationAnswered": _l("the call answered"),
    "ProtestFiled": _l("protest filed"),
    "ProtestDecided": _l("protest decided"),
}
WRITTEN = ("reason", "note", "text", "paper")
RESULTS = ("MatchEntered", "MatchCorrected", "WalkoverGiven")


def match_history(connection: Connection, state: State, match: Match) -> list[HistoryLine]:
    """The lines of a match, oldest first."""
    entries = [one for one in log.about(connection, state.chain, match.id) if one.type in WORDS]
    notes = state.texts | log.notes(connection, {id_ for entry in entries for id_ in _note_ids(entry.data)})
    zone = ZoneInfo(state[Setup].facts["zone"])
    teams = {side["id"]: str(side["team"]) for side in match_shape(state, match)["sides"]}
    players = {entry: str(public_entry(state, entry)["team"]) for entry in match.entries}
    return [
        _line(connection, players if "absent" in entry.data else teams, entry, changes, notes, zone)
        for entry, changes in _with_changes(teams, entries)
    ]


def _line(
    connection: Connection,
    teams: Mapping[str, str],
    entry: Entry,
    changes: tuple[Change, ...],
    notes: Mapping[str, str],
    zone: ZoneInfo,
) -> HistoryLine:
    texts, signatures = _told(teams, notes, entry.data)
    return HistoryLine(
        datetime.fromisoformat(entry.at_utc).astimezone(zone),
        str(WORDS[entry.type]),
        told_by(connection, entry),
        entry.device[:DEVICE_SHOWN].upper() if entry.device else None,
        bool(entry.data.get("paper")),
        changes,
        texts,
        signatures,
    )


def _with_changes(
    teams: Mapping[str, str], entries: Iterable[Entry]
) -> Iterator[tuple[Entry, tuple[Change, ...]]]:
    """Each entry with what the result was before it and is after it, or would be by what another tablet says."""
    winner = score = UNSET
    for entry in entries:
        if entry.type not in (*RESULTS, "SheetDisputed"):
            yield entry, ()
            continue
        said = _winner(teams, entry.data), _score(entry.data)
        told = ((str(_("Winner")), winner, said[0]), (str(_("Score")), score, said[1]))
        yield entry, tuple(Change(*one) for one in told if one[1] != one[2])
        winner, score = said if entry.type in RESULTS else (winner, score)


def _winner(teams: Mapping[str, str], data: Mapping[str, Any]) -> str:
    if data["winner"]:
        return teams.get(data["winner"], data["winner"])
    return str(_("drawn") if "bouts" in data else _("neither side came"))


def _score(data: Mapping[str, Any]) -> str:
    return " : ".join(figure_text(one, "number") for one in data.get("score", ())) or UNSET


def _note_ids(data: Mapping[str, Any]) -> list[str]:
    references = [data.get(name) for name in WRITTEN]
    references += [captain.get("note") for captain in (data.get("captains") or {}).values()]
    return [reference["id"] for reference in references if reference]


def _told(
    teams: Mapping[str, str], notes: Mapping[str, str], data: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[Strokes, ...]]:
    """What was written, what the captains did, and their signatures; what was erased is said to be."""
    written = [data.get(name) for name in WRITTEN]
    texts = [notes.get(one["id"], str(ERASED)) for one in written if one]
    if "absent" in data:
        texts.append(", ".join(teams[entry] for entry in data["absent"]) or str(_("All are there.")))
    signatures: list[Strokes] = []
    for side, captain in (data.get("captains") or {}).items():
        said, strokes = captain_said(notes, captain)
        texts.append(f"{teams.get(side, side)}: {said}")
        signatures += [strokes] if strokes else []
    return tuple(texts), tuple(signatures)
