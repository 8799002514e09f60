"""What is true of protests: who challenges which run or match, whether the fee was paid, and what the jury decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on

DUE, PAID, RETURNED, KEPT = "due", "paid", "returned", "kept"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the jury said: the outcome, what it changes, and the sealed note with its reasons."""

    outcome: str
    effect: str
    reason: dict[str, str] | None
    by: str
    at_utc: str


@dataclass(frozen=True, slots=True)
class Protest:
    """One protest about a ``run`` or a ``match``. ``entry`` is who protests; ``text`` refers to the note that says why.

    ``fee`` is due, paid, returned, kept, or None where the rules ask for none. ``by_team`` says that it came through
    the team's own address rather than the desk.
    """

    id: str
    number: int
    run: str | None
    match: str | None
    division: str
    entry: str
    text: dict[str, str] | None
    by: str
    by_team: bool
    at_utc: str
    fee: str | None
    ruling: Ruling | None = None

    @property
    def is_open(self) -> bool:
        return self.ruling is None


class Protests(Part):
    """Protests by id, in the order they were filed."""

    def __init__(self) -> None:
        self.by_id: dict[str, Protest] = {}

    def of_run(self, run: str) -> list[Protest]:
        return [protest for protest in self.by_id.values() if protest.run == run]

    def of_match(self, match: str) -> list[Protest]:
        return [protest for protest in self.by_id.values() if protest.match == match]

    def open_of(self, division: str) -> list[Protest]:
        """Those of a division that the jury has still to decide, oldest first."""
        return [one for one in self.by_id.values() if one.is_open and one.division == division]

    @on("ProtestFiled")
    def _filed(self, state: State, entry: Entry) -> None:
        data = entry.data
        self.by_id[data["protest"]] = Protest(
            data["protest"],
            len(self.by_id) + 1,
            data.get("run"),
            data.get("match"),
            data["division"],
            data["entry"],
            data["text"],
            entry.actor,
            data["by_team"],
            data.get("handed_in_at_utc") or entry.at_utc,
            data.get("fee"),
        )

    @on("ProtestFeePaid")
    def _fee_paid(self, state: State, entry: Entry) -> None:
        self._set(entry.data["protest"], fee=PAID)

    @on("ProtestDecided")
    def _decided(self, state: State, entry: Entry) -> None:
        data = entry.data
        ruling = Ruling(data["outcome"], data["effect"], data["reason"], entry.actor, entry.at_utc)
        self._set(data["protest"], ruling=ruling, fee=data["fee"])

    def _set(self, id_: str, **changed: Any) -> None:
        self.by_id[id_] = replace(self.by_id[id_], **changed)
