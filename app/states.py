"""Which parts a state is made of, and how it is opened from the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from .accounts.state import Accounts
from .applications.state import Applications
from .arrivals.state import Arrivals
from .ceremony.state import Ceremonies
from .competitions.state import Setup
from .devices.state import Controllers
from .displays.notices import Notices
from .displays.state import Screens
from .entries.models import EntryCard
from .entries.state import Entries
from .eventlog import queries
from .eventlog.fold import Part, State
from .extensions import Base
from .matches.state import Matches
from .papers.state import Papers
from .protests.state import Protests
from .registry.state import People
from .runs.fields import Fields
from .runs.state import Runs
from .schedule.state import Schedule
from .standings.state import Standings

PARTS: tuple[type[Part], ...] = (
    Accounts,
    Setup,
    People,
    Entries,
    Applications,
    Schedule,
    Ceremonies,
    Runs,
    Matches,
    Arrivals,
    Protests,
    Fields,
    Controllers,
    Screens,
    Notices,
    Standings,
    Papers,
)


def open_state(connection: Connection, chain: str) -> State:
    """Fold a chain from its first entry; what sealed cards say publicly is looked up beside it."""
    state = State(chain, PARTS)
    for card in connection.execute(select(EntryCard.__table__).where(EntryCard.chain == chain)).mappings():
        state.cards[card["id"]] = EntryCard.public_of(dict(card))
    for link in queries.links(connection, chain):
        state.apply(link)
    state.changed.clear()
    return state


def take_in(state: State, rows: Iterable[Base]) -> None:
    """Let a state see the public side of cards that are being stored."""
    for row in rows:
        if isinstance(row, EntryCard):
            state.cards[row.id] = EntryCard.public_of(row_values(row))


def row_values(row: Base) -> dict[str, Any]:
    """A row's column values by column name."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
