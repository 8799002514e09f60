"""Every table, imported in one place, for migrations to compare with the database."""

from __future__ import annotations

from .accounts.models import Account, SignIn
from .entries.models import EntryCard, EntryPerson
from .eventlog.models import Fact, LogEntry, Note, ReceiptRow
from .extensions import Base
from .registry.models import Consent, Person, PersonalAccess, PersonalLink
from .runs.models import SheetText

METADATA = Base.metadata
TABLES = (
    Account,
    SignIn,
    Consent,
    EntryCard,
    EntryPerson,
    Fact,
    LogEntry,
    Note,
    Person,
    PersonalAccess,
    PersonalLink,
    ReceiptRow,
    SheetText,
)
