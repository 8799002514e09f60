"""The built front end: which files an entry of the Vite build needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

BUILD = Path(__file__).parent / "static" / "build"
MANIFEST = BUILD / "manifest.json"
URL = "/static/build/"


@dataclass(frozen=True, slots=True)
class Assets:
    """URLs of an entry's script and of every style sheet it needs."""

    script: str
    styles: tuple[str, ...]


@cache
def assets(entry: str) -> Assets:
    """The assets of a build entry (``judge``, ``screen``, ``desk``). Raises KeyError if it was not built."""
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    chunk_name = next(
        name for name, chunk in manifest.items() if chunk.get("isEntry") and chunk.get("name") == entry
    )
    styles: dict[str, None] = {}
    _collect(manifest, chunk_name, styles, set())
    return Assets(URL + manifest[chunk_name]["file"], tuple(URL + style for style in styles))


def _collect(manifest: dict[str, Any], name: str, styles: dict[str, None], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    chunk = manifest[name]
    for imported in chunk.get("imports", ()):
        _collect(manifest, imported, styles, seen)
    styles.update(dict.fromkeys(chunk.get("css", ())))
