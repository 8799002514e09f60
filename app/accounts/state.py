"""What is true of accounts: which are open in a chain; names, PINs and sign-ins are in ordinary tables."""

from __future__ import annotations

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on


class Accounts(Part):
    """The ids of the accounts that were opened here and not closed since."""

    def __init__(self) -> None:
        self.open: set[str] = set()

    @on("AccountCreated")
    def _created(self, state: State, entry: Entry) -> None:
        self.open.add(entry.data["account"])

    @on("AccountRevoked")
    def _revoked(self, state: State, entry: Entry) -> None:
        self.open.discard(entry.data["account"])
