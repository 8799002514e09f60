"""Sheets that came too late and say otherwise, as the pages of their run or match show them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from ...accounts.queries import name_of
from ...eventlog import queries as log
from ...eventlog.fold import State
from ...protests.window import local_clock
from ...runs.disputes import Dispute, Disputes
from ...runs.texts import told_event

Shape = dict[str, Any]


def dispute_shapes(connection: Connection, state: State, about: str) -> list[Shape]:
    """The open ones of a run or match: who says so and since when, with what they wrote to it."""
    return [_shape(connection, state, one) for one in state[Disputes].open_of(about)]


def _shape(connection: Connection, state: State, dispute: Dispute) -> Shape:
    written = [dispute.data[name]["id"] for name in ("note", "reason") if dispute.data.get(name)]
    return {
        "id": dispute.id,
        "by": name_of(connection, dispute.by) or dispute.by,
        "at": local_clock(state, datetime.fromisoformat(dispute.at_utc)),
        "texts": list(log.notes(connection, written).values()),
        "data": told_event(dispute.data, state.texts),
    }
