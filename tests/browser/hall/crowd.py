"""Crowds of judges' tablets that a test drives alike: threads of Node with the tablet's own code, or Chromium pages.

Each tablet of a crowd is told by its place in it; what is asked of several goes to all of them before any is awaited.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, Page, expect

from tests.serving import ROOT, Serving

from ..tablets import PORTRAIT, all_sent, confirm, enter_by_hand

Scores = Mapping[int, Mapping[str, float]]
"""By tablet: the time of each run it confirms."""
OUTBOX = """() => new Promise((resolve) => {
    const opening = indexedDB.open('baige-judge');
    opening.onsuccess = () => {
        const reading = opening.result.transaction('outbox').objectStore('outbox').getAll();
        reading.onsuccess = () => (opening.result.close(), resolve(reading.result));
    };
})"""
SHOWN = """() => [...document.querySelectorAll('[data-testid=queue-row]')].map((row) => row.dataset.run)"""


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge of one field, and their PIN as the desk showed it once."""

    account: str
    pin: str
    field: str


class Crowd(Protocol):
    def sign_in(self, judges: Sequence[Judge]) -> None:
        """Everybody signs in with a PIN, and sees the queue of their field."""

    def network(self, at: Sequence[int], *, on: bool) -> None:
        """Pull the network of some tablets, or give it back."""

    def score(self, scores: Scores) -> None:
        """Confirm runs; each is kept on its tablet when this returns."""

    def await_sent(self) -> None:
        """Wait until no tablet has anything unsent."""

    def outbox(self, at: int) -> list[dict[str, Any]]:
        """Everything a tablet keeps of its commands."""

    def shown(self, at: int) -> list[str]:
        """The runs a tablet shows, by id."""


class Pages:
    """Real Chromium pages, each in a profile of its own, used by its buttons; one is done after the other."""

    def __init__(self, browser: Browser, server: Serving, count: int) -> None:
        self._server = server
        self._pages = [
            browser.new_context(viewport=PORTRAIT, has_touch=True).new_page() for _ in range(count)
        ]

    def sign_in(self, judges: Sequence[Judge]) -> None:
        for page, judge in zip(self._pages, judges, strict=True):
            page.goto(f"{self._server.url}/judge/?lang=kk")
            page.get_by_test_id(f"account-{judge.account}").click()
            for digit in judge.pin:
                page.get_by_test_id(f"pin-key-{digit}").click()
            expect(page.get_by_test_id("queue-row").first).to_be_visible()
            # Its sheet can be drawn without a network from now on.
            page.get_by_test_id("run-open").first.click()
            page.get_by_test_id("back").click()

    def network(self, at: Sequence[int], *, on: bool) -> None:
        for one in at:
            self._pages[one].context.set_offline(not on)

    def score(self, scores: Scores) -> None:
        for at, runs in scores.items():
            for run, seconds in runs.items():
                self._confirm(self._pages[at], run, seconds)

    def await_sent(self) -> None:
        for page in self._pages:
            all_sent(page, 120_000)

    def outbox(self, at: int) -> list[dict[str, Any]]:
        kept: list[dict[str, Any]] = self._pages[at].evaluate(OUTBOX)
        return kept

    def shown(self, at: int) -> list[str]:
        runs: list[str] = self._pages[at].evaluate(SHOWN)
        return runs

    def close(self) -> None:
        for page in self._pages:
            page.context.close()

    def _confirm(self, page: Page, run: str, seconds: float) -> None:
        page.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
        enter_by_hand(page, str(seconds))
        confirm(page)


class Together:
    """Two crowds as one: those of the first have the first places."""

    def __init__(self, first: Crowd, count: int, second: Crowd) -> None:
        self._first, self._count, self._second = first, count, second

    def sign_in(self, judges: Sequence[Judge]) -> None:
        self._first.sign_in(judges[: self._count])
        self._second.sign_in(judges[self._count :])

    def network(self, at: Sequence[int], *, on: bool) -> None:
        self._second.network([one - self._count for one in at if one >= self._count], on=on)
        self._first.network([one for one in at if one < self._count], on=on)

    def score(self, scores: Scores) -> None:
        self._first.score({at: runs for at, runs in scores.items() if at < self._count})
        self._second.score({at - self._count: runs for at, runs in scores.items() if at >= self._count})

    def await_sent(self) -> None:
        self._second.await_sent()
        self._first.await_sent()

    def outbox(self, at: int) -> list[dict[str, Any]]:
        return self._first.outbox(at) if at < self._count else self._second.outbox(at - self._count)

    def shown(self, at: int) -> list[str]:
        return self._first.shown(at) if at < self._count else self._second.shown(at - self._count)


class Threads:
    """Threads of one Node process; each runs the whole of the tablet's code but its pages."""

    def __init__(self, process: subprocess.Popen[str], count: int) -> None:
        self._process = process
        self._count = count

    @classmethod
    @contextmanager
    def running(cls, server: Serving, count: int, folder: Path) -> Iterator[Threads]:
        subprocess.run(
            ["node_modules/.bin/vite", "build", "--config", "tests/browser/hall/vite.config.ts"],
            cwd=ROOT, env=os.environ | {"OUT": str(folder)}, check=True, capture_output=True,
        )  # fmt: skip
        process = subprocess.Popen(
            ["node", str(folder / "hall.mjs"), server.url, str(count)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            yield cls(process, count)
        finally:
            process.kill()
            process.communicate()

    def sign_in(self, judges: Sequence[Judge]) -> None:
        self._ask(
            {at: {"do": "sign_in", "account": one.account, "pin": one.pin} for at, one in enumerate(judges)}
        )

    def network(self, at: Sequence[int], *, on: bool) -> None:
        self._ask({one: {"do": "network", "on": on} for one in at})

    def score(self, scores: Scores) -> None:
        self._ask({at: {"do": "score", "runs": runs} for at, runs in scores.items()})

    def await_sent(self) -> None:
        self._ask({at: {"do": "sent"} for at in range(self._count)})

    def outbox(self, at: int) -> list[dict[str, Any]]:
        kept: list[dict[str, Any]] = self.told(at)["outbox"]
        return kept

    def shown(self, at: int) -> list[str]:
        runs: list[str] = self.told(at)["runs"]
        return runs

    def told(self, at: int) -> dict[str, Any]:
        """What a tablet has: its outbox, the version of its queue, and every queue it was ever shown."""
        told: dict[str, Any] = self._ask({at: {"do": "tell"}})[at]
        assert told["wrong"] is None, told["wrong"]
        return told

    def _ask(self, orders: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
        """Give each tablet an order, and wait until all have followed theirs."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for order in orders.items():
            self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answers: dict[int, dict[str, Any]] = {}
        while len(answers) < len(orders):
            line = self._process.stdout.readline()
            assert line, "the threads ended"
            at, answer = json.loads(line)
            assert answer["ok"], (at, answer["why"])
            answers[at] = answer
        return answers
