"""Commands that take an entry out in mid-competition, and bring it back: runs fall away, matches go to others."""

from __future__ import annotations

from ..competitions.commands import existing
from ..entries.state import Entries, Entry
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.order_commands import after_withdrawal
from ..matches.pairing import follow
from ..matches.state import Matches
from ..runs.notes import Notes
from ..runs.schemas import ReinstateEntry, WithdrawEntry

ORDERING = ("referee", "organiser")


@command(WithdrawEntry, on="entry", roles=ORDERING)
def withdraw_entry(state: State, target: Target, payload: WithdrawEntry, context: Context) -> Decision:
    entry = _entry(state, target)
    if is_withdrawn(state, entry.id):
        raise Refusal("entry_withdrawn", number=entry.number)
    return _changed(state, entry, "EntryWithdrawn", payload.reason)


@command(ReinstateEntry, on="entry", roles=ORDERING)
def reinstate_entry(state: State, target: Target, payload: ReinstateEntry, context: Context) -> Decision:
    """Refused where somebody has played since in the entry's place, or partners were drawn without it."""
    entry = _entry(state, target)
    if not is_withdrawn(state, entry.id):
        raise Refusal("entry_not_withdrawn", number=entry.number)
    contest = state[Matches].contest(entry.division)
    if contest and contest.is_paired_without(entry.id):
        raise Refusal("late_partners_drawn")
    return _changed(state, entry, "EntryReinstated", payload.reason)


def is_withdrawn(state: State, entry: str) -> bool:
    return entry in state[Entries].withdrawn


def _changed(state: State, entry: Entry, what: str, reason: str) -> Decision:
    notes = Notes(state)
    data = {"entry": entry.id, "division": entry.division, "reason": notes.take(reason)}
    contest = state[Matches].contest(entry.division)
    following = []
    if contest:
        withdrawn = state[Matches].withdrawn ^ {entry.id}
        following = follow(state, contest, after_withdrawal(contest, withdrawn))
    return Decision([Event(what, data), *following], notes.rows)


def _entry(state: State, target: Target) -> Entry:
    existing(state)
    entry = state[Entries].by_id.get(target.id)
    if entry is None:
        raise Refusal("entry_unknown")
    return entry
