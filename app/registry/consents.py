"""The texts people consent to: a version a folder in config/consents/, in Kazakh and in Russian."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "config" / "consents"
LANGUAGES = ("kk", "ru")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version; ``digest`` is the hex sha256 over both languages, which the log keeps with each consent."""

    version: str
    paragraphs: dict[str, list[str]]
    digest: str


@cache
def texts() -> dict[str, ConsentText]:
    """Every version by its name, oldest first."""
    return {folder.name: _read(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()}


def newest() -> ConsentText:
    return list(texts().values())[-1]


def _read(folder: Path) -> ConsentText:
    written = {code: (folder / f"{code}.txt").read_text("utf-8") for code in LANGUAGES}
    digest = hashlib.sha256("\0".join(written[code] for code in LANGUAGES).encode()).hexdigest()
    paragraphs = {
        code: [p.strip() for p in text.split("\n\n") if p.strip()] for code, text in written.items()
    }
    return ConsentText(folder.name, paragraphs, digest)
