"""Commands that bring entries in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import orjson
from sqlalchemy import delete, update
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
from .schemas import EntryChange, EntryRow, ImportEntries, SetEmblem, SetSpokenWords
from .state import Entries, Entry
from .updating import identity


@command(ImportEntries, on="competition", roles=ORGANISER)
def import_entries(state: State, target: Target, payload: ImportEntries, context: Context) -> Decision:
    if not payload.rows and not payload.changes:
        raise Refusal("payload_invalid", [Problem("field_missing", "rows")])
    problems = row_problems(state, payload.rows, payload.changes)
    if problems:
        raise Refusal("rows_invalid", problems, count=len(problems))
    decision = Decision()
    first = state[Entries].next_number
    for number, row in enumerate(payload.rows, first):
        _register(decision, state.chain, number, row)
    for change in payload.changes:
        _change(decision, state, change)
    if payload.headings:
        decision.events.append(Event("HeadingsRemembered", {"headings": payload.headings}))
    return decision


@command(SetEmblem, on="competition", roles=ORGANISER)
def set_emblem(state: State, target: Target, payload: SetEmblem, context: Context) -> Decision:
    entry = shown_entry(state, payload.entry)
    return Decision([Event("EmblemSet", {"entry": entry.id, "picture": payload.picture})])


@command(SetSpokenWords, on="competition", roles=ORGANISER)
def set_spoken_words(state: State, target: Target, payload: SetSpokenWords, context: Context) -> Decision:
    """The words are sealed beside the log: they may name people, and go when the team is taken down."""
    entry = shown_entry(state, payload.entry)
    words = orjson.dumps({"pronunciation": payload.pronunciation, "note": payload.note}).decode()
    note = Note.seal(str(uuid7()), state.chain, words)
    event = Event("SpokenWordsSet", {"entry": entry.id, "note": {"id": note.id, "digest": note.digest}})
    earlier = delete(Note).where(Note.id == state[Entries].spoken.get(entry.id, ""))
    return Decision([event], [note], [earlier])


def shown_entry(state: State, entry_id: str) -> Entry:
    """An entry that was not taken down. Raises Refusal."""
    entry = state[Entries].by_id.get(entry_id)
    if entry is None or entry.id in state[Entries].taken_down:
        raise Refusal("entry_unknown")
    return entry


def change_moved(decision: Decision, state: State, change: EntryChange, division: str) -> None:
    """Change an entry that the same decision puts into ``division``. Raises Refusal where it cannot be so there."""
    problems = row_problems(state, (), [change], {change.entry: division})
    if problems:
        raise Refusal("rows_invalid", problems, count=len(problems))
    _change(decision, state, change)


def row_problems(
    state: State,
    rows: Iterable[EntryRow],
    changes: Sequence[EntryChange] = (),
    moved: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Everything wrong with rows that are well formed: unknown divisions and regions, teams that repeat.

    ``row`` counts from 1 in the order given, rows first, then changes. ``moved`` are divisions by entry, of those
    that change theirs.
    """
    setup, known = existing(state), state[Entries].by_id
    changed = {change.entry for change in changes}
    taken = {
        identity(one.division, **_named(state.cards.get(one.card, {})))
        for one in known.values()
        if one.id not in changed
    }
    problems: list[Problem] = []
    rows = list(rows)
    for number, row in enumerate(rows, 1):
        if row.division not in setup.divisions:
            facts = {"division": row.division, "known": ", ".join(setup.divisions)}
            problems.append(Problem("division_unknown", "division", number, facts))
        problems += _team_problems(row, row.division, number, taken)
    for number, change in enumerate(changes, len(rows) + 1):
        if change.entry not in known or change.entry in state[Entries].taken_down:
            problems.append(Problem("entry_unknown", "entry", number))
            continue
        if change.entry in state[Entries].applied:
            told = {"number": known[change.entry].number}
            problems.append(Problem("entry_of_application", "entry", number, told))
            continue
        if change.card is not None and change.card != known[change.entry].card:
            problems.append(Problem("entry_changed_meanwhile", "entry", number))
            continue
        division = (moved or {}).get(change.entry, known[change.entry].division)
        problems += _team_problems(change, division, number, taken)
        mine = {person.id for person in state[People].of_entry(change.entry)}
        stay = set(change.kept)
        if not (mine >= stay and stay.issuperset(one.id for one in change.revised)):
            problems.append(Problem("person_unknown", "kept", number))
    if len(changed) != len(changes):
        problems.append(Problem("entry_repeated", "entry", None, {"team": ""}))
    return problems


def _team_problems(
    row: EntryRow | EntryChange, division: str, number: int, taken: set[tuple[str, str, str]]
) -> list[Problem]:
    problems = []
    if row.region is not None and row.region not in regions():
        problems.append(Problem("region_unknown", "region", number, {"region": row.region}))
    own = identity(division, row.team, row.organisation)
    if own in taken:
        problems.append(Problem("entry_repeated", "team", number, {"team": row.team}))
    taken.add(own)
    return problems


def _register(decision: Decision, chain: str, number: int, row: EntryRow) -> None:
    entry_id = str(uuid7())
    details = row.details.model_dump()
    card = EntryCard.seal(str(uuid7()), chain, row.team, row.organisation, row.region, **details)
    decision.rows.append(card)
    data = {
        "entry": entry_id,
        "number": number,
        "division": row.division,
        "card": {"id": card.id, "digest": card.digest},
        "people": _coming(decision, chain, entry_id, row),
    }
    decision.events.append(Event("EntryRegistered", data))


def _change(decision: Decision, state: State, change: EntryChange) -> None:
    """A new card takes the place of the old one; who is not kept leaves, and is erased if in no other entry."""
    entry = state[Entries].by_id[change.entry]
    card = EntryCard.seal(
        str(uuid7()),
        state.chain,
        change.team,
        change.organisation,
        change.region,
        **change.details.model_dump(),
    )
    decision.rows.append(card)
    people = state[People]
    gone = [person.id for person in people.of_entry(entry.id) if person.id not in change.kept]
    alone = set(people.only_in(entry.id))
    decision.statements.append(delete(EntryCard).where(EntryCard.id == entry.card))
    if gone:
        left = (EntryPerson.entry_id == entry.id) & EntryPerson.person_id.in_(gone)
        decision.statements.append(delete(EntryPerson).where(left))
        decision.statements += erasing(person for person in gone if person in alone)
    data = {
        "entry": entry.id,
        "card": {"id": card.id, "digest": card.digest},
        "people": _coming(decision, state.chain, entry.id, change) + _revised(decision, state, change),
        "gone": gone,
    }
    decision.events.append(Event("EntryChanged", data))


def _coming(
    decision: Decision, chain: str, entry_id: str, row: EntryRow | EntryChange
) -> list[dict[str, str]]:
    """Seal the people a row names into the decision; what the event says of them."""
    references = []
    for part, one, contact in row.people():
        person = Person.seal(str(uuid7()), chain, **one.model_dump(), contact=contact)
        decision.rows += [person, EntryPerson(entry_id=entry_id, person_id=person.id, part=part)]
        references.append({"id": person.id, "digest": person.digest, "part": part})
    return references


def _revised(decision: Decision, state: State, change: EntryChange) -> list[dict[str, str]]:
    """Seal what is now known of people who stay, under the ids they have; what the event says of them."""
    references = []
    known = {person.id: person.parts[change.entry] for person in state[People].of_entry(change.entry)}
    for one in change.revised:
        person = Person.seal(one.id, state.chain, **one.model_dump(exclude={"id"}))
        columns = {column.name: getattr(person, column.name) for column in Person.__table__.columns}
        decision.statements.append(update(Person).where(Person.id == one.id).values(columns))
        references.append({"id": one.id, "digest": person.digest, "part": known[one.id]})
    return references


def _named(card: dict[str, str]) -> dict[str, str]:
    return {"team": card.get("team", ""), "organisation": card.get("organisation", "")}
