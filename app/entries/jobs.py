"""The worker's share of an import: reading the spreadsheet, which may take seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..jobs import huey
from .importing import preview


@huey.task()  # type: ignore[untyped-decorator]
def read_upload(path: str, divisions: dict[str, list[str]]) -> dict[str, Any]:
    """Read an uploaded file; what an import of it would bring, as JSON. Kept by the queue until it is fetched."""
    return preview(Path(path).read_bytes(), divisions).to_json()
