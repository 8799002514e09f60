"""From data to PDF with Typst: the templates of config/reports, Inter, and nothing else of this machine."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import segno
import typst

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "config" / "reports"
FONTS = ROOT / "node_modules" / "@expo-google-fonts" / "inter"
FAMILY = "Inter"
QR_ERROR_LEVEL = "m"
QR_MASK = 3


class FontsMissing(Exception):
    """Inter is not where the set-up puts it: papers would come out in a face without Kazakh letters."""


def typeset(template: str, data: Any, at: datetime, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF that ``template`` (a name, such as ``protocol``) makes of ``data``. Raises FontsMissing.

    Templates and data are handed over as contents, by name. The one folder Typst may read from is made for the
    occasion and holds ``files`` (pictures, by name) alone. Text in ``data`` is only ever text, never markup. ``at``
    is the instant the PDF says it was made.
    """
    contents = {file.name: file.read_bytes() for file in TEMPLATES.glob("*.typ")}
    sources: Any = {
        **contents,
        "main.typ": contents[f"{template}.typ"],
        "data.json": orjson.dumps(data),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (files or {}).items():
            (Path(folder) / name).write_bytes(content)
        compiler = typst.Compiler(
            root=folder, font_paths=fonts(), package_path=folder, package_cache_path=folder
        )
        made = compiler.compile(sources, format="pdf", timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)
    return made


def qr(text: str) -> str:
    """A QR code as SVG; Typst scales it without loss. Any mask can be read; trying all eight takes much longer."""
    drawn = io.BytesIO()
    segno.make(text, error=QR_ERROR_LEVEL, micro=False, mask=QR_MASK).save(
        drawn, kind="svg", border=0, xmldecl=False
    )
    return drawn.getvalue().decode()


@cache
def fonts() -> typst.Fonts:
    """Inter as the set-up brought it. Raises FontsMissing."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
    if FAMILY not in found.families():
        raise FontsMissing(str(FONTS))
    return found
