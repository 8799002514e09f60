"""The command that puts an entry into another division, changed or as it is, while nothing was drawn for it yet."""

from __future__ import annotations

from ..competitions.commands import ORGANISER, existing
from ..entries.commands import change_moved, shown_entry
from ..entries.state import Entries, Entry
from ..entries.updating import identity
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.state import Matches
from ..runs.state import Runs
from ..schedule.state import Schedule
from .schemas import MoveEntry
from .state import Standings


@command(MoveEntry, on="entry", roles=ORGANISER)
def move_entry(state: State, target: Target, payload: MoveEntry, context: Context) -> Decision:
    """Whoever was drawn, or has results anywhere, is withdrawn or taken down and registered anew instead."""
    known = existing(state).divisions
    entry = shown_entry(state, target.id)
    if payload.division not in known:
        facts = {"division": payload.division, "known": ", ".join(known)}
        raise Refusal("division_unknown", [Problem("division_unknown", "division")], **facts)
    decision = Decision()
    if payload.division != entry.division:
        if is_drawn(state, entry) or entry.id in state[Entries].withdrawn:
            raise Refusal("entry_drawn", [Problem("entry_drawn", "division")], number=entry.number)
        if payload.change is None:
            _refuse_namesake(state, entry, payload.division)
        data = {"entry": entry.id, "left": entry.division, "division": payload.division}
        decision.events.append(Event("EntryMoved", data))
    if payload.change is not None:
        if payload.change.entry != entry.id:
            raise Refusal("entry_unknown", [Problem("entry_unknown", "change.entry")])
        change_moved(decision, state, payload.change, payload.division)
    return decision


def is_drawn(state: State, entry: Entry) -> bool:
    """Whether an entry is in a draw or ran, if only for practice, or its division's results are official."""
    drawn, contest = state[Schedule].start_lists.get(entry.division), state[Matches].contest(entry.division)
    return (
        (drawn is not None and entry.id in drawn.entries)
        or (contest is not None and entry.id in contest.entries)
        or any(run.entry == entry.id for run in state[Runs].by_id.values())
        or any(entry.id in match.entries for match in state[Matches].by_id.values())
        or entry.division in state[Standings].published
        or entry.id in state[Standings].lots(entry.division)
    )


def _refuse_namesake(state: State, entry: Entry, division: str) -> None:
    """One team of a school is once in a division. Raises Refusal."""
    own = state.cards[entry.card]
    wanted = identity(division, own["team"], own["organisation"])
    for other in state[Entries].of(division):
        card = state.cards.get(other.card)
        if card and identity(division, card["team"], card["organisation"]) == wanted:
            raise Refusal("entry_repeated", [Problem("entry_repeated", "division")], team=own["team"])
