"""The plan somebody is working on, before it is given to the runs: a file beside the database, rebuilt at any time.

``{"version", "placed": {activity: {"start", "resources"}}, "said"}``; a draft says nothing of what there is to place,
which is read from the competition each time. ``said`` is what the solver told of it.
"""

from __future__ import annotations

from typing import Any

import orjson

from ..settings import Settings, write_private

Placed = dict[str, dict[str, Any]]


NOTHING: dict[str, Any] = {"version": 0, "placed": None, "said": {}}


class DraftMoved(Exception):
    """Somebody else changed the draft since it was looked at."""


class Draft:
    """A competition's draft."""

    def __init__(self, settings: Settings, slug: str) -> None:
        self._path = settings.plans / f"{slug}.json"

    @property
    def version(self) -> int:
        return int(self._read()["version"])

    @property
    def placed(self) -> Placed | None:
        """None where nobody works on one."""
        placed: Placed | None = self._read()["placed"]
        return placed

    @property
    def said(self) -> dict[str, Any]:
        """``status``, ``bound``, ``short`` of the solver's newest answer, and what was ``closed``; empty before."""
        said: dict[str, Any] = self._read()["said"]
        return said

    def keep(self, placed: Placed, version: int | None = None) -> None:
        """Raises DraftMoved where ``version`` is given and not the draft's own."""
        before = self._read()
        if version is not None and version != before["version"]:
            raise DraftMoved
        self._write(before | {"version": before["version"] + 1, "placed": placed})

    def say(self, said: dict[str, Any]) -> None:
        self._write(self._read() | {"said": said})

    def drop(self) -> None:
        self._write(NOTHING | {"version": self.version + 1})

    def _read(self) -> dict[str, Any]:
        if not self._path.exists():
            return NOTHING
        read: dict[str, Any] = orjson.loads(self._path.read_bytes())
        return read

    def _write(self, content: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_private(self._path, orjson.dumps(content))
