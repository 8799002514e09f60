"""What people write or draw about a run, sealed beside the log: remarks, reasons, a captain's signature."""

from __future__ import annotations

from typing import Any

import orjson
from uuid_utils import uuid7

from ..eventlog.fold import State
from ..eventlog.models import Note
from ..extensions import Base
from .models import SheetText
from .schemas import Captain

Reference = dict[str, str]


def seal_note(state: State, text: str) -> Note:
    return Note.seal(str(uuid7()), state.chain, text)


def reference(note: Note | None) -> Reference | None:
    """What an event says of a note: its id and digest."""
    return {"id": note.id, "digest": note.digest} if note else None


class Notes:
    """The notes one command brings; ``rows`` are to be stored with its events."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.rows: list[Base] = []

    def take(self, text: str | None) -> Reference | None:
        """Seal a text; what the event says of it, None for none."""
        if not text:
            return None
        note = seal_note(self._state, text)
        self.rows.append(note)
        return reference(note)

    def take_text(self, text: str) -> Reference | str:
        """Seal what is in a text field of a sheet; what the event says of it. An empty field stays one."""
        if not text:
            return text
        row = SheetText.seal(str(uuid7()), self._state.chain, text)
        self.rows.append(row)
        return {"id": row.id, "digest": row.digest}

    def texts(self) -> dict[str, str]:
        """The texts of all sheets there are and those of this command, by the ids of their rows."""
        own = {row.id: row.text for row in self.rows if isinstance(row, SheetText)}
        return self._state.texts | own

    def captain(self, captain: Captain | None) -> dict[str, Any] | None:
        """The outcome, which the log keeps, and the signature or comment, which can be erased."""
        if captain is None:
            return None
        drawn = orjson.dumps({"strokes": captain.strokes, "comment": captain.comment}).decode()
        return {"outcome": captain.outcome, "note": self.take(drawn)}
