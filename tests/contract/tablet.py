"""The tablet's evaluator in a Node process, asked one line at a time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from scoring.model import Ruleset

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "tests" / "contract" / "evaluate_lines.ts"


def bundled(source: Path, into: Path) -> Path:
    """``source`` with all it imports as one module that Node runs, by the bundler the tablet is built with."""
    made = into / f"{source.stem}.mjs"
    bundler = ROOT / "node_modules" / ".bin" / "rolldown"
    subprocess.run(
        [bundler, str(source), "--file", str(made), "--format", "esm", "--platform", "node"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return made


class Tablet:
    """A running evaluator; ``load`` a ruleset, then ``evaluate`` sheets by it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    @classmethod
    @contextmanager
    def running(cls, module: Path) -> Iterator[Self]:
        process = subprocess.Popen(
            ["node", str(module)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            yield cls(process)
        finally:
            process.kill()
            process.communicate()

    def load(self, ruleset: Ruleset) -> None:
        self._send({"ruleset": ruleset.to_json()})

    def evaluate(self, sheet: Mapping[str, Any]) -> dict[str, Any]:
        """One sheet's evaluation."""
        return self.evaluate_all([sheet])[0]

    def evaluate_all(self, sheets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Many sheets' evaluations, asked together."""
        self._send({"sheets": sheets})
        assert self._process.stdout is not None
        answers: list[dict[str, Any]] = json.loads(self._process.stdout.readline(), parse_int=float)
        return answers

    def _send(self, line: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
