"""Commands about protests: filing one within its window, its fee, and the jury's decision with what it changes."""

from __future__ import annotations

from datetime import datetime

from uuid_utils import uuid7

from ..competitions.commands import existing
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..runs.notes import Notes
from .challenged import Challenged, effect, named, of_protest, of_target, protests_about
from .schemas import DecideProtest, FileProtest, RecordProtestFee
from .state import DUE, KEPT, PAID, RETURNED, Protest, Protests
from .window import closes_at, local_clock

DESK = ("referee", "organiser")
TEAM = "applicant"
"""The role of whoever has a team's secret address."""


def challenged_version(state: State, target: Target) -> int:
    """The version of what a protest is about, so that nobody decides on a result that has changed since."""
    protest = state[Protests].by_id.get(target.id)
    return of_protest(state, protest).version if protest else 0


@command(FileProtest, on=("run", "match"), roles=(*DESK, TEAM))
def file_protest(state: State, target: Target, payload: FileProtest, context: Context) -> Decision:
    existing(state)
    about = of_target(state, target)
    _check_entry(state, about, payload.entry)
    by_team = context.actor.role == TEAM
    handed_in = None if by_team else payload.handed_in_at_utc
    _check_window(state, about, min(handed_in or context.now, context.now))
    asks_fee = existing(state).divisions[about.division].ruleset.protest_fee
    is_paid = payload.fee_paid and not by_team
    notes = Notes(state)
    data = {
        "protest": str(uuid7()),
        **named(about),
        "division": about.division,
        "entry": payload.entry,
        "text": notes.take(payload.text),
        "by_team": by_team,
        "fee": (PAID if is_paid else DUE) if asks_fee else None,
        "handed_in_at_utc": handed_in.isoformat() if handed_in else None,
    }
    return Decision([Event("ProtestFiled", data)], notes.rows)


@command(RecordProtestFee, on="protest", roles=DESK)
def record_protest_fee(state: State, target: Target, payload: RecordProtestFee, context: Context) -> Decision:
    protest = _open(state, target)
    if protest.fee != DUE:
        raise Refusal("protest_fee_not_due", number=protest.number)
    return Decision([Event("ProtestFeePaid", {"protest": protest.id})])


@command(DecideProtest, on="protest", roles=("referee",), version_of=challenged_version)
def decide_protest(state: State, target: Target, payload: DecideProtest, context: Context) -> Decision:
    """The decision stands in the log before what it changes, so that it is no longer under this protest."""
    protest = _open(state, target)
    if protest.fee == DUE and payload.outcome != "taken_back":
        raise Refusal("protest_fee_due", number=protest.number)
    about, notes = of_protest(state, protest), Notes(state)
    data = {
        "protest": protest.id,
        **named(about),
        "outcome": payload.outcome,
        "effect": payload.effect,
        "reason": notes.take(payload.reason),
        "fee": _fee_after(protest, payload),
    }
    return Decision(
        [Event("ProtestDecided", data), *effect(state, about, protest, payload, notes)], notes.rows
    )


def _fee_after(protest: Protest, decision: DecideProtest) -> str | None:
    """An upheld protest's fee is returned, a rejected one's kept; one taken back unpaid owes nothing."""
    if protest.fee == PAID:
        return KEPT if decision.outcome == "rejected" else RETURNED
    return None


def _check_entry(state: State, about: Challenged, entry_id: str) -> None:
    """Whoever is in the same division may protest, once at a time about the same result."""
    entry = state[Entries].by_id.get(entry_id)
    if entry is None or entry.division != about.division:
        raise Refusal("entry_unknown", [Problem("entry_unknown", "entry")])
    if any(one.is_open and one.entry == entry_id for one in protests_about(state, about)):
        raise Refusal("protest_open_already", number=entry.number)


def _check_window(state: State, about: Challenged, at: datetime) -> None:
    end = closes_at(state, about)
    if end is not None and at > end:
        window_min = existing(state).divisions[about.division].ruleset.protest_window_min
        raise Refusal("protest_late", until=local_clock(state, end), window=f"{window_min:g}")


def _open(state: State, target: Target) -> Protest:
    existing(state)
    protest = state[Protests].by_id.get(target.id)
    if protest is None:
        raise Refusal("protest_unknown", protest=target.id)
    if not protest.is_open:
        raise Refusal("protest_decided", protest=protest.id)
    return protest
