"""What is true of people, without their names: who is known, in which entries, and what was consented to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was consented to, on which version of the text; ``revoked`` when it was taken back."""

    version: str
    results: bool
    photo: bool
    contact: bool
    revoked: bool = False


@dataclass(slots=True)
class Known:
    """A person who was not erased: the parts played in entries, and the newest consent."""

    id: str
    parts: dict[str, str] = field(default_factory=dict)
    ticks: Ticks | None = None


class People(Part):
    """Everybody of a competition by id, and the day after which they are to be erased."""

    def __init__(self) -> None:
        self.by_id: dict[str, Known] = {}
        self.retained_until: date | None = None

    def of_entry(self, entry: str) -> list[Known]:
        return [person for person in self.by_id.values() if entry in person.parts]

    def only_in(self, entry: str) -> list[str]:
        """The ids of those who are in this entry and in no other."""
        return [person.id for person in self.by_id.values() if set(person.parts) == {entry}]

    @on("EntryRegistered")
    def _registered(self, state: State, entry: Entry) -> None:
        self._take_in(entry.data["entry"], entry.data["people"])

    @on("EntryChanged")
    def _changed(self, state: State, entry: Entry) -> None:
        self._take_in(entry.data["entry"], entry.data["people"])
        self._leave(entry.data["entry"], entry.data["gone"])

    @on("ApplicationSubmitted")
    def _applied(self, state: State, entry: Entry) -> None:
        for place in entry.data["wanted"]:
            self._take_in(place["entry"], entry.data["people"])

    @on("ApplicationChanged")
    def _application_changed(self, state: State, entry: Entry) -> None:
        self._applied(state, entry)
        self._erased_of(entry.data["gone"])
        for place in entry.data["dropped"]:
            self._leave(place, list(self.by_id))

    @on("EntryTakenDown")
    def _taken_down(self, state: State, entry: Entry) -> None:
        self._leave(entry.data["entry"], list(self.by_id))

    @on("PeopleErased")
    def _erased(self, state: State, entry: Entry) -> None:
        self._erased_of(entry.data["people"])

    @on("ConsentGiven")
    def _consented(self, state: State, entry: Entry) -> None:
        told = entry.data
        self.by_id[told["person"]].ticks = Ticks(
            told["version"], told["results"], told["photo"], told["contact"]
        )

    @on("ConsentRevoked")
    def _consent_revoked(self, state: State, entry: Entry) -> None:
        person = self.by_id[entry.data["person"]]
        if person.ticks:
            person.ticks = replace(person.ticks, results=False, photo=False, contact=False, revoked=True)

    @on("RetentionSet")
    def _retention_set(self, state: State, entry: Entry) -> None:
        self.retained_until = date.fromisoformat(entry.data["until"])

    def _take_in(self, entry: str, references: Iterable[Mapping[str, str]]) -> None:
        for reference in references:
            person = self.by_id.setdefault(reference["id"], Known(reference["id"]))
            person.parts[entry] = reference["part"]

    def _erased_of(self, people: Iterable[str]) -> None:
        for person in people:
            self.by_id.pop(person, None)

    def _leave(self, entry: str, people: Iterable[str]) -> None:
        """They belong to the entry no longer; whoever belongs to none is nobody's any more."""
        for id_ in people:
            person = self.by_id.get(id_)
            if person and person.parts.pop(entry, None) and not person.parts:
                del self.by_id[id_]
