"""Sheets being filled in, as tablets tell of them: kept in memory for the chief judge, never logged, never shown else.

Nothing depends on them. One is gone as soon as its run is confirmed, taken off its field, or somebody else's, when
its judge drops it, and when nothing was heard of it for a while; a restart forgets them all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.entries import problems_of
from scoring.parts import Field

from ..eventlog.fold import State
from ..runs.run import Run, Submitted
from ..runs.state import Runs

KEPT_FOR_S = 15 * 60.0
MOST = 500
MOST_OF_AN_ACCOUNT = 20
WORDS = "text"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stood when a sheet of it was told; once it stands otherwise, the sheet is no longer being filled in."""

    version: int
    judge: str | None
    handed_in: Submitted | None

    @classmethod
    def of(cls, run: Run, account: str) -> Standing:
        return cls(run.version, run.judge, run.sheets.get(account))


@dataclass(frozen=True, slots=True)
class BegunSheet:
    """What one account has entered for a run so far; ``changed_at_s`` is the last change, by the steady clock."""

    chain: str
    run: str
    account: str
    standing: Standing
    was_armed: bool
    sheet: Mapping[str, Any]
    mark: str | None
    changed_at_s: float

    @property
    def key(self) -> tuple[str, str, str]:
        return self.chain, self.run, self.account


class BegunSheets:
    """The newest of each account and run; of too many, those go first that were told first."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self.now_s = now_s
        self._kept: dict[tuple[str, str, str], BegunSheet] = {}

    def tell(self, begun: BegunSheet) -> None:
        """Take in how a sheet stands. One that is older than what is kept says nothing new."""
        kept = self._kept.get(begun.key)
        if kept is not None and kept.standing == begun.standing and kept.changed_at_s > begun.changed_at_s:
            return
        self._kept.pop(begun.key, None)
        self._kept[begun.key] = begun
        own = [key for key in self._kept if key[2] == begun.account]
        for key in (*own[:-MOST_OF_AN_ACCOUNT], *list(self._kept)[:-MOST]):
            self._kept.pop(key, None)

    def drop(self, chain: str, run: str, account: str) -> None:
        self._kept.pop((chain, run, account), None)

    def of(self, state: State, run: str | None = None) -> list[BegunSheet]:
        """Those of a competition, or of one run, that are still being filled in; the newest change first."""
        self._forget(state)
        found = [one for one in self._kept.values() if one.chain == state.chain and run in (None, one.run)]
        return sorted(found, key=lambda one: one.changed_at_s, reverse=True)

    def age_s(self, begun: BegunSheet) -> float:
        return max(0.0, self.now_s() - begun.changed_at_s)

    def _forget(self, state: State) -> None:
        """Let go of what is over: looked for when somebody asks, so that commits need not know of sheets begun."""
        over = [
            key for key, one in self._kept.items() if one.chain == state.chain and self._is_over(state, one)
        ]
        for key in over:
            del self._kept[key]

    def _is_over(self, state: State, begun: BegunSheet) -> bool:
        run = state[Runs].by_id.get(begun.run)
        if run is None or run.is_void or run.replaced_by is not None or self.age_s(begun) > KEPT_FOR_S:
            return True
        is_closed = begun.was_armed and not run.armed
        return is_closed or Standing.of(run, begun.account) != begun.standing


def without_words(fields: Iterable[Field], sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a sheet that its fields could hold, without what a person wrote in words."""
    kept: dict[str, Any] = {}
    for field in fields:
        value = sheet.get(field.id)
        if value is None or field.type == WORDS or not _is_held(field, value):
            continue
        rows = field.type == "rows"
        kept[field.id] = [without_words(field.fields, row) for row in value] if rows else value
    return kept


def _is_held(field: Field, value: Any) -> bool:
    """Whether it is a value of the field's kind; that it is in bounds is no matter yet."""
    if field.type == "rows":
        return (
            isinstance(value, list)
            and len(value) <= field.max_rows
            and all(isinstance(r, dict) for r in value)
        )
    wrong = ("type_wrong", "not_finite", "too_large", "too_long", "option_unknown", "option_repeated")
    return all(problem.code not in wrong for problem in problems_of(field, value, field.id))
