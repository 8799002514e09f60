"""Commands about papers: who signs them, how they look, what the jury decided, and numbering them."""

from __future__ import annotations

import secrets
from typing import Any

from uuid_utils import uuid7

from ..competitions.commands import ORGANISER, existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..registry.models import Person
from ..standings.commands import division_of
from ..standings.state import Standings
from .degrees import degrees_of
from .recipients import recipients
from .schemas import DecideTie, DesignPaper, IssuePapers, PublishOverall, SetOfficials
from .state import Papers, current_overall, unofficial

NONCE_BYTES = 16


@command(SetOfficials, on="competition", roles=ORGANISER)
def set_officials(state: State, target: Target, payload: SetOfficials, context: Context) -> Decision:
    """Names are sealed beside the log, as those of all people."""
    existing(state)
    decision = Decision()
    named = {
        "chief_judge": [payload.chief_judge] if payload.chief_judge else [],
        "judges": list(payload.judges),
        "secretary": [payload.secretary] if payload.secretary else [],
    }
    officials = {role: [_sealed(decision, state, name) for name in names] for role, names in named.items()}
    decision.events.append(Event("OfficialsSet", {"officials": officials}))
    return decision


@command(DecideTie, on="division", roles=ORGANISER)
def decide_tie(state: State, target: Target, payload: DecideTie, context: Context) -> Decision:
    """Only where entries really are level at the border of that degree."""
    division = division_of(state, target)
    if target.id not in state[Standings].published:
        raise Refusal("results_unpublished", division=target.id)
    degrees = degrees_of(state, division)
    if not any(degree.degree == payload.degree and degree.level for degree in degrees):
        raise Refusal("tie_unknown", degree=payload.degree)
    return Decision([Event("TieDecided", {"division": target.id, **payload.model_dump()})])


@command(PublishOverall, on="competition", roles=ORGANISER)
def publish_overall(state: State, target: Target, payload: PublishOverall, context: Context) -> Decision:
    existing(state)
    waiting = unofficial(state)
    if waiting or not state[Papers].publications:
        raise Refusal("overall_waits", divisions=", ".join(waiting))
    if current_overall(state) is not None:
        raise Refusal("overall_current", revision=len(state[Papers].overall))
    return Decision([Event("OverallPublished", {})])


@command(DesignPaper, on="competition", roles=ORGANISER)
def design_paper(state: State, target: Target, payload: DesignPaper, context: Context) -> Decision:
    existing(state)
    return Decision([Event("PaperDesigned", payload.model_dump())])


@command(IssuePapers, on="competition", roles=ORGANISER)
def issue_papers(state: State, target: Target, payload: IssuePapers, context: Context) -> Decision:
    """Diplomas follow from published results alone, and wait for the jury where a border is tied."""
    existing(state)
    had = {_who(issued.kind, issued.facts) for issued in state[Papers].issued.values()}
    papers = [facts for facts in recipients(state, payload) if _who(payload.kind, facts) not in had]
    if not papers:
        raise Refusal("papers_none")
    data = {
        "kind": payload.kind,
        "languages": list(payload.languages),
        "first": state[Papers].next_number,
        "papers": [facts | {"nonce": secrets.token_hex(NONCE_BYTES)} for facts in papers],
    }
    return Decision([Event("PapersIssued", data)])


def _sealed(decision: Decision, state: State, name: str) -> dict[str, str]:
    person = Person.seal(str(uuid7()), state.chain, name, None)
    decision.rows.append(person)
    return {"id": person.id, "digest": person.digest}


def _who(kind: str, facts: dict[str, Any]) -> tuple[str, ...]:
    """What makes two papers the same: a new degree, after results were published anew, is a new paper."""
    return kind, facts.get("person", ""), facts.get("entry", ""), str(facts.get("degree", ""))
