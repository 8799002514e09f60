"""Commands that erase: a team taken down, people forgotten, and with them what was written about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Executable, delete

from ..competitions.commands import ORGANISER
from ..entries.commands import shown_entry
from ..entries.models import EntryCard, EntryPerson
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..eventlog.models import Note
from ..registry.commands import AT_A_TIME, erasing
from ..registry.state import People
from ..runs.models import SheetText
from .schemas import ErasePeople, TakeDownEntry
from .state import Written


@command(TakeDownEntry, on="competition", roles=ORGANISER)
def take_down_entry(state: State, target: Target, payload: TakeDownEntry, context: Context) -> Decision:
    entry = shown_entry(state, payload.entry)
    people = state[People].only_in(entry.id)
    gone = [
        delete(EntryCard).where(EntryCard.id == entry.card),
        delete(EntryPerson).where(EntryPerson.entry_id == entry.id),
        *_forgetting(state, [entry.id]),
        *erasing(people),
    ]
    return Decision([Event("EntryTakenDown", {"entry": entry.id, "people": people})], [], gone)


@command(ErasePeople, on="competition", roles=ORGANISER)
def erase_people(state: State, target: Target, payload: ErasePeople, context: Context) -> Decision:
    """Whose words a note is about nobody knows: it goes with the last person of its entry, or when all are over."""
    known, people = state[People], list(payload.people)
    if any(person not in known.by_id for person in people):
        raise Refusal("person_unknown")
    is_over = known.retained_until is not None and known.retained_until < context.now.date()
    everything = is_over and set(people) >= known.by_id.keys()
    entries = [] if everything else list(_left_by_all(known, set(people)))
    told = {"people": people, "entries": entries, "everything": everything}
    gone = _forgetting_all(state) if everything else _forgetting(state, entries)
    return Decision([Event("PeopleErased", told)], [], [*gone, *erasing(people)])


def _left_by_all(known: People, people: set[str]) -> Iterator[str]:
    """The entries of which nobody is left once these people are gone."""
    theirs = {entry for person in people for entry in known.by_id[person].parts}
    staying = {entry for person in known.by_id.values() if person.id not in people for entry in person.parts}
    return iter(sorted(theirs - staying))


def _forgetting(state: State, entries: Sequence[str]) -> list[Executable]:
    """The statements that erase what was written about entries."""
    about = state[Written].about
    rows = sorted({row for entry in entries for row in about.get(entry, ())})
    return [
        delete(kind).where(kind.id.in_(rows[at : at + AT_A_TIME]))
        for kind in (Note, SheetText)
        for at in range(0, len(rows), AT_A_TIME)
    ]


def _forgetting_all(state: State) -> Iterable[Executable]:
    return [delete(kind).where(kind.chain == state.chain) for kind in (Note, SheetText)]
