"""What is true of notices to the hall: emergency, announcements, cards of the wall, delays of fields, who is called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..matches.state import Matches
from ..runs.state import Runs


class Notices(Part):
    """The emergency over every screen, or None; announcements, of which some may be over; cards in order; minutes by
    field; runs and matches called, and when.
    """

    def __init__(self) -> None:
        self.emergency: dict[str, Any] | None = None
        self.announcements: list[dict[str, Any]] = []
        self.cards: list[dict[str, Any]] = []
        self.delays_min: dict[str, int] = {}
        self.called_at_utc: dict[str, str] = {}

    def current(self, now: datetime) -> list[dict[str, Any]]:
        """The announcements whose time is not over."""
        return [one for one in self.announcements if now < datetime.fromisoformat(one["until_utc"])]

    @on("CompetitionCreated")
    def _created(self, state: State, entry: Entry) -> None:
        state.touch(f"{state.chain}/notices")

    @on("EmergencyRaised")
    def _raised(self, state: State, entry: Entry) -> None:
        self.emergency = entry.data | {"since_utc": entry.at_utc}
        state.touch(f"{state.chain}/notices")

    @on("EmergencyLifted")
    def _lifted(self, state: State, entry: Entry) -> None:
        self.emergency = None
        state.touch(f"{state.chain}/notices")

    @on("Announced")
    def _announced(self, state: State, entry: Entry) -> None:
        still = self.current(datetime.fromisoformat(entry.at_utc))
        self.announcements = [*still, entry.data | {"since_utc": entry.at_utc}]
        state.touch(f"{state.chain}/notices")

    @on("AnnouncementEnded")
    def _announcement_ended(self, state: State, entry: Entry) -> None:
        self.announcements = [one for one in self.announcements if one["id"] != entry.data["id"]]
        state.touch(f"{state.chain}/notices")

    @on("WallSet")
    def _wall_set(self, state: State, entry: Entry) -> None:
        self.cards = entry.data["cards"]
        state.touch(f"{state.chain}/notices")

    @on("DelaySet")
    def _delay_set(self, state: State, entry: Entry) -> None:
        self.delays_min[entry.data["field"]] = entry.data["minutes"]
        state.touch(f"{state.chain}/schedule")

    @on("RunCalled")
    def _called(self, state: State, entry: Entry) -> None:
        self.called_at_utc[entry.data["run"]] = entry.at_utc
        self._touch(state, entry)

    @on("MatchCalled")
    def _match_called(self, state: State, entry: Entry) -> None:
        self.called_at_utc[entry.data["match"]] = entry.at_utc
        place = f"{state.chain}/field/{state[Matches].by_id[entry.data['match']].field}"
        state.touch(place, f"{place}/queue", f"{place}/judging", f"{state.chain}/schedule")

    @on("MatchOpened")
    def _match_opened(self, state: State, entry: Entry) -> None:
        self.called_at_utc.pop(entry.data["match"], None)

    @on("RunOpened")
    def _opened(self, state: State, entry: Entry) -> None:
        """Who came is no longer called."""
        self.called_at_utc.pop(entry.data["run"], None)

    @on("ScoreEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self.called_at_utc.pop(entry.data["run"], None)

    def _touch(self, state: State, entry: Entry) -> None:
        place = f"{state.chain}/field/{state[Runs].by_id[entry.data['run']].field}"
        state.touch(place, f"{place}/queue", f"{place}/judging", f"{state.chain}/schedule")
