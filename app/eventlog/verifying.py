"""`flask log verify`: every chain walked, and what is sealed beside the log held against its digests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine

from . import queries
from .chain import Break, first_break


def verify(engine: Engine) -> dict[str, Any]:
    """``{"ok", "entries", "chains": [{"chain", "entries", "head", "broken": {"code", "seq"}|null}]}``."""
    with engine.connect() as connection:
        chains = [_verified(connection, chain) for chain in queries.chains(connection)]
    return {
        "ok": all(chain["broken"] is None for chain in chains),
        "entries": sum(chain["entries"] for chain in chains),
        "chains": chains,
    }


def _verified(connection: Connection, chain: str) -> dict[str, Any]:
    at_least = queries.last_receipt_version(connection, chain)
    sound, head, broken = first_break(queries.stored(connection, chain), at_least)
    return {"chain": chain, "entries": sound, "head": head, "broken": _shown(broken)}


def _shown(broken: Break | None) -> dict[str, Any] | None:
    return {"code": broken.code, "seq": broken.seq} if broken else None
