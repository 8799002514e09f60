"""Model tablets: an outbox that sends in order a field, in batches, until each command has its receipt.

It does what app/client/judge/outbox/machine.ts does, apart from replacing what was never sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from tests.serving import command

from .entered import Shape, bouts_of, sheet_of

MOST_IN_A_BATCH = 5
SCORES = ("EnterScore", "CorrectScore", "SettleSheets", "EnterMatch", "CorrectMatch", "GiveWalkover")
Receipt = dict[str, Any]


@dataclass(slots=True, eq=False)
class Made:
    """A command in an outbox. One that follows another not yet answered takes its version from that receipt.

    ``offered_in`` is the epoch in which it was offered again; ``earlier`` are its receipts of the epochs before.
    ``author`` is who made it, where a referee hands it in.
    """

    body: Shape
    field: str
    follows: Made | None = None
    receipt: Receipt | None = None
    tries: int = 0
    offered_in: int = 0
    earlier: list[Receipt] = attribute(default_factory=list)
    author: str | None = None

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def type(self) -> str:
        return str(self.body["type"])

    @property
    def target(self) -> str:
        return str(self.body["target"])

    @property
    def is_accepted(self) -> bool:
        return self.receipt is not None and self.receipt["status"] == "accepted"

    @property
    def needs_person(self) -> bool:
        return self.receipt is not None and not self.is_accepted

    def is_known_in(self, epoch: int) -> bool:
        """Whether a server of this epoch has said that it is stored."""
        return (
            self.receipt is not None
            and self.is_accepted
            and max(self.receipt["epoch"], self.offered_in) == epoch
        )


@dataclass(slots=True)
class Tablet:
    """One judge's tablet. ``seen`` are its queues as it last saw them, in ``epoch``; ``made`` is all it made.

    What is in the outbox is never changed once it was sent: its id stands for it.
    """

    name: str
    account: str
    headers: dict[str, str]
    fields: tuple[str, ...]
    epoch: int = 1
    seen: dict[str, dict[str, list[Shape]]] = attribute(default_factory=dict)
    made: list[Made] = attribute(default_factory=list)

    def pick(self, on: str, kind: str, at: int) -> Shape | None:
        """A run or match of a division as this tablet knows it, however stale that is; None where it has none."""
        listed = [one for one in self.seen[on]["runs"] + self.seen[on]["matches"] if one["division"] == kind]
        return listed[at % len(listed)] if listed else None

    def enter(self, on: str, one: Shape, choice: int) -> None:
        """Confirm a run or match."""
        if "sides" in one:
            payload: Shape = {"bouts": bouts_of(one, choice), "note": f"by {self.name}"}
            self._make(on, "EnterMatch", one, payload, one["version"])
        else:
            payload = {"sheet": sheet_of(one, choice), "note": f"by {self.name}"}
            self._make(on, "EnterScore", one, payload, one["version"])

    def correct(self, on: str, one: Shape, choice: int) -> None:
        """Correct one, at once after having entered it where that is still unanswered."""
        reason = f"misread on {self.name}"
        if "sides" in one:
            self._score(on, "CorrectMatch", one, {"bouts": bouts_of(one, choice), "reason": reason})
        else:
            self._score(on, "CorrectScore", one, {"sheet": sheet_of(one, choice), "reason": reason})

    def settle(self, on: str, run: Shape, choice: int) -> None:
        """Say what holds of a run whose two sheets differ, perhaps."""
        payload = {"sheet": sheet_of(run, choice), "reason": "both watched the film"}
        self._score(on, "SettleSheets", run, payload)

    def give(self, on: str, match: Shape, choice: int) -> None:
        """A side did not come."""
        winner = match["sides"][choice % 2]["id"]
        self._score(on, "GiveWalkover", match, {"winner": winner, "reason": "the other did not come"})

    def order(self, on: str, one: Shape, type_: str) -> None:
        """Open or close a run or match: a command that carries no version."""
        self._make(on, type_ + ("Match" if "sides" in one else "Run"), one, {}, None)

    def swap(self, on: str, one: Shape, other: Shape) -> None:
        payload = {"other": other["id"], "reason": "the team is late"}
        self._make(on, "SwapMatches" if "sides" in one else "SwapRuns", one, payload, None)

    def batch(self) -> list[Made]:
        """What to send now: of each field in order, but nothing that builds on what waits for an answer or a person."""
        taken: list[Made] = []
        held: set[str] = set()
        blocked: list[Made] = []
        for one in self.made:
            if one.receipt is not None or one.field in held:
                continue
            before = one.follows
            if before is not None and (before.needs_person or before in blocked):
                blocked.append(one)
                continue
            if before is not None and before.receipt is None:
                held.add(one.field)
                continue
            if before is not None and before.receipt is not None:
                one.body["expected_version"] = before.receipt["version"]
            taken.append(one)
            if len(taken) == MOST_IN_A_BATCH:
                break
        for one in taken:
            one.follows = None
        return taken

    def take(self, sent: list[Made], receipts: list[Receipt]) -> None:
        """Keep the receipts of a batch. What was acknowledged before must be said again, in the same epoch."""
        for one, receipt in zip(sent, receipts, strict=True):
            assert receipt["id"] == one.id
            if one.is_accepted:
                assert receipt == one.receipt, "an acknowledged command was answered otherwise"
            one.receipt = receipt

    def offer_again(self, epoch: int) -> None:
        """The server came back from a backup: what it confirmed before may be lost, and is offered once more."""
        self.epoch = epoch
        again = [one for one in self.made if one.is_accepted and not one.is_known_in(epoch)]
        for at, one in enumerate(again):
            assert one.receipt is not None
            before = next((b for b in reversed(again[:at]) if _builds_on(one, b)), None)
            is_based = before is not None and one.body["expected_version"] == before.earlier[-1]["version"]
            one.follows = before if is_based else None
            one.earlier.append(one.receipt)
            one.receipt, one.offered_in = None, epoch

    def take_over(self, lost: Tablet) -> None:
        """Take what another tablet has not had answered, to hand it in for its judge."""
        known = {one.id for one in self.made}
        taken: list[Made] = []
        for one in lost.made:
            if one.receipt is not None or one.author is not None or one.id in known:
                continue
            vouched = one.body | {"made_by": lost.account, "handed_in": True}
            follows = next((b for b in reversed(taken) if _builds_on(one, b)), None) if one.follows else None
            taken.append(Made(vouched, one.field, follows, author=lost.account))
        self.made += taken

    def accepted(self) -> list[Made]:
        return [one for one in self.made if one.is_accepted]

    def _score(self, on: str, type_: str, one: Shape, payload: Shape) -> None:
        """A command that builds on this tablet's last one about the same, where there is one."""
        mine = [
            made
            for made in self.made
            if made.target == one["target"] and made.type in SCORES and made.author is None
        ]
        follows = mine[-1] if mine and mine[-1].receipt is None else None
        known = [made.receipt["version"] for made in mine if made.receipt and made.is_known_in(self.epoch)]
        self._make(on, type_, one, payload, max([one["version"], *known]), follows)

    def _make(
        self,
        on: str,
        type_: str,
        one: Shape,
        payload: Shape,
        version: int | None,
        follows: Made | None = None,
    ) -> None:
        self.made.append(Made(command(type_, one["target"], payload, version), on, follows))


def _builds_on(one: Made, before: Made) -> bool:
    return before.target == one.target and before.type in SCORES and before.author == one.author
