"""Model tablets: an outbox that sends in order a field, in batches, until each command has its receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.serving import command

MOST_IN_A_BATCH = 5
Sent = dict[str, Any]
Receipt = dict[str, Any]

_made = count(1)
"""Every score has a time of its own, in milliseconds, so that the state says which command it is from."""


@dataclass(slots=True, eq=False)
class Made:
    """A command in an outbox. A correction of an entry not yet answered takes its version from that receipt."""

    body: Sent
    field: str
    follows: Made | None = None
    receipt: Receipt | None = None
    tries: int = 0

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def time_s(self) -> float | None:
        sheet = self.body["payload"].get("sheet")
        return sheet["time"] if sheet else None


@dataclass(slots=True)
class Tablet:
    """One judge's tablet. ``seen`` are the runs of each field as it last saw them; ``made`` is everything it ever made.

    What is in the outbox is never changed once it was sent: its id stands for it.
    """

    name: str
    headers: dict[str, str]
    fields: tuple[str, ...]
    seen: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    def enter(self, on: str, at: int) -> None:
        """Confirm one of a field's runs as this tablet knows it, however stale that is."""
        run = self.seen[on][at % len(self.seen[on])]
        self._make(on, "EnterScore", run, {"sheet": sheet_of(run), "note": f"by {self.name}"}, run["version"])

    def correct(self, on: str, at: int) -> None:
        """Correct a run, at once after having entered it where that is still unanswered."""
        run = self.seen[on][at % len(self.seen[on])]
        entered = [one for one in self.made if one.body["target"] == run["target"] and one.time_s]
        follows = entered[-1] if entered and entered[-1].receipt is None else None
        version = None if follows else self._version(run, entered)
        payload = {"sheet": sheet_of(run), "reason": f"misread on {self.name}"}
        self._make(on, "CorrectScore", run, payload, version, follows)

    def order(self, type_: str, on: str, at: int) -> None:
        """A command that carries no version: open or close a run."""
        run = self.seen[on][at % len(self.seen[on])]
        self._make(on, type_, run, {}, None)

    def batch(self) -> list[Made]:
        """What to send now: of each field in order, and nothing past what waits for another's receipt."""
        taken: list[Made] = []
        held: set[str] = set()
        for one in self.made:
            if one.receipt is not None or one.field in held:
                continue
            before = one.follows
            if before is not None and (before.receipt is None or before.receipt["status"] != "accepted"):
                held.add(one.field)
                continue
            if before is not None and before.receipt is not None and one.tries == 0:
                one.body["expected_version"] = before.receipt["version"]
            taken.append(one)
            if len(taken) == MOST_IN_A_BATCH:
                break
        return taken

    def take(self, sent: list[Made], receipts: list[Receipt]) -> None:
        """Keep the receipts of a batch. One that came before must say the same again."""
        for one, receipt in zip(sent, receipts, strict=True):
            assert receipt["id"] == one.id
            if one.receipt is not None and one.receipt["status"] == "accepted":
                assert receipt == one.receipt, "an acknowledged command was answered otherwise"
            one.receipt = receipt
        self._give_up_what_follows()

    def accepted(self) -> list[Made]:
        return [one for one in self.made if one.receipt is not None and one.receipt["status"] == "accepted"]

    def _give_up_what_follows(self) -> None:
        """A correction of what was refused is taken back by its judge, and so is what follows it."""
        kept: list[Made] = []
        for one in self.made:
            before = one.follows
            is_lost = before is not None and (
                before not in kept or (before.receipt is not None and before.receipt["status"] != "accepted")
            )
            if one.tries or not is_lost:
                kept.append(one)
        self.made = kept

    def _version(self, run: dict[str, Any], entered: list[Made]) -> int:
        known = [int(one.receipt["version"]) for one in entered if one.receipt and one.receipt["version"]]
        return max([int(run["version"]), *known])

    def _make(
        self,
        on: str,
        type_: str,
        run: dict[str, Any],
        payload: dict[str, Any],
        version: int | None,
        follows: Made | None = None,
    ) -> None:
        self.made.append(Made(command(type_, run["target"], payload, version), on, follows))


def sheet_of(run: dict[str, Any]) -> dict[str, Any]:
    """A whole sheet of one of the demo's two disciplines, with a time nobody else enters."""
    time_s = round(10 + next(_made) / 1000, 3)
    if run["division"] == "line":
        return {"time": time_s}
    return {"line_obstacle": 40, "maze": 80, "line_hill": 40, "pins": 8, "time": time_s}
