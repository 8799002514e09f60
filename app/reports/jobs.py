"""The worker's share of papers: setting hundreds of them, as one PDF or a ZIP of one each."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import structlog

from ..jobs import huey
from ..settings import write_private
from .typesetting import typeset

log = structlog.get_logger()

FAILED = ".failed"


@huey.task()  # type: ignore[untyped-decorator]
def set_papers(order: str) -> None:
    """Set the papers an order (a JSON file) asks for; the result lies beside it, or a file that says it failed.

    An order that is deleted meanwhile is taken back, because somebody in it was erased: nothing comes of it.
    """
    path = Path(order)
    if not path.exists():
        return
    try:
        wanted = orjson.loads(path.read_bytes())
        made = as_zip(wanted) if wanted["format"] == "zip" else as_pdf(wanted)
        result = path.with_suffix("." + wanted["format"])
        write_private(result, made)
    except Exception:
        log.exception("papers_not_set", order=path.name)
        result = path.with_suffix(FAILED)
        result.touch()
    if not path.exists():
        result.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def as_pdf(wanted: dict[str, Any]) -> bytes:
    """All papers in one PDF, a page each."""
    return typeset("diploma", wanted["data"], datetime.now(UTC), _pictures(wanted))


def as_zip(wanted: dict[str, Any]) -> bytes:
    """A PDF for each paper, named by its number."""
    written, data = io.BytesIO(), wanted["data"]
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in data["papers"]:
            one = {**wanted, "data": {**data, "papers": [page]}}
            archive.writestr(f"{page['number']}.pdf", as_pdf(one))
    return written.getvalue()


def _pictures(wanted: dict[str, Any]) -> dict[str, bytes]:
    background = wanted.get("background")
    return {"background.jpg": Path(background).read_bytes()} if background else {}
