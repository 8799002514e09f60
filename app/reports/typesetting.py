"""From data to PDF with Typst: the templates of config/reports, Inter, and nothing else of this machine."""

from __future__ import annotations

import io
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


class FontsMissing(Exception):
    """Inter is not where the set-up puts it: papers would come out in a face without Kazakh letters."""


def typeset(template: str, data: Any, at: datetime, files: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF that ``template`` (a name, such as ``protocol``) makes of ``data``. Raises FontsMissing.

    Templates and data are handed over as contents, by name; the folder Typst may read from is the one that holds
    the templates. Text in ``data`` is only ever text, never markup. ``at`` is the instant the PDF says it was made.
    """
    contents = {file.name: file.read_bytes() for file in TEMPLATES.glob("*.typ")}
    sources: Any = {
        **contents,
        "main.typ": contents[f"{template}.typ"],
        "data.json": orjson.dumps(data),
        **(files or {}),
    }
    compiler = typst.Compiler(
        root=TEMPLATES, font_paths=_fonts(), package_path=TEMPLATES, package_cache_path=TEMPLATES
    )
    made = compiler.compile(sources, format="pdf", timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)
    return made


def qr(text: str) -> str:
    """A QR code as SVG; Typst scales it without loss."""
    drawn = io.BytesIO()
    segno.make(text, error=QR_ERROR_LEVEL, micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
    if FAMILY not in fonts.families():
        raise FontsMissing(str(FONTS))
    return fonts
