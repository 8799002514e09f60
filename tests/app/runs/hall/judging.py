"""Rules of the model: what judges make on their tablets, of runs and of matches, whatever their tablets have seen."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import rule

from .entered import KINDS, Shape
from .machine import WHO, Hall
from .tablet import Tablet

AT = st.integers(0, 3)
CHOICE = st.integers(0, 3)
FIELD = st.sampled_from("AB")
KIND = st.integers(0, 1)
Act = Callable[[Tablet, str, Shape], object]


class Judging(Hall):
    """Each rule keeps one command in a tablet's outbox; sending is another matter."""

    @rule(who=WHO, on=FIELD, kind=KIND, at=AT, choice=CHOICE)
    def enter(self, who: int, on: str, kind: int, at: int, choice: int) -> None:
        self._about(who, on, kind, at, lambda tablet, field, one: tablet.enter(field, one, choice))

    @rule(who=WHO, on=FIELD, kind=KIND, at=AT, choice=CHOICE)
    def correct(self, who: int, on: str, kind: int, at: int, choice: int) -> None:
        self._about(who, on, kind, at, lambda tablet, field, one: tablet.correct(field, one, choice))

    @rule(who=st.integers(2, 3), at=AT, choice=CHOICE)
    def enter_both(self, who: int, at: int, choice: int) -> None:
        """One of the two sheets of a run that takes two."""
        self._about(who, "B", 1, at, lambda tablet, field, run: tablet.enter(field, run, choice))

    @rule(who=st.integers(2, 3), at=AT, choice=CHOICE)
    def settle(self, who: int, at: int, choice: int) -> None:
        self._about(who, "B", 1, at, lambda tablet, field, run: tablet.settle(field, run, choice))

    @rule(at=AT, who=st.integers(2, 3), choice=CHOICE)
    def differ(self, at: int, who: int, choice: int) -> None:
        """Both judges hand in what does not agree, see it, and one says what holds."""
        for one in (2, 3):
            self.look_at(self.tablets[one])
            # The one has a field and the other two: so each says another time.
            self._about(
                one, "B", 1, at, lambda tablet, field, run: tablet.enter(field, run, len(tablet.fields))
            )
            self.send_from(self.tablets[one], "arrives")
        self.look_at(self.tablets[who])
        self._about(who, "B", 1, at, lambda tablet, field, run: tablet.settle(field, run, choice))

    @rule(who=WHO, on=FIELD, kind=KIND, at=AT, choice=CHOICE)
    def slip(self, who: int, on: str, kind: int, at: int, choice: int) -> None:
        """A judge who sees what stands enters a run or match, and mends it as soon as it was taken."""
        self.look_at(self.tablets[who])
        self._about(who, on, kind, at, lambda tablet, field, one: tablet.enter(field, one, choice))
        self.send_from(self.tablets[who], "arrives")
        self._about(who, on, kind, at, lambda tablet, field, one: tablet.correct(field, one, choice + 1))

    @rule(who=WHO, at=AT, choice=CHOICE)
    def give_walkover(self, who: int, at: int, choice: int) -> None:
        if "A" in self.tablets[who].fields:
            self._about(who, "A", 1, at, lambda tablet, field, match: tablet.give(field, match, choice))

    @rule(who=WHO, on=FIELD, kind=KIND, at=AT, type_=st.sampled_from(("Open", "Close")), fresh=st.booleans())
    def order(self, who: int, on: str, kind: int, at: int, type_: str, fresh: bool) -> None:
        if fresh:
            self.look_at(self.tablets[who])
        self._about(who, on, kind, at, lambda tablet, field, one: tablet.order(field, one, type_))
        if fresh:
            self.send_from(self.tablets[who], "arrives")

    @rule(who=WHO, on=FIELD, kind=KIND, at=AT, other=AT, fresh=st.booleans())
    def swap(self, who: int, on: str, kind: int, at: int, other: int, fresh: bool) -> None:
        """Two exchange their places in the queue; one with itself is refused."""
        if fresh:
            self.look_at(self.tablets[who])

        def exchange(tablet: Tablet, field: str, one: Shape) -> None:
            partner = tablet.pick(field, KINDS[field][kind], other)
            if partner is not None:
                tablet.swap(field, one, partner)

        self._about(who, on, kind, at, exchange)
        if fresh:
            self.send_from(self.tablets[who], "arrives")

    def _about(self, who: int, on: str, kind: int, at: int, act: Act) -> None:
        """Do something about the run or match at a place of what a tablet saw."""

        def found(tablet: Tablet, field: str) -> None:
            one = tablet.pick(field, KINDS[field][kind], at)
            if one is not None:
                self.steps["made"] += 1
                act(tablet, field, one)

        self.on(who, on, found)
