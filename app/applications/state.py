"""What is true of applications: what each wants, how it stands, and the terms they come in under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from ..entries.state import Entries
from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from .schemas import DocumentKind, SetApplicationTerms

Status = Literal["submitted", "returned", "waiting", "accepted", "withdrawn"]
DOCUMENT_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
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


@dataclass(frozen=True, slots=True)
class Document:
    """Something attached to an application; ``pages`` are digests of pictures that lie outside the log.

    ``may_be_of_who_left``: a scanned consent since which somebody left the application, perhaps the one it names.
    """

    id: str
    application: str
    kind: DocumentKind
    pages: tuple[str, ...]
    bytes: int
    may_be_of_who_left: bool = False


class Applications(Part):
    """Applications by id in the order they came in, and the terms, set by the log entry ``terms_version`` (0: never).

    ``documents`` are by id, oldest first, and another mapping after each change.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Application] = {}
        self.terms = CLOSED
        self.terms_version = 0
        self.documents: Mapping[str, Document] = {}

    def documents_of(self, application: str) -> list[Document]:
        return [one for one in self.documents.values() if one.application == application]

    @on("ApplicationTermsSet")
    def _terms_set(self, state: State, entry: Entry) -> None:
        self.terms = SetApplicationTerms.model_validate(entry.data)
        self.terms_version = entry.seq
        state.remember(state.chain, entry)

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
        if data.get("gone"):
            self._doubt_consents(data["application"])

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
        self._forget_documents(entry.data["application"])

    @on("DocumentAttached")
    def _attached(self, state: State, entry: Entry) -> None:
        told = entry.data
        document = Document(
            told["document"], told["application"], told["kind"], tuple(told["pages"]), told["bytes"]
        )
        self.documents = {**self.documents, document.id: document}

    @on("DocumentRemoved")
    def _removed(self, state: State, entry: Entry) -> None:
        self.documents = {id_: one for id_, one in self.documents.items() if id_ != entry.data["document"]}

    @on("DocumentKept")
    def _kept(self, state: State, entry: Entry) -> None:
        kept = entry.data["document"]
        looked_at = replace(self.documents[kept], may_be_of_who_left=False)
        self.documents = {**self.documents, kept: looked_at}

    @on("EntryMoved")
    def _entry_moved(self, state: State, entry: Entry) -> None:
        moved, division = entry.data["entry"], entry.data["division"]
        for id_, application in self.by_id.items():
            if any(place.entry == moved for place in application.places):
                places = tuple(
                    replace(place, division=division) if place.entry == moved else place
                    for place in application.places
                )
                self.by_id[id_] = replace(application, places=places, version=entry.seq)
                state.remember(f"{state.chain}/application/{id_}", entry)

    @on("PeopleErased")
    def _people_erased(self, state: State, entry: Entry) -> None:
        gone = set(entry.data["people"])
        for id_, application in self.by_id.items():
            if any(person["id"] in gone for person in application.people):
                left = tuple(person for person in application.people if person["id"] not in gone)
                self.by_id[id_] = replace(application, people=left, version=entry.seq)
                self._forget_documents(id_, ("consent",) if left else DOCUMENT_KINDS)

    @on("EntryTakenDown")
    def _entry_taken_down(self, state: State, entry: Entry) -> None:
        self._people_erased(state, entry)
        shown = state[Entries].by_id.keys() - state[Entries].taken_down
        for id_, application in list(self.by_id.items()):
            entries = {place.entry for place in application.places}
            if entry.data["entry"] in entries and not entries & shown:
                self._forget_documents(id_)
            elif entry.data["entry"] in entries:
                self._give_up(state, entry, application)

    def _give_up(self, state: State, entry: Entry, application: Application) -> None:
        """A place that was taken down is no more the coach's to change: that would give it a name again."""
        left = tuple(place for place in application.places if place.entry != entry.data["entry"])
        self.by_id[application.id] = replace(application, places=left, version=entry.seq)
        state.remember(f"{state.chain}/application/{application.id}", entry)

    def _forget_documents(self, application: str, kinds: Sequence[DocumentKind] = DOCUMENT_KINDS) -> None:
        """Of a person who is erased no consent may stay; which of the others name them, nobody here can tell."""
        gone = {one.id for one in self.documents_of(application) if one.kind in kinds}
        if gone:
            self.documents = {id_: one for id_, one in self.documents.items() if id_ not in gone}

    def _doubt_consents(self, application: str) -> None:
        """Whose consent a scan is, nobody here can tell: those of who stays would go with that of who left."""
        consents = {one.id for one in self.documents_of(application) if one.kind == "consent"}
        self.documents = {
            id_: replace(one, may_be_of_who_left=True) if id_ in consents else one
            for id_, one in self.documents.items()
        }

    def _set(self, state: State, entry: Entry, **what: Any) -> None:
        id_ = entry.data["application"]
        self.by_id[id_] = replace(self.by_id[id_], version=entry.seq, **what)
        state.remember(f"{state.chain}/application/{id_}", entry)


def _places(wanted: list[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(
        Place(one["entry"], one["division"], one["card"]["id"], one["card"]["digest"]) for one in wanted
    )
