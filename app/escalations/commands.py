"""Commands by which a judge calls the chief judge, and is answered."""

from __future__ import annotations

from typing import cast

from ..competitions.commands import existing
from ..eventlog.chain import Event, instant
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.targets import match_on_own_field
from ..runs.notes import Notes
from ..runs.taps import tapped_at
from ..runs.targets import JUDGES, own_run
from .schemas import AnswerEscalation, CallReferee
from .state import SETTLED, TAKEN_BACK, Escalation, Escalations, Note


@command(CallReferee, on=("run", "match", "field"), roles=JUDGES)
def call_referee(state: State, target: Target, payload: CallReferee, context: Context) -> Decision:
    """Whatever became of the run or match meanwhile: a call that comes late is still a question."""
    at = (tapped_at(payload.tap, context.now) if payload.tap else None) or context.now
    notes = Notes(state)
    data = {
        "escalation": context.command,
        target.kind: target.id,
        "field": _field_of(state, target, context),
        "why": payload.reason,
        "note": _words(notes, payload.note),
        "at_utc": instant(min(at, context.now)),
    }
    return Decision([Event("RefereeCalled", data)], notes.rows)


@command(AnswerEscalation, on="escalation", roles=(*JUDGES, "organiser"))
def answer_escalation(state: State, target: Target, payload: AnswerEscalation, context: Context) -> Decision:
    """The referee, or the organiser for them; whoever called may take it back. What is so already stays so."""
    existing(state)
    escalation = state[Escalations].by_id.get(target.id)
    if escalation is None:
        raise Refusal("escalation_unknown")
    _check_answer(escalation, payload, context)
    if payload.answer == escalation.state:
        return Decision()
    if not escalation.is_open:
        raise Refusal("escalation_settled")
    notes = Notes(state)
    data = {
        "escalation": escalation.id,
        escalation.kind: escalation.about,
        "answer": payload.answer,
        "outcome": payload.outcome,
        "note": _words(notes, payload.note),
    }
    return Decision([Event("EscalationAnswered", data)], notes.rows)


def _words(notes: Notes, text: str | None) -> Note:
    """What was written, sealed so that tablets of the field can be told it."""
    return cast(Note, notes.take_text(text)) if text else None


def _check_answer(escalation: Escalation, payload: AnswerEscalation, context: Context) -> None:
    """Raises Refusal for an answer that is not this actor's to give, or says nothing."""
    if payload.answer == TAKEN_BACK:
        if escalation.by != context.actor.account:
            raise Refusal("escalation_of_another")
    elif context.actor.role == "judge":
        raise Refusal("not_allowed", role=context.actor.role)
    if payload.answer == SETTLED and payload.outcome is None:
        raise Refusal("outcome_missing", [Problem("outcome_missing", "outcome")])


def _field_of(state: State, target: Target, context: Context) -> str:
    """The field somebody is called to. Raises Refusal for one that is not the judge's."""
    if target.kind == "run":
        return own_run(state, target, context).field
    if target.kind == "match":
        return match_on_own_field(state, target, context).field
    if target.id not in existing(state).fields:
        raise Refusal("field_unknown", field=target.id)
    if context.actor.fields and target.id not in context.actor.fields:
        raise Refusal("field_of_another", field=target.id)
    return target.id
