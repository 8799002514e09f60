"""What is true of applications: what each wants, how it stands, and the terms they come in under."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from .schemas import SetApplicationTerms

Status = Literal["submitted", "returned", "waiting", "accepted", "withdrawn"]
CLOSED = SetApplicationTerms(is_open=False)


@dataclass(frozen=True, slots=True)
class Place:
    """One division an application wants: the id its entry will have, and the card that names the team."""

    entry: str
    division: str
    card: str
    card_digest: str


@dataclass(frozen=True, slots=True)
class Application:
    """``people`` are references ``{"id", "digest", "part"}``; ``note`` is the id of what it was returned with.

    ``version`` is the log entry that changed it last.
    """

    id: str
    number: int
    status: Status
    places: tuple[Place, ...]
    people: tuple[dict[str, str], ...]
    version: int
    note: str | None = None

    @property
    def card(self) -> str:
        return self.places[0].card


class Applications(Part):
    """Applications by id in the order they came in, and the terms."""

    def __init__(self) -> None:
        self.by_id: dict[str, Application] = {}
        self.terms = CLOSED

    @on("ApplicationTermsSet")
    def _terms_set(self, state: State, entry: Entry) -> None:
        self.terms = SetApplicationTerms.model_validate(entry.data)

    @on("ApplicationSubmitted")
    def _submitted(self, state: State, entry: Entry) -> None:
        data = entry.data
        self.by_id[data["application"]] = Application(
            data["application"],
            len(self.by_id) + 1,
            data["status"],
            _places(data["wanted"]),
            tuple(data["people"]),
            entry.seq,
        )

    @on("ApplicationChanged")
    def _changed(self, state: State, entry: Entry) -> None:
        data = entry.data
        for place in self.by_id[data["application"]].places:
            state.cards.pop(place.card, None)
        self._set(
            state,
            entry,
            status=data["status"],
            places=_places(data["wanted"]),
            people=tuple(data["people"]),
            note=None,
        )

    @on("ApplicationAccepted")
    def _accepted(self, state: State, entry: Entry) -> None:
        self._set(state, entry, status="accepted", note=None)

    @on("ApplicationReturned")
    def _returned(self, state: State, entry: Entry) -> None:
        self._set(state, entry, status="returned", note=entry.data["note"]["id"])

    @on("ApplicationPutOnWaitingList")
    def _waiting(self, state: State, entry: Entry) -> None:
        self._set(state, entry, status="waiting")

    @on("ApplicationWithdrawn")
    def _withdrawn(self, state: State, entry: Entry) -> None:
        for place in self.by_id[entry.data["application"]].places:
            state.cards.pop(place.card, None)
        self._set(state, entry, status="withdrawn", people=())

    @on("PeopleErased")
    def _people_erased(self, state: State, entry: Entry) -> None:
        gone = set(entry.data["people"])
        for id_, application in self.by_id.items():
            if any(person["id"] in gone for person in application.people):
                left = tuple(person for person in application.people if person["id"] not in gone)
                self.by_id[id_] = replace(application, people=left, version=entry.seq)

    @on("EntryTakenDown")
    def _entry_taken_down(self, state: State, entry: Entry) -> None:
        self._people_erased(state, entry)

    def _set(self, state: State, entry: Entry, **what: Any) -> None:
        id_ = entry.data["application"]
        self.by_id[id_] = replace(self.by_id[id_], version=entry.seq, **what)
        state.remember(f"{state.chain}/application/{id_}", entry)


def _places(wanted: list[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(
        Place(one["entry"], one["division"], one["card"]["id"], one["card"]["digest"]) for one in wanted
    )
