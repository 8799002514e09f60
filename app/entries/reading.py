"""The process that reads a spreadsheet: ``python -m app.entries.reading``, confined.

It is given ``{"path", "divisions", "said"}`` and answers with the preview as JSON.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from ..confining import answer_within
from .importing import preview


def read(order: bytes) -> bytes:
    wanted = orjson.loads(order)
    content = Path(wanted["path"]).read_bytes()
    return orjson.dumps(preview(content, wanted["divisions"], wanted["said"]).to_json())


if __name__ == "__main__":
    answer_within(read)
