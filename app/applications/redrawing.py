"""A document somebody attached becomes pages, each drawn anew as a JPEG: nothing of the file but its dots is kept.

So no script, link, embedded file or password of a PDF reaches whoever opens it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import orjson
from gevent.lock import BoundedSemaphore

from ..confining import Bounds, Ended, confined

MOST_FILE_BYTES = 10 * 1024 * 1024
MOST_KEPT_BYTES = 8 * 1024 * 1024
MOST_PAGES = 20
BOUNDS = Bounds(memory_bytes=1024 * 1024 * 1024, cpu_s=20)

_turn = BoundedSemaphore(1)


class DocumentRefused(Exception):
    """The file is no document we take; ``code`` and ``facts`` say why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The answer of the process: pages as JPEG, or why there are none."""

    pages: list[bytes] = field(default_factory=list)
    refused: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> bytes:
        pages = [base64.b64encode(page).decode() for page in self.pages]
        return orjson.dumps({"pages": pages, "refused": self.refused, "facts": self.facts})

    @classmethod
    def from_json(cls, told: bytes) -> Redrawn:
        read = orjson.loads(told)
        return cls([base64.b64decode(page) for page in read["pages"]], read["refused"], read["facts"])


def redrawn(content: bytes) -> list[bytes]:
    """The pages of a PDF, or a picture as the only one, as JPEG. One document at a time; raises DocumentRefused."""
    if len(content) > MOST_FILE_BYTES:
        raise DocumentRefused("document_too_large", most=MOST_FILE_BYTES // 2**20)
    try:
        with _turn:
            made = Redrawn.from_json(confined("app.applications.drawing", content, BOUNDS))
    except Ended:
        raise DocumentRefused("document_unreadable") from None
    if made.refused:
        raise DocumentRefused(made.refused, **made.facts)
    return made.pages
