"""Commands about judged projects: who marks them, in which order, and who must not."""

from __future__ import annotations

import random
import secrets
from collections import defaultdict

from uuid_utils import uuid7

from scoring.panel_order import Marking, TooFewJudges, marking, visits

from ..accounts.state import Accounts
from ..competitions.commands import ORGANISER, existing
from ..competitions.state import Division
from ..entries.state import Entries
from ..eventlog.chain import Event, instant
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.run import NOBODY
from ..runs.state import Run
from ..runs.targets import JUDGES, check_open, own_run
from ..schedule.state import Schedule
from .schemas import DrawPanel, GiveSheets, StateAffiliations, StepAside
from .state import Panel, Panels, marks_already, open_sheets

JUDGED = "judged"


@command(StateAffiliations, on="competition", roles=ORGANISER)
def state_affiliations(
    state: State, target: Target, payload: StateAffiliations, context: Context
) -> Decision:
    existing(state)
    for at, one in enumerate(payload.judges):
        if one.judge not in state[Accounts].open:
            raise Refusal("judge_unknown", [Problem("judge_unknown", f"judges.{at}.judge")])
    return Decision([Event("AffiliationsStated", payload.model_dump(mode="json"))])


@command(DrawPanel, on="division", roles=ORGANISER)
def draw_panel(state: State, target: Target, payload: DrawPanel, context: Context) -> Decision:
    """Each judge's sheet of a project is one of its attempts, which the rules bring together."""
    division = judged_division(state, target)
    if target.id in state[Schedule].start_lists:
        raise Refusal("start_list_drawn", division=target.id)
    if payload.field not in existing(state).fields:
        raise Refusal("field_unknown", [Problem("field_unknown", "field")], field=payload.field)
    entries = state[Entries].to_draw(target.id)
    if not entries:
        raise Refusal("division_empty", division=target.id)
    seed = secrets.randbits(32) if payload.seed is None else payload.seed
    random.Random(seed).shuffle(entries)  # noqa: S311 (a draw that can be shown again)
    marked_by = _marking(state, division, payload, entries)
    runs = [
        {"id": str(uuid7()), "entry": entry, "attempt": marked_by[entry].index(judge) + 1, "judge": judge}
        for judge, entry in visits(entries, payload.judges, marked_by)
    ]
    said = payload.model_dump(mode="json", exclude={"seed", "secret"})
    drawn = Event(
        "PanelDrawn", {"division": target.id, **said, "seed": seed, "entries": entries, "runs": runs}
    )
    frozen = Event("StandingsFrozen", {"division": target.id, "at_utc": instant(context.now)})
    return Decision([drawn, frozen] if payload.secret else [drawn])


@command(StepAside, on="run", roles=JUDGES)
def step_aside(state: State, target: Target, payload: StepAside, context: Context) -> Decision:
    """The sheet goes to whoever of the panel may mark the project and has least left to do; else to nobody, for now."""
    run = own_run(state, target, context)
    panel = state[Panels].by_division.get(run.division)
    if panel is None or not run.judge:
        raise Refusal("run_not_judged", run=run.id)
    check_open(run)
    others = [judge for judge in panel.judges if judge != run.judge and _may_mark(state, panel, run, judge)]
    least = min(others, key=lambda judge: len(open_sheets(state, run.division, judge)), default=NOBODY)
    data = {"run": run.id, "judge": run.judge, "to": least, "kind": payload.kind}
    return Decision([Event("JudgeSteppedAside", data)])


@command(GiveSheets, on="division", roles=(*ORGANISER, "referee"))
def give_sheets(state: State, target: Target, payload: GiveSheets, context: Context) -> Decision:
    """For a judge who fell ill, or a project that lacks one; those that ``to`` must not mark stay where they are."""
    judged_division(state, target)
    panel = state[Panels].by_division.get(target.id)
    if panel is None:
        raise Refusal("panel_not_drawn", division=target.id)
    if payload.to not in state[Accounts].open:
        raise Refusal("judge_unknown", [Problem("judge_unknown", "to")])
    left = open_sheets(state, target.id, payload.judge or NOBODY)
    given = [run.id for run in left if _may_mark(state, panel, run, payload.to)]
    if not given:
        raise Refusal("no_sheet_to_give", [Problem("no_sheet_to_give", "to")])
    return Decision([Event("SheetsGiven", {"division": target.id, "runs": given, "to": payload.to})])


def judged_division(state: State, target: Target) -> Division:
    """The division a command is about, if a panel marks its projects. Raises Refusal otherwise."""
    setup = existing(state)
    division = setup.divisions.get(target.id)
    if division is None:
        raise Refusal("division_unknown", division=target.id, known=", ".join(setup.divisions))
    if division.ruleset.kind != JUDGED or division.ruleset.rubric is None:
        raise Refusal("division_not_judged", division=target.id)
    return division


def _marking(state: State, division: Division, payload: DrawPanel, entries: list[str]) -> Marking:
    """The judges of each project, in the panel's order. Raises Refusal."""
    count = division.ruleset.attempts.count
    if len(set(payload.judges)) != len(payload.judges) or len(payload.judges) < count:
        raise Refusal("panel_too_small", [Problem("panel_too_small", "judges")], count=count)
    for judge in payload.judges:
        if judge not in state[Accounts].open:
            raise Refusal("judge_unknown", [Problem("judge_unknown", "judges")])
    ties: dict[str, set[str]] = defaultdict(set)
    for tie in payload.ties:
        ties[tie.judge].add(tie.entry)
    try:
        return marking(entries, payload.judges, count, ties)
    except TooFewJudges as few:
        numbers = ", ".join(str(state[Entries].by_id[one].number) for one in few.projects)
        facts = {"numbers": numbers, "count": count}
        raise Refusal("projects_lack_judges", [Problem("projects_lack_judges", "judges")], **facts) from None


def _may_mark(state: State, panel: Panel, run: Run, judge: str) -> bool:
    return (judge, run.entry) not in panel.ties and not marks_already(state, run, judge)
