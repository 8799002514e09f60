"""Files beside the database that hold names for a while: lists that were uploaded, papers that were set, plan orders.

They can be made again at any time, so they are kept for a day, and not beyond the moment somebody is erased.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import structlog

from .erasing.state import Written
from .eventlog.fold import State
from .settings import Settings

log = structlog.get_logger()

KEPT_FOR_S = 24 * 3600
SWEEP_EVERY_S = 600

_NAMED = re.compile(r"(?:(?P<slug>.+)[-.])?[0-9a-f]{16,32}(?:\..+)?")
"""What such files are called: the competition's slug, a random name, an ending. Without a slug: an archive."""


def forget_old(settings: Settings) -> None:
    """Delete what is older than a day."""
    oldest_s = time.time() - KEPT_FOR_S
    _delete(file for file in _files(settings) if _changed_s(file) < oldest_s)


def forget_of(settings: Settings, slug: str) -> None:
    """Delete what there is of a competition, and archives, of which nobody knows yet whom they name.

    Orders go before what was made of them: so the worker knows that nobody wants it any more.
    """
    theirs = [file for file in _files(settings) if _slug_of(file) in (slug, None)]
    _delete(sorted(theirs, key=lambda file: file.suffix not in ("", ".json", ".order")))
    _delete(file for file in _files(settings) if _slug_of(file) in (slug, None))


class Forgetting:
    """Notices where somebody was erased, and deletes what may still hold the name."""

    def __init__(self, settings: Settings, states: Iterable[State]) -> None:
        self._settings = settings
        self._seen = {state.chain: state[Written].erased_at for state in states}

    def look(self, state: State) -> None:
        """Called after each commit, before anybody learns of it."""
        erased_at = state[Written].erased_at
        if erased_at <= self._seen.get(state.chain, 0):
            return
        self._seen[state.chain] = erased_at
        try:
            forget_of(self._settings, state.chain.removeprefix("c/"))
        except OSError as failure:
            log.error("leftovers_not_deleted", chain=state.chain, reason=str(failure))


def _files(settings: Settings) -> Iterator[Path]:
    for folder in (settings.uploads, settings.papers, settings.plan_work):
        if folder.is_dir():
            yield from (file for file in folder.iterdir() if file.is_file())


def _slug_of(file: Path) -> str | None:
    named = _NAMED.fullmatch(file.name)
    return named["slug"] if named else None


def _changed_s(file: Path) -> float:
    """When it was written; never where another process has just deleted it."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)
