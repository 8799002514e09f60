"""Steps of the set-up that are done again only when what they read has changed or what they make is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """One step: ``inputs`` are files or folders it reads, ``outputs`` what must exist once it is done."""

    name: str
    title: str
    inputs: Sequence[Path]
    outputs: Sequence[Path]
    action: Callable[[], None]
    also: str = ""  # what else it depends on, such as a version


def digest_of(step: Step) -> str:
    """Names and contents of every input file, and ``also``, as one SHA-256."""
    digest = hashlib.sha256(step.also.encode())
    for file in _files(step.inputs):
        digest.update(f"\0{file}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(step: Step, stamps: Path) -> bool:
    stamp = stamps / step.name
    if not stamp.is_file() or not all(output.exists() for output in step.outputs):
        return False
    return stamp.read_text() == digest_of(step)


def do(step: Step, stamps: Path) -> bool:
    """Do the step unless it is done; whether it was. An action that raises leaves no stamp."""
    if is_done(step, stamps):
        return False
    stamp = stamps / step.name
    stamp.unlink(missing_ok=True)
    digest = digest_of(step)  # before the action: an input edited meanwhile makes the step due again
    step.action()
    stamps.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return True


def _files(inputs: Sequence[Path]) -> Iterator[Path]:
    for path in inputs:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and _is_source(file))
        elif path.is_file():
            yield path


def _is_source(file: Path) -> bool:
    return file.suffix not in {".mo", ".pyc"} and not {"catalogue", "__pycache__"} & set(file.parts)
