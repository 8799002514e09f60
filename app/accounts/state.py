"""What is true of accounts: which are open in a chain; names, PINs and sign-ins are in ordinary tables."""

from __future__ import annotations

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on


class Accounts(Part):
    """The roles of the accounts that were opened here and not closed since, by their ids."""

    def __init__(self) -> None:
        self.open: dict[str, str] = {}

    def is_last_organiser(self, account: str) -> bool:
        return [id_ for id_, role in self.open.items() if role == "organiser"] == [account]

    @on("AccountCreated")
    def _created(self, state: State, entry: Entry) -> None:
        self.open[entry.data["account"]] = entry.data["role"]

    @on("AccountRevoked")
    def _revoked(self, state: State, entry: Entry) -> None:
        self.open.pop(entry.data["account"], None)
