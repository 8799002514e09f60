"""The shapes live data is made of: entries, clocks, results, runs and standings rows, as docs/api.md describes them.

Whatever the public gets to see is made with ``public=True``, which hides what a ceremony is still to reveal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scoring.standing import Standing

from ..arrivals.state import arrival_of
from ..ceremony.seal import Seal
from ..ceremony.state import Ceremonies
from ..competitions.state import Division, Field, Setup
from ..displays.notices import Notices
from ..entries.state import public_entry
from ..eventlog.fold import State
from ..judging.state import Panels
from ..registry.regions import regions
from ..runs.clock import Clock, Crossing, Hand, apart_us
from ..runs.disputes import Disputes
from ..runs.sheets import do_differ, sheets_needed
from ..runs.state import Result, Run, Runs
from ..runs.texts import told, without_texts
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
        "by_hand": clock.by_hand,
        "started_at_utc": _tapped_at(clock.hand_start) if clock.by_hand else _shown_at(clock.start),
        "stopped_at_utc": _tapped_at(clock.hand_stop) if clock.by_hand else _shown_at(clock.finish),
        "elapsed_us": clock.elapsed_us,
        "uncertainty_us": _tapped_within_us(clock) if clock.by_hand else clock.uncertainty_us,
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


def _tapped_at(hand: Hand | None) -> str | None:
    return hand.at_utc if hand else None


def _tapped_within_us(clock: Clock) -> float | None:
    """How far the taps may be off by the tablets' knowledge of the server's clock; None where one had none."""
    taps = [hand.uncertainty_ms for hand in (clock.hand_start, clock.hand_stop) if hand]
    return None if None in taps else sum(tap for tap in taps if tap is not None) * 1000


def result_shape(state: State, division: Division, result: Result, *, public: bool) -> Shape:
    fields = division.ruleset.fields
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
        "sheet": without_texts(fields, result.sheet) if public else told(result.sheet, state.texts),
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
        "result": result_shape(state, division, run.result, public=public) if run.result else None,
        "rank": _rank(state, run, seal) if run.result else None,
        "judge": None if public else run.judge,
        "practice": run.practice,
        "replay_of": run.replay_of,
        "replaced_by": run.replaced_by,
        "withdrawn": run.withdrawn,
        "sheets_needed": sheets_needed(state, run),
        "sheets": [] if public else _sheets(state, run),
        "disputes": [] if public else disputes_shape(state, run.id),
        "sealed": seal is not None and run.result is None,
        "planned_at_utc": run.planned_at_utc,
        "planned_clock": clock_at_venue(state, run.planned_at_utc),
        "called_at_utc": state[Notices].called_at_utc.get(run.id),
        "arrival": None if public else arrival_of(state, run.entry),
    }


def panel_run_shape(state: State, run: Run) -> Shape:
    """A run as judges see it; a blind panel knows a project by its number in the drawn order alone."""
    shape = run_shape(state, run)
    if run.judge is None or not state[Panels].is_blind(run.division):
        return shape
    number = state[Panels].by_division[run.division].number(run.entry)
    unnamed = {"team": f"№ {number}", "organisation": "", "region": None, "region_code": None, "emblem": None}
    return shape | {"entry": {"id": f"{run.division}-{number}", "number": number, **unnamed}}


def clock_at_venue(state: State, at_utc: str | None) -> str | None:
    """The time of day as the hall's clock shows it, whatever zone a phone is set to."""
    if at_utc is None:
        return None
    return datetime.fromisoformat(at_utc).astimezone(ZoneInfo(state[Setup].facts["zone"])).strftime("%H:%M")


def utc_offset_min(state: State) -> int:
    """How far the hall's clock is from UTC on the first day: browsers of 2022 still have Kazakhstan in two zones."""
    facts = state[Setup].facts
    offset = (
        datetime.fromisoformat(facts["starts_on"])
        .replace(hour=12, tzinfo=ZoneInfo(facts["zone"]))
        .utcoffset()
    )
    return int(offset.total_seconds() // 60) if offset else 0


def _sheets(state: State, run: Run) -> list[Shape]:
    """Who handed in a sheet of a run that takes two; what they say only once all are in, so that nobody copies."""
    is_told = do_differ(state, run)
    return [
        {
            "by": one.by,
            "at_utc": one.at_utc,
            "sheet": told(one.sheet, state.texts) if is_told else None,
            "mark": one.mark if is_told else None,
            "captain": one.captain["outcome"] if is_told and one.captain else None,
        }
        for one in run.sheets.values()
    ]


def disputes_shape(state: State, about: str) -> list[Shape]:
    """Whose sheets of a run or match came too late and say otherwise; what they say is shown where they are settled."""
    return [{"id": one.id, "by": one.by, "at_utc": one.at_utc} for one in state[Disputes].open_of(about)]


def standings_shape(state: State, division: Division, *, public: bool = False) -> Shape:
    seal = _seal(state, division.code, public)
    standings = state[Standings]
    rows = seal.standings if seal else standings.of(division.code)
    published = seal.is_published if seal else division.code in standings.published
    attempts = _attempts(state, division, seal, hide_sheets=public and not published)
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
        "published": published,
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


def _attempts(
    state: State, division: Division, seal: Seal | None, *, hide_sheets: bool
) -> dict[str, list[Shape]]:
    """Each entry's attempts in order; of a panel's sheets not what each comes to, so that no judge follows another."""
    attempts: dict[str, list[Shape]] = {}
    for run in state[Runs].of(division.code):
        is_hidden = hide_sheets and run.judge is not None
        attempts.setdefault(run.entry, []).append(_attempt_shape(seal.seen(run) if seal else run, is_hidden))
    return attempts


def _attempt_shape(run: Run, is_hidden: bool) -> Shape:
    result = None if is_hidden else run.result
    return {
        "attempt": run.attempt,
        "status": run.status,
        "mark": result.mark if result else None,
        "values": result.results if result else None,
        "hand_time": result.hand_time if result else False,
        "corrected": result.corrected if result else False,
    }
