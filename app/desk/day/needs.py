"""What waits for a person in a competition that is under way, each with the page on which it is settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ...arrivals.state import PASSED, arrival_of
from ...competitions.state import Setup
from ...devices.health import Health
from ...devices.state import Controllers
from ...devices.words import fault_words
from ...entries.state import Entries, public_entry
from ...escalations.state import OPEN, Escalations
from ...eventlog.fold import State
from ...heartbeat import worker_is_silent
from ...judging.state import open_sheets
from ...languages import in_language
from ...matches.state import Matches
from ...messages import sentence
from ...runs.disputes import Disputes
from ...runs.fields import Fields
from ...runs.run import NOBODY
from ...runs.state import UNCONFIRMED, Run, Runs
from ...schedule.state import Schedule
from ...settings import Settings
from ...standings.readiness import WINDOW_OPEN, blocks
from ...standings.state import Standings
from ..sheets.escalating import REASON_WORDS, place_words
from ..sheets.sheet_states import WORDS, sheet_lines
from .need import Need
from .office_needs import office_needs

PACE_RUNS = 10
STARTS_SOON = 3
LATE_AFTER = timedelta(minutes=5)
BACKUP_LATE_S = 10
HERE = "#"
"""Settled where the machine stands, not on a page."""


def needs(state: State, health: Health, now: datetime) -> list[Need]:
    """Everything that waits, what stops a field first."""
    found = [
        *_calls(state),
        *_fields(state),
        *_controllers(state, health),
        *_escalations(state),
        *_disputed_matches(state),
        *_runs(state, now),
        *_panels(state),
        *_divisions(state, now),
        *_contests(state),
        *_missing(state),
        *office_needs(state, now),
    ]
    return sorted(found, key=lambda need: not need.urgent)


def backup_needs(backup: dict[str, Any] | None) -> Iterator[Need]:
    """What is wrong with the second place, if there is to be one; ``backup`` as ``Shipper.state`` tells it."""
    if backup is None:
        return
    if backup["trouble"]:
        words = _(
            "The backup in %(folder)s fails: %(reason)s.", folder=backup["folder"], reason=backup["trouble"]
        )
        yield Need("backup_failed", words, HERE, urgent=True)
    elif backup["behind_s"] > BACKUP_LATE_S:
        words = _("The backup is %(seconds)s seconds behind.", seconds=round(backup["behind_s"]))
        yield Need("backup_late", words, HERE)


def worker_needs(settings: Settings) -> Iterator[Need]:
    """That nobody does the long work: lists, papers and plans would wait for ever."""
    if worker_is_silent(settings):
        words = _("The worker does not run: lists are not read, papers not set, plans not made.")
        yield Need("worker_silent", words, HERE)


def minutes_left(state: State, field: str) -> int | None:
    """How long a field's queue will take at the pace of its last runs; None before two were confirmed."""
    runs = state[Runs]
    queue = [runs.by_id[run] for run in state[Schedule].queues.get(field, [])]
    confirmed = sorted(datetime.fromisoformat(run.result.at_utc) for run in queue if run.result)[-PACE_RUNS:]
    if len(confirmed) < 2:
        return None
    pace = (confirmed[-1] - confirmed[0]) / (len(confirmed) - 1)
    return round(pace.total_seconds() * sum(not run.is_confirmed for run in queue) / 60)


def _calls(state: State) -> Iterator[Need]:
    """Judges who call the chief judge; urgent until somebody is coming."""
    for one in state[Escalations].open():
        words = _(
            "%(place)s: the chief judge is called, %(reason)s.",
            place=place_words(state, one),
            reason=REASON_WORDS[one.reason],
        )
        yield Need("referee_called", words, f"/desk/{state.chain}/sheets", urgent=one.state == OPEN)


def _fields(state: State) -> Iterator[Need]:
    for code in state[Setup].fields:
        bar = state[Fields].bar(code)
        if bar:
            yield Need(bar, sentence(bar, {"field": code}), _gates(state, code), urgent=True)
        strays = sum(one["field"] == code for one in state[Controllers].unassigned.values())
        if strays:
            words = ngettext(
                "Field %(field)s: %(num)s reading fitted no run.",
                "Field %(field)s: %(num)s readings fitted no run.",
                strays,
                field=code,
            )
            yield Need("readings_unassigned", words, _gates(state, code))


def _controllers(state: State, health: Health) -> Iterator[Need]:
    for one in health.data(state)["controllers"]:
        field = one["field"]
        if one["state"] == "silent":
            words = _(
                "The controller of field %(field)s has been silent since %(time)s UTC.",
                field=field,
                time=one["last_seen_utc"][11:19],
            )
            yield Need("controller_silent", words, _gates(state, field), urgent=True)
        for fault in one["faults"]:
            words = _("Field %(field)s: %(fault)s.", field=field, fault=fault_words(fault["code"]))
            yield Need("controller_fault", words, _gates(state, field))


def _runs(state: State, now: datetime) -> Iterator[Need]:
    link = f"/desk/{state.chain}/runs"
    for run in state[Runs].by_id.values():
        if run.is_confirmed or run.status != UNCONFIRMED:
            continue
        finish = run.clock.finish or run.clock.start
        waits = finish is not None and now - datetime.fromisoformat(finish.at_utc) > LATE_AFTER
        words = _(
            "%(team)s, attempt %(attempt)s on field %(field)s, is over and not confirmed.",
            **_named(state, run),
        )
        yield Need("run_unconfirmed", words, link, urgent=waits)


def _escalations(state: State) -> Iterator[Need]:
    for line in sheet_lines(state):
        if line.is_escalated:
            words = _(
                "%(team)s, attempt %(attempt)s on field %(field)s: %(state)s.",
                state=WORDS[line.state],
                **_named(state, line.run),
            )
            yield Need(f"sheet_{line.state}", words, f"/desk/{state.chain}/run/{line.run.id}", urgent=True)


def _disputed_matches(state: State) -> Iterator[Need]:
    for match in state[Matches].by_id.values():
        if state[Disputes].open_of(match.id) and match.replaced_by is None and not match.called_off:
            words = _(
                "Match %(match)s on field %(field)s: another tablet’s result says otherwise.",
                match=match.number,
                field=match.field,
            )
            yield Need("match_disputed", words, f"/desk/{state.chain}/match/{match.id}", urgent=True)


def _panels(state: State) -> Iterator[Need]:
    for code, division in state[Setup].divisions.items():
        lacking = len(open_sheets(state, code, NOBODY))
        if lacking:
            words = ngettext(
                "%(division)s: %(num)s project lacks a judge.",
                "%(division)s: %(num)s projects lack a judge.",
                lacking,
                division=in_language(division.name),
            )
            yield Need(
                "project_lacks_judge", words, f"/desk/{state.chain}/division/{code}/panel", urgent=True
            )


def _divisions(state: State, now: datetime) -> Iterator[Need]:
    for code, division in state[Setup].divisions.items():
        if not state[Runs].of(code) or code in state[Standings].published:
            continue
        if all(block.code == WINDOW_OPEN for block in blocks(state, division, now)):
            words = _(
                "All runs of %(division)s are confirmed. Its results can be made official.",
                division=in_language(division.name),
            )
            yield Need("results_ready", words, f"/desk/{state.chain}/division/{code}/standings")


def _contests(state: State) -> Iterator[Need]:
    """Contests of matches that wait: for a draw, for a tie at the line or alliances, for being made official."""
    for code, division in state[Setup].divisions.items():
        if division.ruleset.match is None:
            continue
        name, here = in_language(division.name), f"/desk/{state.chain}/division/{code}"
        contest = state[Matches].contest(code)
        if contest is None:
            if state[Entries].of(code):
                words = _("The matches of %(division)s are not drawn yet.", division=name)
                yield Need("matches_undrawn", words, f"{here}/matches")
        elif contest.tournament.ties:
            words = _("%(division)s: entries are level at the line, so the next phase waits.", division=name)
            yield Need("tie_open", words, f"{here}/matches", urgent=True)
        elif contest.tournament.choice:
            words = _("%(division)s: the captains are to choose their alliances.", division=name)
            yield Need("alliances_due", words, f"{here}/alliances", urgent=True)
        elif contest.tournament.is_over and code not in state[Standings].published:
            words = _(
                "All matches of %(division)s are decided. Its results can be made official.", division=name
            )
            yield Need("results_ready", words, f"{here}/standings")


def _missing(state: State) -> Iterator[Need]:
    """Teams that are about to run and were not checked in, or whose robot did not pass."""
    for field, queue in state[Schedule].queues.items():
        for run in islice(state[Runs].waiting(queue), STARTS_SOON):
            arrival = arrival_of(state, run.entry)
            shown = public_entry(state, run.entry)
            facts = {"team": shown["team"], "field": field}
            if arrival["checked_in"] is False:
                words = _("%(team)s runs soon on field %(field)s and is not checked in.", **facts)
                yield Need("team_missing", words, f"/desk/{state.chain}/check-in?q={shown['number']}")
            if arrival["inspection"] not in (None, PASSED):
                words = _("%(team)s runs soon on field %(field)s and did not pass inspection.", **facts)
                yield Need("robot_not_passed", words, f"/desk/{state.chain}/entry/{run.entry}/inspection")


def _named(state: State, run: Run) -> dict[str, object]:
    return {"team": public_entry(state, run.entry)["team"], "attempt": run.attempt, "field": run.field}


def _gates(state: State, field: str) -> str:
    return f"/desk/{state.chain}/field/{field}/gates"
