"""Calls for the chief judge as tablets hear of them: what is open, and what was answered last. No names.

What was written is told to whoever called and to the chief judge, on the field it is about.
"""

from __future__ import annotations

from typing import Any

from ..competitions.state import Setup
from ..escalations.state import Escalation, Escalations, Note
from ..eventlog.fold import State

ANSWERED_KEPT = 30
Data = dict[str, Any]


def escalations_data(state: State, _code: str) -> Data | None:
    if not state[Setup].exists:
        return None
    return {"escalations": [_shape(state, one) for one in _heard(state)]}


def written_on(state: State, field: str, by: str | None) -> dict[str, Data]:
    """What was asked and answered in writing on a field, by the calls' ids; those without a word are left out.

    One account's own calls; everybody's where ``by`` is None.
    """
    told = {
        one.id: {"note": _text(state, one.note), "answer": _text(state, one.answer_note)}
        for one in _heard(state)
        if one.field == field and by in (None, one.by)
    }
    return {id_: words for id_, words in told.items() if any(words.values())}


def _heard(state: State) -> list[Escalation]:
    """The open ones, and those that were answered last."""
    escalations = state[Escalations]
    answered = [one for one in escalations.by_id.values() if not one.is_open][-ANSWERED_KEPT:]
    return [*escalations.open(), *answered]


def _text(state: State, note: Note) -> str | None:
    return state.texts.get(note["id"]) if note else None


def _shape(state: State, one: Escalation) -> Data:
    return {
        "id": one.id,
        "target": f"{state.chain}/escalation/{one.id}",
        "field": one.field,
        "about": f"{state.chain}/{one.kind}/{one.about}",
        "reason": one.reason,
        "by": one.by,
        "at_utc": one.at_utc,
        "state": one.state,
        "outcome": one.outcome,
        "answered_by": one.answered_by,
        "answered_at_utc": one.answered_at_utc,
    }
