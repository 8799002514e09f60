"""The worker's share of an import: having the spreadsheet read, which may take seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from ..confining import Bounds, Ended, confined
from ..jobs import give_answer, huey
from .importing import Preview

BOUNDS = Bounds(memory_bytes=1536 * 1024 * 1024, cpu_s=60)
"""The largest spreadsheet that is taken needs about a third of either."""
NOT_READ = Preview(refused="file_reading_failed").to_json()
"""The answer where there is none."""


@huey.task(context=True)  # type: ignore[untyped-decorator]
def read_upload(
    path: str, divisions: dict[str, list[str]], said: dict[str, str] | None = None, *, task: Any
) -> None:
    """Read an uploaded file; beside it comes what an import of it would bring.

    The page waits for an answer, so a file that nothing can read is one too.
    """
    order = orjson.dumps({"path": path, "divisions": divisions, "said": said})
    try:
        answer = orjson.loads(confined("app.entries.reading", order, BOUNDS))
    except Ended:
        answer = NOT_READ
    give_answer(Path(path), task.id, answer)
