"""The rows of an archive that lie beside the log: read column by column, each held against its seal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from ..entries.models import EntryPerson
from ..eventlog.chain import Link
from ..eventlog.models import Sealed
from ..eventlog.verifying import is_as_sealed, references
from ..extensions import Base
from ..registry.models import Consent, Person
from .contents import ArchiveRefused, kinds_beside


def rows_beside(content: bytes, chain: str, links: Sequence[Link]) -> list[Base]:
    """The rows in an order in which they can be stored. Raises ArchiveRefused.

    A row that the log does not name by its digest, or that says something else than was sealed, is refused; one that
    is missing was erased.
    """
    digests: dict[str, str] = {}
    for link in links:
        digests.update(references(link.entry.data))
    rows = [_row(number, line, chain) for number, line in enumerate(content.splitlines(), 1)]
    for number, row in enumerate(rows, 1):
        if isinstance(row, Sealed) and not is_as_sealed(row, digests):
            raise ArchiveRefused("archive_row_altered", row=number)
    _check_ids(rows)
    tables = [table.name for table in Base.metadata.sorted_tables]
    return sorted(rows, key=lambda row: tables.index(row.__tablename__))


def _row(number: int, line: bytes, chain: str) -> Base:
    try:
        said = orjson.loads(line)
        kind: Any = kinds_beside()[said["table"]]
        values = said["row"]
        columns = {column.key: column for column in kind.__table__.columns if column.key != "chain"}
        if set(said) != {"table", "row"} or set(values) != set(columns):
            raise ValueError(number)
        if not all(_fits(columns[name], value) for name, value in values.items()):
            raise ValueError(number)
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveRefused("archive_row_unreadable", row=number) from error
    made: Base = kind(**values, **({} if kind is EntryPerson else {"chain": chain}))
    return made


def _fits(column: Any, value: Any) -> bool:
    """Whether a value is of the column's type, and no longer than it takes."""
    if value is None:
        return bool(column.nullable)
    most = getattr(column.type, "length", None)
    return type(value) is column.type.python_type and (most is None or len(value) <= most)


def _check_ids(rows: Sequence[Base]) -> None:
    """No row comes twice, and whoever is spoken of is there."""
    people = {row.id for row in rows if isinstance(row, Person)}
    seen: set[tuple[Any, ...]] = set()
    for number, row in enumerate(rows, 1):
        columns = row.__table__.primary_key.columns  # type: ignore[attr-defined]
        key = (row.__tablename__, *(getattr(row, column.key) for column in columns))
        lost = isinstance(row, Consent | EntryPerson) and row.person_id not in people
        if key in seen or lost:
            raise ArchiveRefused("archive_row_unreadable", row=number)
        seen.add(key)
