"""``make bench``: prints one JSON line a figure, and nothing else, on standard output; ONLY= picks them by prefix."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TextIO

import orjson

from .figures import Figure, is_asked_for

HERE = Path(__file__).parent


def main(only: str = os.environ.get("ONLY", "")) -> int:
    """Measure what is asked for. 0 though goals are missed; 1 if something could not be measured at all."""
    failed = False
    with figures_only() as out:
        for module in chosen(modules(), only):
            try:
                for figure in module.figures(only):
                    if figure["name"].startswith(only):
                        print_line(out, figure)
            except Exception:
                traceback.print_exc()
                failed = True
    return 1 if failed else 0


def modules() -> list[ModuleType]:
    """Every ``bench_*.py`` of this folder, by name."""
    return [importlib.import_module(f"{__package__}.{file.stem}") for file in sorted(HERE.glob("bench_*.py"))]


def chosen(candidates: Sequence[ModuleType], only: str) -> list[ModuleType]:
    """Those that can give a figure whose name starts with ``only``: NAMES says with what theirs start."""
    return [module for module in candidates if is_asked_for(only, *module.NAMES)]


def print_line(out: TextIO, figure: Figure) -> None:
    out.write(orjson.dumps(figure).decode() + "\n")
    out.flush()


@contextlib.contextmanager
def figures_only() -> Iterator[TextIO]:
    """The real standard output; whatever else writes to it, child processes included, goes to standard error."""
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(kept, "w") as out:
            yield out
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
