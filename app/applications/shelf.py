"""Where the pages of documents lie: files in DATA/documents by SHA-256, gone as soon as no application names them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import structlog

from ..eventlog.fold import State
from ..settings import write_private
from .state import Applications, Document

log = structlog.get_logger()


class Shelf:
    """The documents of all competitions. ``follow`` and ``tidy`` take away what was forgotten."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, Mapping[str, Document]] = {}

    def keep(self, pages: Sequence[bytes]) -> list[str]:
        """Put pages away; their digests."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        digests = [hashlib.sha256(page).hexdigest() for page in pages]
        for digest, page in zip(digests, pages, strict=True):
            write_private(page_path(self._folder, digest), page)
        return digests

    def drop(self, digests: Iterable[str], states: Iterable[State]) -> None:
        """Take away pages that no application names."""
        for digest in set(digests) - named_pages(states):
            page_path(self._folder, digest).unlink(missing_ok=True)

    def follow(self, state: State, states: Iterable[State]) -> None:
        """Take away what a competition's applications no longer name. Costs nothing where that did not change."""
        now = state[Applications].documents
        before = self._seen.get(state.chain, now)
        self._seen[state.chain] = now
        if before is now:
            return
        try:
            self.drop(pages_of(before) - pages_of(now), states)
        except OSError as failure:
            # What is left is taken away at the next start; nobody waits for it.
            log.error("documents_not_deleted", chain=state.chain, reason=str(failure))

    def tidy(self, states: Iterable[State]) -> None:
        """Take away everything that is named nowhere: what a server left that stopped in between."""
        states = list(states)
        for state in states:
            self._seen[state.chain] = state[Applications].documents
        named = {page_path(self._folder, digest) for digest in named_pages(states)}
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path not in named:
                path.unlink()


def page_path(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.jpg"


def pages_of(documents: Mapping[str, Document]) -> set[str]:
    """The digests of all pages of documents."""
    return {page for document in documents.values() for page in document.pages}


def named_pages(states: Iterable[State]) -> set[str]:
    """The digests of all pages that applications name."""
    return {page for state in states for page in pages_of(state[Applications].documents)}
