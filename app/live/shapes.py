"""The shapes live data is made of: entries, clocks, results, runs and standings rows, as docs/api.md describes them.

Whatever the public gets to see is made with ``public=True``, which hides what a ceremony is still to reveal.
"""

from __future__ import annotations

from typing import Any

from scoring.standing import Standing

from ..arrivals.state import arrival_of
from ..ceremony.seal import Seal
from ..ceremony.state import Ceremonies
from ..competitions.state import Division, Field, Setup
from ..displays.notices import Notices
from ..entries.state import public_entry
from ..eventlog.fold import State
from ..registry.regions import regions
from ..runs.clock import Clock, Crossing, apart_us
from ..runs.sheets import do_differ, sheets_needed
from ..runs.state import Result, Run, Runs
from ..standings.criteria import shown_columns
from ..standings.state import Standings

Shape = dict[str, Any]


def field_brief(field: Field) -> Shape:
    return {"code": field.code, "name": field.name}


def division_brief(division: Division) -> Shape:
    return {"code": division.code, "name": division.name, "discipline": division.discipline}


def entry_shape(state: State, entry_id: str) -> Shape:
    entry = public_entry(state, entry_id)
    region = entry["region"]
    return entry | {"region": regions().get(region) if region else None, "region_code": region}


def clock_shape(clock: Clock, limit_s: float | None) -> Shape:
    return {
        "state": clock.state,
        "started_at_utc": _shown_at(clock.start),
        "stopped_at_utc": _shown_at(clock.finish),
        "elapsed_us": clock.elapsed_us,
        "uncertainty_us": clock.uncertainty_us,
        "limit_s": limit_s,
        "simulated": clock.simulated,
        "false_start": clock.false_start is not None,
        "missed": list(clock.missed),
        "passes": [
            {
                "role": one.role,
                "number": one.number,
                "at_us": apart_us(clock.start, one.crossing) if clock.start else None,
            }
            for one in clock.passes
        ],
    }


def _shown_at(crossing: Crossing | None) -> str | None:
    return None if crossing is None else crossing.shown_at_utc or crossing.at_utc


def result_shape(division: Division, result: Result) -> Shape:
    return {
        "ok": result.mark is None,
        "mark": result.mark,
        "hand_time": result.hand_time,
        "stopwatch": result.stopwatch,
        "captain": result.captain,
        "corrected": result.corrected,
        "paper": result.paper,
        "values": result.results,
        "shown": [column | {"value": result.results.get(column["name"])} for column in columns(division)],
        "sheet": result.sheet,
        "by": result.by,
        "at_utc": result.at_utc,
    }


def columns(division: Division) -> list[Shape]:
    """The result columns of one run that are shown: name, label, type, unit."""
    return [
        {"name": column.name, "label": dict(column.label), "type": column.type, "unit": column.unit}
        for column in division.ruleset.results
        if column.shown
    ]


def run_shape(state: State, run: Run, *, public: bool = False) -> Shape:
    division = state[Setup].divisions[run.division]
    seal = _seal(state, run.division, public)
    run = seal.seen(run) if seal else run
    attempts = division.ruleset.attempts
    return {
        "id": run.id,
        "target": f"{state.chain}/run/{run.id}",
        "division": run.division,
        "field": run.field,
        "attempt": run.attempt,
        "attempts": attempts.count,
        "position": run.position,
        "entry": entry_shape(state, run.entry),
        "status": run.status,
        "version": run.version,
        "armed": run.armed,
        "clock": clock_shape(run.clock, attempts.limit_s),
        "result": result_shape(division, run.result) if run.result else None,
        "rank": _rank(state, run, seal) if run.result else None,
        "practice": run.practice,
        "replay_of": run.replay_of,
        "replaced_by": run.replaced_by,
        "withdrawn": run.withdrawn,
        "sheets_needed": sheets_needed(state, run),
        "sheets": [] if public else _sheets(state, run),
        "sealed": seal is not None and run.result is None,
        "called_at_utc": state[Notices].called_at_utc.get(run.id),
        "arrival": None if public else arrival_of(state, run.entry),
    }


def _sheets(state: State, run: Run) -> list[Shape]:
    """Who handed in a sheet of a run that takes two; what they say only once all are in, so that nobody copies."""
    told = do_differ(state, run)
    return [
        {
            "by": one.by,
            "at_utc": one.at_utc,
            "sheet": one.sheet if told else None,
            "mark": one.mark if told else None,
        }
        for one in run.sheets.values()
    ]


def standings_shape(state: State, division: Division, *, public: bool = False) -> Shape:
    seal = _seal(state, division.code, public)
    standings = state[Standings]
    rows = seal.standings if seal else standings.of(division.code)
    attempts = _attempts(state, division, seal)
    return {
        "division": division_brief(division),
        "columns": shown_columns(division.ruleset),
        "attempt_columns": columns(division),
        "rows": [
            standing_shape(state, standing)
            | {
                "attempts": attempts.get(standing.id, []),
                "decided_by": standing.decided_by,
                "reason": dict(standing.reason),
                "moved": 0 if seal else standings.moved(division.code, standing.id),
            }
            for standing in rows
        ],
        "unconfirmed": seal.unconfirmed
        if seal
        else sum(not run.is_confirmed for run in state[Runs].of(division.code)),
        "published": seal.is_published if seal else division.code in standings.published,
        "frozen_at_utc": seal.at_utc if seal else state[Ceremonies].planned.get(division.code),
    }


def standing_shape(state: State, standing: Standing) -> Shape:
    return {
        "rank": standing.rank,
        "entry": entry_shape(state, standing.id),
        "mark": standing.mark,
        "values": dict(standing.values),
    }


def _seal(state: State, division: str, public: bool) -> Seal | None:
    return state[Ceremonies].seal(division) if public else None


def _rank(state: State, run: Run, seal: Seal | None) -> int | None:
    if run.practice or run.replaced_by is not None:
        return None
    return seal.rank(run.entry) if seal else state[Standings].standing(run.division, run.entry).rank


def _attempts(state: State, division: Division, seal: Seal | None) -> dict[str, list[Shape]]:
    """Each entry's attempts in order."""
    attempts: dict[str, list[Shape]] = {}
    for run in state[Runs].of(division.code):
        attempts.setdefault(run.entry, []).append(_attempt_shape(seal.seen(run) if seal else run))
    return attempts


def _attempt_shape(run: Run) -> Shape:
    result = run.result
    return {
        "attempt": run.attempt,
        "status": run.status,
        "mark": result.mark if result else None,
        "values": result.results if result else None,
        "hand_time": result.hand_time if result else False,
        "corrected": result.corrected if result else False,
    }
