"""The worker's share of an import: reading an archive, which may take seconds, for people to decide on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog

from ..jobs import give_answer, huey
from .contents import ArchiveRefused
from .taking_over import summary_of

log = structlog.get_logger()

NOT_READ = {"refused": "archive_reading_failed", "facts": {}}
"""The answer where there is none."""


@huey.task(context=True)  # type: ignore[untyped-decorator]
def read_archive(path: str, *, task: Any) -> None:
    """Beside an archive comes what it would bring, ``{"refused": None, …}``, or ``{"refused": code, "facts"}``.

    The page waits for an answer, so a mistake of ours is one too, and so is a library's panic, which is no Exception.
    """
    file = Path(path)
    give_answer(file, task.id, _answer(file))


def _answer(file: Path) -> dict[str, Any]:
    try:
        return {"refused": None, "facts": {}, **summary_of(file)}
    except ArchiveRefused as refusal:
        return {"refused": refusal.code, "facts": refusal.facts}
    except BaseException:
        log.exception("archive_not_read", upload=file.name)
        return NOT_READ
