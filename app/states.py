"""Which parts a state is made of, and how it is opened from the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from .accounts.state import Accounts
from .alliances.state import Alliances
from .applications.state import Applications
from .arrivals.state import Arrivals
from .ceremony.state import Ceremonies
from .competitions.state import Setup
from .devices.state import Controllers
from .displays.notices import Notices
from .displays.state import Screens
from .entries.models import EntryCard
from .entries.state import Entries
from .erasing.state import Written
from .escalations.state import Escalations
from .eventlog import queries
from .eventlog.fold import Part, State
from .extensions import Base
from .judging.state import Panels
from .matches.state import Matches
from .papers.state import Papers
from .planning.state import Plans
from .protests.state import Protests
from .registry.state import People
from .runs.disputes import Disputes
from .runs.fields import Fields
from .runs.hand_clock import HandClocks
from .runs.models import SheetText
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
    HandClocks,
    Panels,
    Matches,
    Disputes,
    Alliances,
    Arrivals,
    Escalations,
    Protests,
    Fields,
    Controllers,
    Screens,
    Notices,
    Plans,
    Standings,
    Papers,
    Written,
)


def open_state(connection: Connection, chain: str) -> State:
    """Fold a chain from its first entry; what sealed cards and sheets say is looked up beside it."""
    state = State(chain, PARTS)
    for card in connection.execute(select(EntryCard.__table__).where(EntryCard.chain == chain)).mappings():
        state.cards[card["id"]] = EntryCard.known_of(dict(card))
    for text in connection.execute(select(SheetText.id, SheetText.text).where(SheetText.chain == chain)):
        state.texts[text.id] = text.text
    for link in queries.links(connection, chain):
        state.apply(link)
    state.changed.clear()
    return state


def take_in(state: State, rows: Iterable[Base]) -> None:
    """Let a state see the public side of cards, and the texts of sheets, that are being stored."""
    for row in rows:
        if isinstance(row, EntryCard):
            state.cards[row.id] = EntryCard.known_of(row_values(row))
        elif isinstance(row, SheetText):
            state.texts[row.id] = row.text


def row_values(row: Base) -> dict[str, Any]:
    """A row's column values by column name."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
