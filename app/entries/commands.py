"""Commands that bring entries in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import orjson
from sqlalchemy import delete
from uuid_utils import uuid7

from ..competitions.commands import ORGANISER, existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..eventlog.models import Note
from ..registry.commands import erasing
from ..registry.models import Person
from ..registry.regions import regions
from ..registry.state import People
from .models import EntryCard, EntryPerson
from .schemas import EntryRow, ImportEntries, SetEmblem, SetSpokenWords, TakeDownEntry
from .state import Entries, Entry


@command(ImportEntries, on="competition", roles=ORGANISER)
def import_entries(state: State, target: Target, payload: ImportEntries, context: Context) -> Decision:
    problems = row_problems(state, payload.rows)
    if problems:
        raise Refusal("rows_invalid", problems, count=len(problems))
    decision = Decision()
    first = state[Entries].next_number
    for number, row in enumerate(payload.rows, first):
        _register(decision, state.chain, number, row)
    return decision


@command(TakeDownEntry, on="competition", roles=ORGANISER)
def take_down_entry(state: State, target: Target, payload: TakeDownEntry, context: Context) -> Decision:
    entry = _shown_entry(state, payload.entry)
    people = state[People].only_in(entry.id)
    gone = [
        delete(EntryCard).where(EntryCard.id == entry.card),
        delete(EntryPerson).where(EntryPerson.entry_id == entry.id),
        delete(Note).where(Note.id == state[Entries].spoken.get(entry.id, "")),
        *erasing(people),
    ]
    return Decision([Event("EntryTakenDown", {"entry": entry.id, "people": people})], [], gone)


@command(SetEmblem, on="competition", roles=ORGANISER)
def set_emblem(state: State, target: Target, payload: SetEmblem, context: Context) -> Decision:
    entry = _shown_entry(state, payload.entry)
    return Decision([Event("EmblemSet", {"entry": entry.id, "picture": payload.picture})])


@command(SetSpokenWords, on="competition", roles=ORGANISER)
def set_spoken_words(state: State, target: Target, payload: SetSpokenWords, context: Context) -> Decision:
    """The words are sealed beside the log: they may name people, and go when the team is taken down."""
    entry = _shown_entry(state, payload.entry)
    words = orjson.dumps({"pronunciation": payload.pronunciation, "note": payload.note}).decode()
    note = Note.seal(str(uuid7()), state.chain, words)
    event = Event("SpokenWordsSet", {"entry": entry.id, "note": {"id": note.id, "digest": note.digest}})
    earlier = delete(Note).where(Note.id == state[Entries].spoken.get(entry.id, ""))
    return Decision([event], [note], [earlier])


def _shown_entry(state: State, entry_id: str) -> Entry:
    """An entry that was not taken down. Raises Refusal."""
    entry = state[Entries].by_id.get(entry_id)
    if entry is None or entry.id in state[Entries].taken_down:
        raise Refusal("entry_unknown")
    return entry


def row_problems(state: State, rows: Iterable[EntryRow]) -> list[Problem]:
    """Everything wrong with rows that are well formed: unknown divisions and regions, teams that repeat.

    ``row`` counts from 1 in the order given.
    """
    setup = existing(state)
    taken = {
        _identity(e.division, **_named(state.cards.get(e.card, {}))) for e in state[Entries].by_id.values()
    }
    problems = []
    for number, row in enumerate(rows, 1):
        if row.division not in setup.divisions:
            known = ", ".join(setup.divisions)
            problems.append(
                Problem("division_unknown", "division", number, {"division": row.division, "known": known})
            )
        if row.region is not None and row.region not in regions():
            problems.append(Problem("region_unknown", "region", number, {"region": row.region}))
        identity = _identity(row.division, row.team, row.organisation)
        if identity in taken:
            problems.append(Problem("entry_repeated", "team", number, {"team": row.team}))
        taken.add(identity)
    return problems


def _register(decision: Decision, chain: str, number: int, row: EntryRow) -> None:
    entry_id = str(uuid7())
    card = EntryCard.seal(str(uuid7()), chain, row.team, row.organisation, row.region)
    people = [(name, "member") for name in row.members]
    if row.coach:
        people.insert(0, (row.coach, "coach"))
    references = []
    decision.rows.append(card)
    for name, part in people:
        person = Person.seal(str(uuid7()), chain, name, None)
        decision.rows += [person, EntryPerson(entry_id=entry_id, person_id=person.id, part=part)]
        references.append({"id": person.id, "digest": person.digest, "part": part})
    data = {
        "entry": entry_id,
        "number": number,
        "division": row.division,
        "card": {"id": card.id, "digest": card.digest},
        "people": references,
    }
    decision.events.append(Event("EntryRegistered", data))


def _named(card: dict[str, str]) -> dict[str, str]:
    return {"team": card.get("team", ""), "organisation": card.get("organisation", "")}


def _identity(division: str, team: str, organisation: str) -> tuple[str, str, str]:
    """What makes two rows the same entry: division, and team and organisation but for case and spacing."""
    return division, _plain(team), _plain(organisation)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
