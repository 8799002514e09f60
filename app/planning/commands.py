"""Commands about the plan of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from ..competitions.commands import ORGANISER, existing
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.state import Matches
from ..schedule.state import Schedule
from .schemas import ApplyPlan, SetPlan, as_event_time
from .starts import MATCH, Start, start
from .state import Plans

LAST = "~"
"""Sorts after every instant: starts that nobody planned come last."""

Planned = dict[str, tuple[str, str]]
"""By id of a run or match, its field and when it starts."""


def plan_version(state: State, target: Target) -> int:
    """The version of what the plan keeps to; 0 until it was asked for."""
    return state[Plans].version


@command(SetPlan, on="competition", roles=ORGANISER, version_of=plan_version, changed_by=["PlanSet"])
def set_plan(state: State, target: Target, payload: SetPlan, context: Context) -> Decision:
    setup = existing(state)
    for at, one in enumerate(payload.divisions):
        if one.division not in setup.divisions:
            where = [Problem("division_unknown", f"divisions.{at}.division")]
            raise Refusal("division_unknown", where, division=one.division, known=", ".join(setup.divisions))
        for field in one.fields:
            if field not in setup.fields:
                where = [Problem("field_unknown", f"divisions.{at}.fields")]
                raise Refusal("field_unknown", where, field=field)
    for at, place in enumerate(payload.places):
        kind, _, code = place.place.partition("/")
        if kind == "field" and code not in setup.fields:
            raise Refusal("field_unknown", [Problem("field_unknown", f"places.{at}.place")], field=code)
    paired: set[str] = set()
    for at, pair in enumerate(payload.pairs):
        for field in pair:
            if field not in setup.fields or field in paired:
                raise Refusal("field_unknown", [Problem("field_unknown", f"pairs.{at}")], field=field)
            paired.add(field)
    return Decision([Event("PlanSet", payload.model_dump(mode="json"))])


@command(ApplyPlan, on="competition", roles=ORGANISER)
def apply_plan(state: State, target: Target, payload: ApplyPlan, context: Context) -> Decision:
    """The past, the running and the called stay where they are: a plan that moves one of them is refused."""
    existing(state)
    runs = _placed(state, "runs", ((one.run, one.field, one.start_at) for one in payload.runs))
    matches = _placed(state, "matches", ((one.match, one.field, one.start_at) for one in payload.matches))
    for at, inspection in enumerate(payload.inspections):
        if inspection.entry not in state[Entries].by_id:
            raise Refusal("entry_unknown", [Problem("entry_unknown", f"inspections.{at}.entry")])
    data = {
        "runs": [{"run": id_, "field": field, "at_utc": at} for id_, (field, at) in runs.items()],
        "queues": _queues(state, state[Schedule].queues, runs),
        "matches": [{"match": id_, "field": field, "at_utc": at} for id_, (field, at) in matches.items()],
        "match_queues": _queues(state, state[Matches].queues, matches),
        "inspections": [{"entry": one.entry, "at_utc": _utc(one.start_at)} for one in payload.inspections],
    }
    return Decision([Event("PlanApplied", data)])


def _placed(state: State, listed: str, asked: Iterable[tuple[str, str, datetime]]) -> Planned:
    """What a plan asks of runs, or of matches. Raises Refusal where one of them cannot be placed so."""
    planned: Planned = {}
    for at, (id_, field, start_at) in enumerate(asked):
        if field not in existing(state).fields:
            raise Refusal("field_unknown", [Problem("field_unknown", f"{listed}.{at}.field")], field=field)
        one = start(state, id_)
        if one is None or (one.kind == MATCH) != (listed == "matches") or id_ in planned:
            raise Refusal("run_unknown", [Problem("run_unknown", f"{listed}.{at}")], run=id_)
        planned[id_] = (field, _utc(start_at))
        if one.is_settled and planned[id_] != (one.field, one.planned_at_utc):
            raise Refusal("run_settled", number=one.number)
    return planned


def _queues(state: State, queues: Mapping[str, list[str]], planned: Planned) -> dict[str, list[str]]:
    """Every field's queue as it will be: what is settled first, then by planned start, the unplanned at the end."""
    found: dict[str, list[tuple[bool, str, int, str]]] = {
        field: [] for field in {*queues, *(field for field, _ in planned.values())}
    }
    for field, queue in queues.items():
        for place, id_ in enumerate(queue):
            one = start(state, id_)
            goes_to, at = planned.get(id_, (field, _planned_at(one)))
            settled = one is not None and one.is_settled
            found[goes_to].append((not settled, "" if settled else at, place, id_))
    return {field: [id_ for *_, id_ in sorted(found[field])] for field in sorted(found)}


def _planned_at(one: Start | None) -> str:
    return one.planned_at_utc or LAST if one else LAST


def _utc(at: datetime) -> str:
    return as_event_time(at.astimezone(UTC))
