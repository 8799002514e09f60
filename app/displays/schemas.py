"""What crosses the wire about screens."""

from __future__ import annotations

from typing import Literal

from ..competitions.schemas import Code, ShortName
from ..eventlog.deciding import Payload


class AddScreen(Payload):
    """Register a screen of the hall; its id is the code in its address."""

    code: Code
    name: ShortName


class SetScreen(Payload):
    """Say what a screen shows. ``auto`` follows a field: the run, then the standings of its division."""

    view: Literal["field", "standings", "auto"]
    field: Code | None = None
    division: Code | None = None
    locale: Literal["kk", "ru", "en", "rotate"] = "rotate"
