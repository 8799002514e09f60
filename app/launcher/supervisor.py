"""Keeps children running: starts them in order, starts crashed ones again with a back-off, ends them in reverse."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from .children import Child
from .interrupts import Interrupts

FIRST_BACK_OFF_S = 0.5
LONGEST_BACK_OFF_S = 30.0
STEADY_AFTER_S = 60.0
PATIENCE_S = 5.0
TICK_S = 0.5
POLL_S = 0.05
HURRIED_AFTER_S = 0.5


class Supervisor:
    """Children that run until ``end_all``; ``say`` is told, in sentences, whatever a person should know."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._children: list[Child] = []
        self._back_off_s: dict[str, float] = {}
        self._due_at_s: dict[str, float] = {}

    def start(self, child: Child) -> None:
        self._children.append(child)
        child.start()

    def watch(self, interrupts: Interrupts) -> str:
        """Keep all of them running until there is a reason to stop, which is returned."""
        while True:
            reason = interrupts.wait(TICK_S)
            if reason is not None:
                return reason
            self.revive()

    def revive(self) -> None:
        """Look after every child once: note those that ended, start again those whose waiting time is over."""
        now_s = time.monotonic()
        for child in self._children:
            if child.name in self._due_at_s:
                if now_s >= self._due_at_s[child.name]:
                    del self._due_at_s[child.name]
                    child.start()
                continue
            code = child.exit_code()
            if code is not None:
                self._plan_restart(child, code, now_s)

    def end_all(self, interrupts: Interrupts | None = None, patience_s: float = PATIENCE_S) -> None:
        """End all children, the last started first. One that takes too long is killed, and so after a second Ctrl-C."""
        began_at_s = time.monotonic()
        for child in reversed(self._children):
            child.ask_to_end()
            until_s = time.monotonic() + patience_s
            while not child.ended_within(POLL_S):
                if time.monotonic() > until_s or _is_hurried(interrupts, began_at_s):
                    self._say(f"{child.name} does not end by itself; killing it.")
                    child.kill()
                    child.ended_within(PATIENCE_S)
                    break
        self._children.clear()

    def _plan_restart(self, child: Child, code: int, now_s: float) -> None:
        if now_s - child.started_at_s > STEADY_AFTER_S:
            self._back_off_s.pop(child.name, None)
        wait_s = self._back_off_s.get(child.name, FIRST_BACK_OFF_S)
        self._back_off_s[child.name] = min(wait_s * 2, LONGEST_BACK_OFF_S)
        self._due_at_s[child.name] = now_s + wait_s
        self._say(
            f"{child.name} {how_it_ended(code)}; starting it again in {wait_s:g} s. Its log: {child.log}"
        )


def how_it_ended(code: int) -> str:
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def _is_hurried(interrupts: Interrupts | None, began_at_s: float) -> bool:
    """Whether Ctrl-C was pressed again: one that comes at once is the first one, passed on by make."""
    pressed = interrupts is not None and interrupts.wait(0) == "SIGINT"
    return pressed and time.monotonic() - began_at_s > HURRIED_AFTER_S
