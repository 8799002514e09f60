"""Rules of the model: restarts, power cuts, lost tablets, and a server that comes back from its second place."""

from __future__ import annotations

import os
import shutil

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.backup.frames import to_frame
from app.backup.place import Place
from app.backup.restoring import restore
from app.settings import Settings
from app.writer import Batch, NotStored
from tests.app.backup.test_restore import frames

from .machine import SENDS_BETWEEN_STARTS, WHO, Hall

REFEREE = 3
JUDGES = st.integers(0, REFEREE - 1)


class Losing(Hall):
    """Nothing of this is ever told to the tablets: they find out."""

    @precondition(lambda self: self.sends >= SENDS_BETWEEN_STARTS)
    @rule()
    def restart(self) -> None:
        self.steps["restart"] += 1
        self.close()
        self.open()

    @precondition(lambda self: self.sends >= SENDS_BETWEEN_STARTS)
    @rule(who=WHO, stored=st.booleans())
    def lose_power(self, who: int, stored: bool) -> None:
        """The server dies in the middle of a commit, just before or just after it is on the disk."""
        writer = self.app.extensions["pipeline"]._writer
        store = writer.store

        def dying(batch: Batch) -> None:
            if stored:
                store(batch)
            raise NotStored("no power")

        writer.store = dying
        self.send_from(self.tablets[who], "arrives")
        self.steps["power"] += 1
        self.close()
        self.open()

    @precondition(lambda self: self.sends >= SENDS_BETWEEN_STARTS)
    @rule(lost=st.integers(0, 6))
    def lose_the_disk(self, lost: int) -> None:
        """All comes back from the second place but the last few commits, in a new epoch; no connection outlives it."""
        self.steps["restored"] += 1
        self.restored += 1
        self.close()
        self.on_the_way.clear()
        self._cut_off(lost)
        shutil.rmtree(self.folder)
        told = restore(self.stick, Settings(data=self.folder))
        assert told["ok"]
        self.open()
        assert self.epoch == told["epoch"]

    @rule(who=JUDGES)
    def hand_in(self, who: int) -> None:
        """A judge's tablet is lost: the referee's takes over what it has not sent. It may be found again."""
        self.steps["lost tablet"] += 1
        self.tablets[REFEREE].take_over(self.tablets[who])

    def _cut_off(self, lost: int) -> None:
        """Take the last commits off the newest stream: they were on their way when the disk died."""
        place = Place(self.stick)
        newest = place.newest_number()
        kept = frames(place, newest)
        self.steps["commits lost"] += min(lost, len(kept))
        size = sum(len(to_frame(commit)) for commit in kept[: max(0, len(kept) - lost)])
        if place.stream(newest).exists():
            os.truncate(place.stream(newest), size)
