"""What is true of entries: who competes in which division, under which number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..eventlog.chain import Entry as LogEntry
from ..eventlog.fold import Part, State, on

SHOWN_OF_CARD = ("team", "organisation", "region")
"""What everyone may see of what a team said of itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One team's robot or project in one division; names are on its card."""

    id: str
    number: int
    division: str
    card: str


class Entries(Part):
    """Entries by id, in the order of their numbers; ``taken_down`` are those whose names were erased.

    ``withdrawn`` were taken out in mid-competition, and keep what they had. For those in ``applied`` an application
    speaks, accepted or not.

    By entry: the digest of its emblem, and the note of what the announcer should know. ``headings`` are those of
    lists, in plain letters, with the column each was said to be. ``forgotten`` are emblems of teams taken down.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Entry] = {}
        self.taken_down: set[str] = set()
        self.withdrawn: set[str] = set()
        self.applied: set[str] = set()
        self.emblems: dict[str, str] = {}
        self.spoken: dict[str, str] = {}
        self.forgotten: set[str] = set()
        self.headings: dict[str, str] = {}

    def of(self, division: str) -> list[Entry]:
        return [entry for entry in self.by_id.values() if entry.division == division]

    @property
    def taking_part(self) -> list[Entry]:
        """Those that hold a place: neither withdrawn nor taken down."""
        gone = self.withdrawn | self.taken_down
        return [entry for entry in self.by_id.values() if entry.id not in gone]

    def to_draw(self, division: str) -> list[str]:
        """The ids of those that take part in a division: whom a draw is made of."""
        return [entry.id for entry in self.taking_part if entry.division == division]

    @property
    def next_number(self) -> int:
        return len(self.by_id) + 1

    @on("EntryRegistered")
    def _registered(self, state: State, log_entry: LogEntry) -> None:
        data = log_entry.data
        self.by_id[data["entry"]] = Entry(data["entry"], data["number"], data["division"], data["card"]["id"])
        state.touch(f"{state.chain}/schedule", f"{state.chain}/division/{data['division']}/standings")

    @on("ApplicationSubmitted")
    def _applied_for(self, state: State, log_entry: LogEntry) -> None:
        self.applied.update(one["entry"] for one in log_entry.data["wanted"])

    @on("ApplicationChanged")
    def _application_changed(self, state: State, log_entry: LogEntry) -> None:
        self._applied_for(state, log_entry)

    @on("EntryChanged")
    def _changed(self, state: State, log_entry: LogEntry) -> None:
        entry = self.by_id[log_entry.data["entry"]]
        self.by_id[entry.id] = replace(entry, card=log_entry.data["card"]["id"])
        _show_anew(state, entry.card)

    @on("EntryMoved")
    def _moved(self, state: State, log_entry: LogEntry) -> None:
        entry = self.by_id[log_entry.data["entry"]]
        self.by_id[entry.id] = replace(entry, division=log_entry.data["division"])
        state.touch(f"{state.chain}/schedule")

    @on("EntryTakenDown")
    def _taken_down(self, state: State, log_entry: LogEntry) -> None:
        entry = self.by_id[log_entry.data["entry"]]
        self.taken_down.add(entry.id)
        self.forgotten.update([emblem] if (emblem := self.emblems.pop(entry.id, None)) else [])
        self.spoken.pop(entry.id, None)
        _show_anew(state, entry.card)

    @on("EntryWithdrawn")
    def _withdrawn(self, state: State, log_entry: LogEntry) -> None:
        self.withdrawn.add(log_entry.data["entry"])

    @on("EntryReinstated")
    def _reinstated(self, state: State, log_entry: LogEntry) -> None:
        self.withdrawn.discard(log_entry.data["entry"])

    @on("EmblemSet")
    def _emblem_set(self, state: State, log_entry: LogEntry) -> None:
        entry, picture = log_entry.data["entry"], log_entry.data["picture"]
        if picture is None:
            self.emblems.pop(entry, None)
        else:
            self.emblems[entry] = picture
        state.touch(*state.topics)

    @on("SpokenWordsSet")
    def _spoken_words_set(self, state: State, log_entry: LogEntry) -> None:
        self.spoken[log_entry.data["entry"]] = log_entry.data["note"]["id"]

    @on("HeadingsRemembered")
    def _headings_remembered(self, state: State, log_entry: LogEntry) -> None:
        self.headings |= log_entry.data["headings"]


def _show_anew(state: State, gone_card: str) -> None:
    """Whatever is shown may name the team: every topic there is comes anew, without the card that is gone."""
    state.cards.pop(gone_card, None)
    state.touch(*state.topics)


def public_entry(state: State, entry_id: str) -> dict[str, Any]:
    """An entry as everyone may see it; an erased card leaves the number."""
    entry = state[Entries].by_id[entry_id]
    card = state.cards.get(entry.card, {"team": f"№ {entry.number}", "organisation": "", "region": None})
    emblem = state[Entries].emblems.get(entry_id)
    shown = {name: card[name] for name in SHOWN_OF_CARD}
    return {"id": entry.id, "number": entry.number, "emblem": emblem, **shown}
