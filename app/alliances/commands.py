"""Commands of an alliance selection: begin it, pick, decline, undo, form the alliances, call a backup in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scoring.alliances import Backup, Selection, SelectionRefused, start
from scoring.brackets import ALLIANCES_OF_8
from scoring.contest import AllianceRules, Phase
from scoring.tournament import Choice

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.contest import Contest
from ..matches.pairing import follow
from ..matches.state import Matches
from ..matches.targets import contest_of, division_of
from ..runs.notes import Notes
from .schemas import (
    CallBackup,
    DeclineInvitation,
    DiscardAllianceSelection,
    FormAlliances,
    OpenAllianceSelection,
    PickPartner,
    ReopenAllianceSelection,
    UndoAllianceStep,
)
from .state import Alliances, Choosing

STEERING = ("organiser", "referee")


def selection_version(state: State, target: Target) -> int:
    """The version of the selection a command is about, so that two laptops do not pick twice; 0 before it begins."""
    now = state[Alliances].of(target.id)
    return now.version if now else 0


@command(OpenAllianceSelection, on="alliances", roles=STEERING, version_of=selection_version)
def open_selection(
    state: State, target: Target, payload: OpenAllianceSelection, context: Context
) -> Decision:
    contest = _contest(state, target)
    if state[Alliances].of(contest.division):
        raise Refusal("alliance_selection_begun")
    choice = _due(contest)
    if choice.needs_lots:
        raise Refusal("lots_missing", division=contest.division)
    rules = _rules(choice.phase, payload.count)
    try:
        start(rules, choice.ranked, state[Matches].withdrawn)
    except SelectionRefused as refused:
        raise _refusal(refused, "count") from None
    data = {
        "division": contest.division,
        "phase": choice.phase.id,
        "ranked": list(choice.ranked),
        "count": rules.count,
        "picks": rules.picks,
        "order": rules.order,
        "backups": rules.backups,
    }
    return Decision([Event("AllianceSelectionOpened", data)])


@command(PickPartner, on="alliances", roles=STEERING, version_of=selection_version)
def pick_partner(state: State, target: Target, payload: PickPartner, context: Context) -> Decision:
    return _stepped(_choosing(state, target), Selection.pick, payload.entry, "PartnerPicked")


@command(DeclineInvitation, on="alliances", roles=STEERING, version_of=selection_version)
def decline_invitation(
    state: State, target: Target, payload: DeclineInvitation, context: Context
) -> Decision:
    return _stepped(_choosing(state, target), Selection.decline, payload.entry, "InvitationDeclined")


@command(UndoAllianceStep, on="alliances", roles=STEERING, version_of=selection_version)
def undo_step(state: State, target: Target, payload: UndoAllianceStep, context: Context) -> Decision:
    now, notes = _choosing(state, target), Notes(state)
    if now.last_undoable is None:
        raise Refusal("alliance_step_none")
    data = _named(now, reason=notes.take(payload.reason))
    if not now.is_formed:
        return Decision([Event("AllianceStepUndone", data)], notes.rows)
    selection = now.undone().selection
    event = Event("AllianceStepUndone", data | _standing(selection))
    return Decision([event, *_following(state, now, selection)], notes.rows)


@command(FormAlliances, on="alliances", roles=STEERING, version_of=selection_version)
def form_alliances(state: State, target: Target, payload: FormAlliances, context: Context) -> Decision:
    now, contest = _choosing(state, target), _contest(state, target)
    if now.is_formed:
        raise Refusal("alliances_formed")
    if now.selection.turn is not None:
        raise Refusal("alliances_incomplete")
    phase = _due(contest).phase
    needed, found = _fewest(phase), len(now.selection.formed)
    if found < needed:
        raise Refusal("alliances_too_few", found=found, needed=needed)
    event = Event("AlliancesFormed", _named(now) | _standing(now.selection))
    return Decision([event, *_following(state, now, now.selection)])


@command(ReopenAllianceSelection, on="alliances", roles=STEERING, version_of=selection_version)
def reopen_selection(
    state: State, target: Target, payload: ReopenAllianceSelection, context: Context
) -> Decision:
    """Refused where an alliance has played: what is played cannot be paired otherwise without a word."""
    now, contest, notes = _choosing(state, target), _contest(state, target), Notes(state)
    if not now.is_formed:
        raise Refusal("alliances_not_formed")
    others = {phase: formed for phase, formed in contest.alliances.items() if phase != now.phase}
    following = follow(state, contest, replace(contest.situation(), alliances=others))
    data = _named(now, reason=notes.take(payload.reason))
    return Decision([Event("AlliancesReopened", data), *following], notes.rows)


@command(DiscardAllianceSelection, on="alliances", roles=STEERING, version_of=selection_version)
def discard_selection(
    state: State, target: Target, payload: DiscardAllianceSelection, context: Context
) -> Decision:
    now, notes = _choosing(state, target), Notes(state)
    if now.is_formed:
        raise Refusal("alliances_formed")
    data = _named(now, reason=notes.take(payload.reason))
    return Decision([Event("AllianceSelectionDiscarded", data)], notes.rows)


@command(CallBackup, on="alliances", roles=STEERING, version_of=selection_version)
def call_backup(state: State, target: Target, payload: CallBackup, context: Context) -> Decision:
    now, notes = _choosing(state, target), Notes(state)
    if not now.is_formed:
        raise Refusal("alliances_not_formed")
    backup = Backup(payload.alliance, payload.entry, payload.instead_of)
    try:
        selection = now.selection.call_backup(backup)
    except SelectionRefused as refused:
        raise _refusal(refused, "entry") from None
    data = _named(
        now,
        alliance=payload.alliance,
        entry=payload.entry,
        instead_of=payload.instead_of,
        reason=notes.take(payload.reason),
    )
    event = Event("BackupCalled", data | _standing(selection))
    return Decision([event, *_following(state, now, selection)], notes.rows)


def _stepped(
    now: Choosing, step: Callable[[Selection, str], Selection], entry: str, event_type: str
) -> Decision:
    """The event of a step about an entry, with the alliance whose turn it was. Raises Refusal."""
    turn = now.selection.turn
    try:
        step(now.selection, entry)
    except SelectionRefused as refused:
        raise _refusal(refused, "entry") from None
    alliance = turn.alliance if turn else None
    return Decision([Event(event_type, _named(now, entry=entry, alliance=alliance))])


def _contest(state: State, target: Target) -> Contest:
    return contest_of(state, division_of(state, target).code)


def _choosing(state: State, target: Target) -> Choosing:
    now = state[Alliances].of(_contest(state, target).division)
    if now is None:
        raise Refusal("alliance_selection_not_begun")
    return now


def _due(contest: Contest) -> Choice:
    choice = contest.tournament.choice
    if choice is None:
        raise Refusal("alliances_not_due")
    return choice


def _rules(phase: Phase, count: int | None) -> AllianceRules:
    """The rules of the phase, for fewer alliances where that is asked and its format takes any number."""
    assert phase.alliances is not None
    most = phase.alliances.count
    if count is None or count == most:
        return phase.alliances
    if count > most or count < _fewest(phase):
        raise Refusal("alliances_of_count", [Problem("alliances_of_count", "count")], most=most)
    return replace(phase.alliances, count=count)


def _fewest(phase: Phase) -> int:
    return ALLIANCES_OF_8 if phase.format == "alliances_of_8" else 2


def _named(now: Choosing, **facts: Any) -> dict[str, Any]:
    return {"division": now.division, "phase": now.phase, **facts}


def _standing(selection: Selection) -> dict[str, Any]:
    """The alliances as an event says them: everybody in them, captains first, and who no longer plays."""
    resting = [backup.instead_of for backup in selection.backups if backup.instead_of is not None]
    return {"alliances": [list(members) for members in selection.rosters()], "resting": resting}


def _following(state: State, now: Choosing, selection: Selection) -> list[Event]:
    """What the contest makes of these alliances."""
    contest = contest_of(state, now.division)
    alliances = {**contest.alliances, now.phase: selection.rosters()}
    return follow(state, contest, replace(contest.situation(), alliances=alliances))


def _refusal(refused: SelectionRefused, field: str) -> Refusal:
    problem = refused.problem
    return Refusal(problem.code, [Problem(problem.code, field)], **problem.facts)
