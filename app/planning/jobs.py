"""The worker's share of plans and of match lists: a solver in a process of its own, which can be stopped any moment."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import structlog

from ..jobs import huey
from ..settings import write_private

log = structlog.get_logger()

ORDER, PROGRESS, ANSWER = ".order", ".progress", ".answer"
LOOK_S = 0.2
GRACE_S = 30.0
"""How long after its own limit a solver may still be at work before it is stopped."""


class Work:
    """What the worker is asked to do with a plan or a list, by its name: an order, word of how far it is, an answer.

    Each order has files of its own name, so that one that was taken back cannot answer for the next.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    @property
    def is_under_way(self) -> bool:
        order = self._order()
        return order is not None and not order.with_suffix(ANSWER).exists()

    @property
    def progress(self) -> dict[str, Any]:
        """``{"what", "part", "activities"}`` as the solver told last; empty before."""
        order = self._order()
        told = order.with_suffix(PROGRESS) if order else None
        read: dict[str, Any] = orjson.loads(told.read_bytes()) if told and told.exists() else {}
        return read

    def ask(self, order: dict[str, Any]) -> None:
        """``{"kind": "solve" | "push" | "repair" | "partners", "limit_s", "seed", …}``; see ``solving``."""
        self.cancel()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{self._name}.{secrets.token_hex(8)}{ORDER}"
        write_private(path, orjson.dumps(order))
        work(str(path))

    def cancel(self) -> None:
        for file in self._folder.glob(f"{self._name}.*"):
            file.unlink(missing_ok=True)

    def take_answer(self) -> dict[str, Any] | None:
        """What came of it, once; None while there is nothing."""
        answer = self.answer
        if answer is not None:
            self.cancel()
        return answer

    @property
    def answer(self) -> dict[str, Any] | None:
        """What came of it; None while there is nothing."""
        order = self._order()
        answer = order.with_suffix(ANSWER) if order else None
        if answer is None or not answer.exists():
            return None
        read: dict[str, Any] = orjson.loads(answer.read_bytes())
        return read

    def _order(self) -> Path | None:
        return next(self._folder.glob(f"{self._name}.*{ORDER}"), None)


@huey.task()  # type: ignore[untyped-decorator]
def work(order: str) -> None:
    """Have an order solved; its file taken away stops it."""
    path = Path(order)
    if not path.exists():
        return
    limit_s = orjson.loads(path.read_bytes())["limit_s"] + GRACE_S
    process = subprocess.Popen([sys.executable, "-m", "app.planning.solving", order])
    until_s = time.monotonic() + limit_s
    while process.poll() is None and path.exists() and time.monotonic() < until_s:
        time.sleep(LOOK_S)
    if process.poll() is None:
        process.terminate()
        process.wait()
    answer = path.with_suffix(ANSWER)
    if path.exists() and not answer.exists():
        log.error("plan_not_solved", order=path.name, exit=process.returncode)
        write_private(answer, orjson.dumps({"status": "failed"}))
