"""The worker's share of an import: reading the spreadsheet, which may take seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog

from ..jobs import huey
from .importing import Preview, preview

log = structlog.get_logger()


@huey.task()  # type: ignore[untyped-decorator]
def read_upload(path: str, divisions: dict[str, list[str]]) -> dict[str, Any]:
    """Read an uploaded file; what an import of it would bring, as JSON. Kept by the queue until it is fetched.

    The page waits for an answer, so a mistake of ours is one too.
    """
    try:
        return preview(Path(path).read_bytes(), divisions).to_json()
    except Exception:
        log.exception("upload_not_read", upload=Path(path).name)
        return Preview(refused="file_reading_failed").to_json()
