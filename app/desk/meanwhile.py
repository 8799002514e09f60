"""What others changed while a form was open: who and when, and what each point said before and says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from ..competitions.state import Setup
from ..database import reader
from ..eventlog.chain import Entry
from ..eventlog.fold import State
from ..pipeline import Receipt
from .log.log_lines import account_names

Words = Mapping[str, str]
"""By the label of a point, what it says."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """``by`` are names, ``at`` the last change on the competition's clocks, ``points`` are ``(label, was, now)``."""

    by: str
    at: datetime
    points: tuple[tuple[str, str, str], ...]


def meanwhile(slug: str, state: State, conflict: Receipt, before: Words, now: Words) -> Meanwhile:
    """What a receipt of a conflict tells, in words."""
    with reader() as connection:
        names = account_names(connection, slug)
    changes = conflict["changed"]
    by = dict.fromkeys(names.get(one["by"], one["by"]) for one in changes)
    at = datetime.fromisoformat(changes[-1]["at_utc"]).astimezone(ZoneInfo(state[Setup].facts["zone"]))
    return Meanwhile(", ".join(by), at, tuple(_points(before, now)))


def set_by(state: State, event_type: str, version: int) -> Entry | None:
    """The event of a competition's history that a form was opened at; None where nothing was set yet."""
    found = (one for one in state.changes(state.chain, version - 1) if one.seq == version)
    return next((one for one in found if one.type == event_type), None)


def yes_or_no(value: Any) -> str:
    return str(_("yes") if value else _("no"))


def _points(before: Words, now: Words) -> list[tuple[str, str, str]]:
    labels = dict.fromkeys([*before, *now])
    said = [(label, before.get(label, "–"), now.get(label, "–")) for label in labels]
    return [point for point in said if point[1] != point[2]]
