"""From a file somebody sent to a document of an application: drawn, put away, and named in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from uuid_utils import uuid7

from ..eventlog.fold import State
from .redrawing import redrawn
from .shelf import Shelf

Receipt = dict[str, Any]


def attach(
    content: bytes,
    kind: str,
    shelf: Shelf,
    states: Callable[[], Iterable[State]],
    submit: Callable[[dict[str, Any]], Receipt],
) -> Receipt:
    """The receipt of ``submit``, which carries out the command. Pages that it does not accept are taken away again.

    Raises DocumentRefused.
    """
    pages = redrawn(content)
    digests = shelf.keep(pages)
    receipt: Receipt | None = None
    try:
        receipt = submit(
            {"document": str(uuid7()), "kind": kind, "pages": digests, "bytes": sum(map(len, pages))}
        )
    finally:
        if receipt is None or receipt["status"] != "accepted":
            shelf.drop(digests, states())
    return receipt
