"""What the page of the plan is made of: the plan somebody works on, held against the checker, drawn and compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from scoring.planning.checking import held_against
from scoring.planning.instance import instance_of as parsed_instance

from ...database import reader
from ...eventlog.fold import State
from ...planning import proposals
from ...planning.asking import NO_QUESTION, Calendar, Question, applied, question_of
from ...planning.drafts import Draft, Placed
from ...planning.fillers import filled
from ...planning.jobs import Work
from ...planning.state import Plans
from ...settings import Settings
from ..judging.panels import judge_names
from ..submitting import pipeline, state_of
from .plan_forms import MoveForm
from .plan_words import broken_words, shortage_sentence, violation_sentences
from .timeline import activity_words, days, row_name

SHOWN_MOVES = 60
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page about the plan needs: the state, what is asked, the plan the runs have, and the draft beside it."""

    state: State
    question: Question
    applied: Placed
    draft: Draft
    work: Work

    @property
    def instance(self) -> Json:
        """What is late or broken is so to every look at the proposal that came of it."""
        closed = self.draft.said.get("closed") if self.draft.placed is not None else None
        return proposals.with_closings(self.question.instance, closed or {})

    @property
    def placed(self) -> Placed:
        """The draft, or else the plan as it is, of what there still is to place."""
        placed = self.draft.placed
        known = {one["id"] for one in self.instance["activities"]}
        return {
            id_: place for id_, place in (self.applied if placed is None else placed).items() if id_ in known
        }


@contextmanager
def at_desk(slug: str) -> Iterator[Desk]:
    settings: Settings = current_app.extensions["settings"]
    draft, work = Draft(settings, slug), Work(settings.plan_work, slug)
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        asked = bool(state[Plans].asked)
        question = question_of(connection, state) if asked else NO_QUESTION
        placed = applied(state, question.places) if asked else {}
        yield Desk(state, question, placed, draft, work)


def board(desk: Desk, slug: str) -> Json:
    """The timeline, what is broken, what has no place, and what differs from the plan the runs have."""
    placed = desk.placed
    names = judge_names(slug)
    shown = {"slug": slug, "version": desk.draft.version, "is_draft": desk.draft.placed is not None}
    if not desk.state[Plans].asked:
        return shown | {"days": [], "said": {}}
    calendar, told = Calendar(desk.state), _checked(desk.instance, placed)
    broken = broken_words(told["violations"])
    clocks = {id_: f"{calendar.instant(place['start']):%d.%m %H:%M}" for id_, place in placed.items()}
    missing = [one["id"] for one in desk.instance["activities"] if one["id"] not in placed]
    moves = proposals.difference(desk.applied, placed) if desk.draft.placed is not None else []
    said = desk.draft.said
    return shown | {
        "days": days(desk.state, replace(desk.question, instance=desk.instance), placed, broken, names),
        "violations": violation_sentences(desk.state, told["violations"], clocks),
        "missing": [activity_words(desk.state, id_) for id_ in missing],
        "metrics": told["metrics"],
        "last_end": calendar.instant(told["metrics"]["last_end"]),
        "bound": calendar.instant(said["bound"]) if said.get("bound") else None,
        "moves": [_move_line(desk, move, names) for move in moves[:SHOWN_MOVES]],
        "moves_count": len(moves),
        "said": said,
        "short": [
            shortage_sentence(one, lambda id_: row_name(desk.state, desk.question.places, id_, names))
            for one in said.get("short") or ()
        ],
        "slot_min": desk.state[Plans].asked["slot_min"],
        "move_form": MoveForm(formdata=None),
    }


def _checked(instance: Json, placed: Placed) -> Json:
    """What the checker says, which knows nothing of how the plan was made."""
    full, evened = filled(instance, placed)
    assignments = [{"activity": id_, **place} for id_, place in evened.items()]
    return held_against(parsed_instance(full), assignments)


def _move_line(desk: Desk, move: Json, names: dict[str, str]) -> Json:
    calendar = Calendar(desk.state)

    def words(place: Json | None) -> str:
        if place is None:
            return ""
        where = ", ".join(
            row_name(desk.state, desk.question.places, one, names) for one in place["resources"]
        )
        return f"{calendar.instant(place['start']):%d.%m %H:%M} {where}"

    return {
        "who": activity_words(desk.state, move["id"]),
        "before": words(move["before"]),
        "after": words(move["after"]),
    }
