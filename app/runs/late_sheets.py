"""What is kept of a run's sheet that its tablet sent after somebody else's had been taken."""

from __future__ import annotations

from typing import Any

from ..eventlog.deciding import Context, Decision, Target
from ..eventlog.fold import State
from .disputes import disputed, is_same
from .notes import Notes
from .schemas import CorrectScore, EnterScore
from .sheets import scored
from .state import Run
from .targets import own_run


def keep_disputed(
    state: State, target: Target, payload: EnterScore | CorrectScore, context: Context
) -> Decision:
    """Keep it as a dispute where it says otherwise than what stands. Raises Refusal where it is none of this run's."""
    run = own_run(state, target, context)
    if run.practice or run.is_void or run.replaced_by is not None:
        return Decision()
    notes = Notes(state)
    claim = scored(state, run, payload, notes, whole=False)
    if _is_said(run, claim, notes):
        return Decision()
    said = {
        "note": notes.take(getattr(payload, "note", None)),
        "reason": notes.take(getattr(payload, "reason", None)),
        "captain": notes.captain(getattr(payload, "captain", None)),
    }
    return Decision([disputed("run", run.id, run.field, claim | said, context)], notes.rows)


def _is_said(run: Run, claim: dict[str, Any], notes: Notes) -> bool:
    """Whether the result says the same, or one of the sheets where there is none yet."""
    standing = [run.result] if run.result else run.sheets.values()
    texts = notes.texts()
    return any(is_same({"sheet": one.sheet, "mark": one.mark}, claim, texts) for one in standing)
