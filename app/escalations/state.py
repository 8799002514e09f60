"""What is true of escalations: who called the chief judge to what and why, and how far it is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on

OPEN, COMING, SETTLED, TAKEN_BACK = "open", "coming", "settled", "taken_back"
Note = dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Escalation:
    """One call. ``kind`` is ``run``, ``match`` or ``field``, ``about`` its id; ``at_utc`` is when the judge tapped.

    ``note`` and ``answer_note`` refer to what was written, which is sealed: among the texts of the state, but for calls
    of older logs.
    """

    id: str
    field: str
    kind: str
    about: str
    reason: str
    by: str
    at_utc: str
    note: Note = None
    state: str = OPEN
    outcome: str | None = None
    answered_by: str | None = None
    answered_at_utc: str | None = None
    answer_note: Note = None

    @property
    def is_open(self) -> bool:
        return self.state in (OPEN, COMING)


class Escalations(Part):
    """Every call by its id, in the order they came. ``version`` is the entry that changed them last."""

    def __init__(self) -> None:
        self.by_id: dict[str, Escalation] = {}
        self.version = 0

    def open(self) -> list[Escalation]:
        """Those not settled: first those nobody is coming for, the oldest first."""
        waiting = [one for one in self.by_id.values() if one.is_open]
        return sorted(waiting, key=lambda one: (one.state != OPEN, one.at_utc))

    @on("RefereeCalled")
    def _called(self, state: State, entry: Entry) -> None:
        data: dict[str, Any] = entry.data
        kind = next(name for name in ("run", "match", "field") if name in data)
        made = Escalation(
            data["escalation"],
            data["field"],
            kind,
            data[kind],
            data["why"],
            entry.actor,
            data["at_utc"],
            data["note"],
        )
        self._keep(state, entry, made)

    @on("EscalationAnswered")
    def _answered(self, state: State, entry: Entry) -> None:
        answered = replace(
            self.by_id[entry.data["escalation"]],
            state=entry.data["answer"],
            outcome=entry.data["outcome"],
            answered_by=entry.actor,
            answered_at_utc=entry.at_utc,
            answer_note=entry.data["note"],
        )
        self._keep(state, entry, answered)

    def _keep(self, state: State, entry: Entry, made: Escalation) -> None:
        self.by_id[made.id] = made
        self.version = entry.seq
        state.touch(f"{state.chain}/escalations", f"{state.chain}/field/{made.field}/judging")
