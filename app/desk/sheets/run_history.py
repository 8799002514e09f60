"""The whole history of a run from the log: who did what, when, on which tablet, and what changed on the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection

from scoring.parts import Field
from scoring.ruleset import Ruleset

from ...accounts.queries import name_of
from ...competitions.state import Setup
from ...eventlog import queries as log
from ...eventlog.chain import Entry
from ...eventlog.deciding import SYSTEM
from ...eventlog.fold import State
from ...languages import figure_text, in_language
from ...protests.commands import TEAM
from ...runs.run import NOT_SEEN
from ...runs.state import Run
from ...runs.texts import told

WORDS = {
    "StartListDrawn": _l("drawn into the start list"),
    "LateEntriesAdded": _l("added after the draw"),
    "PracticeRunAdded": _l("added as a practice run"),
    "RunOpened": _l("put on the field"),
    "RunClosed": _l("taken off the field"),
    "RunReset": _l("times dropped, to be started again"),
    "RunStarted": _l("started"),
    "RunFinished": _l("finished"),
    "FalseStartSeen": _l("false start seen"),
    "HandClockStarted": _l("started by hand"),
    "HandClockStopped": _l("stopped by hand"),
    "HandClockCancelled": _l("the hand clock taken back"),
    "SheetSubmitted": _l("a sheet handed in"),
    "SheetDisputed": _l("another tablet’s sheet says otherwise"),
    "DisputesSettled": _l("the result stands against the other sheet"),
    "ScoreEntered": _l("confirmed"),
    "ScoreCorrected": _l("corrected"),
    "ReplayOrdered": _l("a replay ordered"),
    "RefereeCalled": _l("the chief judge called"),
    "EscalationAnswered": _l("the call answered"),
    "ProtestFiled": _l("protest filed"),
    "ProtestDecided": _l("protest decided"),
}
RESULTS = ("ScoreEntered", "ScoreCorrected")
CAPTAIN_WORDS = {
    "signed": _l("The captain signed."),
    "refused": _l("The captain refused to sign."),
    NOT_SEEN: _l("The captain saw another sheet than this."),
}
UNSET = "–"
ERASED = _l("(erased)")
"""Stands for what was written about a team that was taken down."""
MARK = ""
"""Where a sheet's mark stands among its fields; no field is called so."""
DEVICE_SHOWN = 4
Strokes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the sheet: what it is called, its value before and after, as people read them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of the log. ``signatures`` are the captains', each lines of points for SVG."""

    at: datetime
    words: str
    by: str
    device: str | None
    on_paper: bool
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    signatures: tuple[Strokes, ...]


def history(connection: Connection, state: State, run: Run) -> list[HistoryLine]:
    """The lines of a run, oldest first."""
    setup = state[Setup]
    entries = [one for one in log.about(connection, state.chain, run.id) if one.type in WORDS]
    notes = state.texts | log.notes(connection, {id_ for entry in entries for id_ in _note_ids(entry.data)})
    zone = ZoneInfo(setup.facts["zone"])
    lines = []
    for entry, changes in _with_changes(state, setup.divisions[run.division].ruleset, entries):
        texts, strokes = _told(notes, entry.data)
        lines.append(
            HistoryLine(
                datetime.fromisoformat(entry.at_utc).astimezone(zone),
                str(WORDS[entry.type]),
                told_by(connection, entry),
                entry.device[:DEVICE_SHOWN].upper() if entry.device else None,
                bool(entry.data.get("paper")),
                changes,
                texts,
                (strokes,) if strokes else (),
            )
        )
    return lines


def told_by(connection: Connection, entry: Entry) -> str:
    """Who made it; and who vouched for that, where it came from a tablet that could not send it."""
    author = _who(connection, entry.actor)
    if entry.handed_in_by is None:
        return author
    sender = _who(connection, entry.handed_in_by)
    return str(_("%(author)s, handed in by %(sender)s", author=author, sender=sender))


def _who(connection: Connection, account: str) -> str:
    """An account's name; the server's own, and that of whoever holds a team's address."""
    if account == TEAM:
        return str(_("the team"))
    return SYSTEM.name if account == SYSTEM.account else name_of(connection, account) or account


def value_text(field: Field, value: Any) -> str:
    """A value of a sheet as people read it, in the reader's language."""
    options = {option.id: in_language(dict(option.label)) for option in field.options}
    match field.type:
        case _ if value is None:
            return UNSET
        case "yes_no" if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        case "choice":
            return options.get(value, str(value))
        case "multiple_choice":
            return ", ".join(options.get(item, str(item)) for item in value) or UNSET
        case "rows":
            rows = (", ".join(value_text(f, row.get(f.id)) for f in field.fields) for row in value)
            return "; ".join(rows) or UNSET
        case "whole" | "number" | "time":
            return figure_text(value, field.type)
        case _:
            return str(value)


def _with_changes(
    state: State, ruleset: Ruleset, entries: Iterable[Entry]
) -> Iterator[tuple[Entry, tuple[Change, ...]]]:
    """Each entry with what it changed: one judge's sheet is told whole, another one against what was confirmed."""
    stored: dict[str, Any] = {}
    for entry in entries:
        if "sheet" not in entry.data:
            yield entry, ()
            continue
        after = told(entry.data["sheet"], state.texts, str(ERASED)) | {MARK: entry.data["mark"]}
        yield entry, tuple(_changes(ruleset, {} if entry.type == "SheetSubmitted" else stored, after))
        stored = after if entry.type in RESULTS else stored


def _changes(ruleset: Ruleset, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    if before.get(MARK) != after.get(MARK):
        yield Change(str(_("Mark")), before.get(MARK) or UNSET, after.get(MARK) or UNSET)
    for field in ruleset.fields:
        old, new = before.get(field.id), after.get(field.id)
        if old != new:
            yield Change(in_language(dict(field.label)), value_text(field, old), value_text(field, new))


def _note_ids(data: Mapping[str, Any]) -> list[str]:
    references = [data.get(name) for name in ("reason", "note", "text", "paper")]
    references.append((data.get("captain") or {}).get("note"))
    return [reference["id"] for reference in references if reference]


def _told(notes: Mapping[str, str], data: Mapping[str, Any]) -> tuple[tuple[str, ...], Strokes]:
    """What was written, and the captain's signature; what was erased is said to be."""
    captain = data.get("captain") or {}
    signature = (captain.get("note") or {}).get("id", "")
    texts = [notes.get(id_, str(ERASED)) for id_ in _note_ids(data) if id_ != signature]
    if not captain:
        return tuple(texts), ()
    said, strokes = captain_said(notes, captain)
    return (*texts, said), strokes


def captain_said(notes: Mapping[str, str], captain: Mapping[str, Any]) -> tuple[str, Strokes]:
    """What a captain did, with the words of one who refused, and the signature; what was erased is said to be."""
    reference = captain.get("note")
    is_erased = reference is not None and reference["id"] not in notes
    drawn = {} if reference is None or is_erased else orjson.loads(notes[reference["id"]])
    said = CAPTAIN_WORDS[captain["outcome"]]
    strokes = tuple(" ".join(map(str, stroke)) for stroke in drawn.get("strokes", ()))
    comment = str(ERASED) if is_erased else drawn.get("comment")
    return " ".join(filter(None, (str(said), comment))), strokes
