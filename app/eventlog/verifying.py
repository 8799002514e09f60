"""`flask log verify`: every chain walked, and what is sealed beside the log held against its digests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, select

from . import queries
from .chain import Break, first_break
from .models import Sealed


def verify(engine: Engine) -> dict[str, Any]:
    """``{"ok", "entries", "chains": [{"chain", "entries", "head", "broken": {"code", "seq"}|null, "altered"}]}``.

    ``altered`` are sealed rows that no longer say what the log's digest says, each ``{"table", "id"}``. A row that
    is gone was erased, which is nobody's fault. In a broken chain there is nothing sound to hold rows against.
    """
    with engine.connect() as connection:
        chains = [_verified(connection, chain) for chain in queries.chains_spoken_of(connection)]
    return {
        "ok": all(chain["broken"] is None and not chain["altered"] for chain in chains),
        "entries": sum(chain["entries"] for chain in chains),
        "chains": chains,
    }


def _verified(connection: Connection, chain: str) -> dict[str, Any]:
    at_least = queries.last_receipt_version(connection, chain)
    sound, head, broken = first_break(queries.stored_as_bytes(connection, chain), at_least)
    return {
        "chain": chain,
        "entries": sound,
        "head": head,
        "broken": _shown(broken),
        "altered": [] if broken else _altered(connection, chain),
    }


def _altered(connection: Connection, chain: str) -> list[dict[str, str]]:
    digests: dict[str, str] = {}
    for link in queries.links(connection, chain):
        digests.update(references(link.entry.data))
    return [
        {"table": row.__tablename__, "id": row.id}
        for kind in Sealed.__subclasses__()
        for row in _rows(connection, kind, chain)
        if not is_as_sealed(row, digests)
    ]


def _rows(connection: Connection, kind: Any, chain: str) -> list[Sealed]:
    wanted = select(kind.__table__).where(kind.chain == chain).order_by(kind.id)
    return [kind(**row) for row in connection.execute(wanted).mappings()]


def is_as_sealed(row: Sealed, digests: dict[str, str]) -> bool:
    """Whether a row says what was sealed, and the log names it by that digest."""
    try:
        return row.true_digest() == row.digest == digests.get(row.id)
    except ValueError:
        return False


def references(data: Any) -> Iterator[tuple[str, str]]:
    """Every ``{"id", "digest"}`` in an event's data."""
    if isinstance(data, dict):
        if isinstance(data.get("id"), str) and isinstance(data.get("digest"), str):
            yield data["id"], data["digest"]
        for value in data.values():
            yield from references(value)
    elif isinstance(data, list):
        for value in data:
            yield from references(value)


def _shown(broken: Break | None) -> dict[str, Any] | None:
    return {"code": broken.code, "seq": broken.seq} if broken else None
