"""Files that were uploaded for the worker to read: kept for a day under a random name, with the job that reads them.

Those of a competition are named after it, so that they are deleted where somebody of it is erased.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from flask import abort, current_app

from ..jobs import answer_to, has_died

SAID = ".said"
"""The ending of the file beside an upload that holds what a person said of it."""
MENDS = ".mends"
"""The ending of the one that holds which mends a person chose."""
NAME = re.compile(r"^[0-9a-f]{32}$")


def keep_upload(file: Any, read: Callable[[str], Any], slug: str | None = None) -> str:
    """Keep a file of a form and let ``read`` (a task, given the path) have it read; the name to ask for it by."""
    name = secrets.token_hex(16)
    path = upload_path(name, slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(path)
    read_upload_by(name, read, slug)
    return name


def read_upload_by(name: str, read: Callable[[str], Any], slug: str | None = None) -> None:
    """Have an upload read, or read once more in another way."""
    path = upload_path(name, slug)
    if not path.exists():
        abort(404)
    path.with_suffix(".job").write_text(read(str(path)).id)


def upload_path(name: str, slug: str | None = None) -> Path:
    """404 where that can be no upload's name."""
    if not NAME.match(name):
        abort(404)
    uploads: Path = current_app.extensions["settings"].uploads
    return uploads / (f"{slug}-{name}" if slug else name)


def what_was_read(name: str, not_read: dict[str, Any], slug: str | None = None) -> dict[str, Any] | None:
    """What the worker read, ``not_read`` if it died of it; None while it reads. 404 where there was no such upload."""
    path = upload_path(name, slug)
    job = path.with_suffix(".job")
    if not job.exists():
        abort(404)
    died, answer = has_died(job.read_text()), answer_to(path, job.read_text())
    if answer.exists():
        read: dict[str, Any] = orjson.loads(answer.read_bytes())
        return read
    return not_read if died else None


def drop_upload(name: str, slug: str | None = None) -> None:
    """Forget an upload that is needed no longer, and all that was read of it."""
    path = upload_path(name, slug)
    path.unlink(missing_ok=True)
    for beside in path.parent.glob(f"{path.name}.*"):
        beside.unlink(missing_ok=True)
