"""The model itself: tablets, the network, the server and its second place; more rules: `judging`, `losing`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import gevent
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app import create_app
from app.eventlog import queries
from app.eventlog.verifying import verify
from app.matches.state import Matches
from app.runs.state import Runs
from app.settings import Settings
from app.states import open_state
from app.wiring import start
from tests.app.conftest import tokens

from .checks import by_id, check_acknowledged, check_effects, check_no_silent_conflict, check_order
from .tablet import Receipt, Tablet

CHAIN = "c/demo"
SENDS_BETWEEN_STARTS = 3
"""Opening the server takes longer than all else: it is restarted only after there was something to lose."""
FATES = ("arrives", "arrives", "arrives", "lost", "answer lost", "twice", "late")
WHO = st.integers(0, 3)


class Hall(RuleBasedStateMachine):
    """Two tablets of field A's judge, one of field B's, and a referee's, beside one server with a second place."""

    steps: Counter[str]

    def fresh(self) -> Path:
        """A data folder with the hall's competition, as yet unplayed."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.folder = self.fresh()
        self.stick = self.folder.with_suffix(".stick")
        self.app: Flask = create_app(Settings(data=self.folder, backup=self.stick))
        self.plain_wsgi = self.app.wsgi_app
        self.stack = ExitStack()
        self.restored = 0
        self.open()
        told = {
            account["role"] + "".join(account["fields"]): account for account in tokens(self.app)["accounts"]
        }
        self.tablets = [
            self._tablet("first", told["judgeA"], ("A",)),
            self._tablet("second", told["judgeA"], ("A",)),
            self._tablet("third", told["judgeB"], ("B",)),
            self._tablet("referee", told["referee"], ("A", "B")),
        ]
        self.on_the_way: list[tuple[Tablet, list[dict[str, Any]], int]] = []
        for tablet in self.tablets:
            self.look_at(tablet)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        self.look_at(self.tablets[who])

    @rule(who=WHO, fate=st.sampled_from(FATES))
    def send(self, who: int, fate: str) -> None:
        self.send_from(self.tablets[who], fate)

    @rule(fates=st.tuples(*[st.sampled_from(FATES)] * 4))
    def send_at_once(self, fates: tuple[str, ...]) -> None:
        """Everybody's batch in the same moment, so that they share a commit."""
        sending = [gevent.spawn(self.send_from, *pair) for pair in zip(self.tablets, fates, strict=True)]
        gevent.joinall(sending, timeout=30, raise_error=True)

    @rule()
    def the_late_ones_arrive(self) -> None:
        """Requests that were given up long ago, and sent again since, reach the server after all."""
        while self.on_the_way:
            self.post(*self.on_the_way.pop())

    @invariant()
    def count(self) -> None:
        self.steps["steps"] += 1

    @invariant()
    def nothing_acknowledged_is_missing(self) -> None:
        if not hasattr(self, "tablets"):
            return
        state = self.app.extensions["pipeline"].state(CHAIN)
        check_acknowledged(self.tablets, self.epoch, state[Runs], state[Matches])

    def teardown(self) -> None:
        if not hasattr(self, "tablets"):
            return
        with self.stack:
            self.the_late_ones_arrive()
            for tablet in self.tablets:
                self.look_at(tablet)
                for _try in range(2 * len(tablet.made) + 1):
                    self.send_from(tablet, "arrives")
                assert tablet.batch() == [], "the server answers no more"
            self.nothing_acknowledged_is_missing()
            self._check_log()

    def _check_log(self) -> None:
        engine = self.app.extensions["engine"]
        assert verify(engine)["ok"]
        with engine.connect() as connection:
            entries = [link.entry for link in queries.links(connection, CHAIN)]
            again = open_state(connection, CHAIN)
        now = self.app.extensions["pipeline"].state(CHAIN)
        assert again[Runs].by_id == now[Runs].by_id
        assert again[Matches].by_id == now[Matches].by_id
        assert again[Matches].queues == now[Matches].queues
        check_effects(self.tablets, entries, self.restored)
        check_no_silent_conflict(self.tablets, entries)
        for tablet in self.tablets:
            check_order(tablet, self.tablets, entries)
        self._count_answers()

    def _count_answers(self) -> None:
        for tablet in self.tablets:
            for one in tablet.made:
                status = one.receipt["status"] if one.receipt else "waits for a person"
                self.steps[status] += 1
                self.steps[f"{one.type} {status}"] += 1
                self.steps["handed in"] += one.author is not None and one.is_accepted
                self.steps["offered again"] += bool(one.earlier)
                if one.receipt is None:
                    assert any(
                        other.needs_person and other.target == one.target
                        for others in by_id([tablet]).values()
                        for other in others
                    ), "left unsent though nothing is in its way"

    def send_from(self, tablet: Tablet, fate: str) -> None:
        sent = tablet.batch()
        if not sent:
            return
        self.steps[fate] += 1
        self.sends += 1
        for made in sent:
            made.tries += 1
        bodies, epoch = [made.body for made in sent], tablet.epoch
        if fate == "late":
            # It is answered long after the tablet has given up waiting.
            self.on_the_way.append((tablet, deepcopy(bodies), epoch))
            return
        if fate == "lost":
            return
        receipts = self.post(tablet, bodies, epoch)
        if fate == "twice":
            assert self.post(tablet, bodies, epoch) == receipts
        if receipts is not None and fate != "answer lost":
            tablet.take(sent, receipts)

    def post(self, tablet: Tablet, bodies: list[dict[str, Any]], epoch: int) -> list[Receipt] | None:
        """Send commands to a server taken to be in this epoch; None where it stored nothing."""
        sent = {"commands": bodies, "epoch": epoch}
        answer = self.app.test_client().post("/api/v1/commands", json=sent, headers=tablet.headers)
        if answer.status_code == 409:
            self.steps["told of the epoch"] += 1
            if tablet.epoch < self.epoch:
                tablet.offer_again(self.epoch)
            return None
        if answer.status_code == 503:
            return None
        assert answer.status_code == 200, answer.text
        receipts: list[Receipt] = answer.get_json()["receipts"]
        return receipts

    def look_at(self, tablet: Tablet) -> None:
        """A tablet hears its queues, and in which epoch the server is."""
        for on in tablet.fields:
            answer = self.app.test_client().get(
                f"/api/v1/live/{CHAIN}/field/{on}/judging", headers=tablet.headers
            )
            told = answer.get_json()
            tablet.seen[on] = {name: told["data"][name] for name in ("runs", "matches")}
            if told["epoch"] > tablet.epoch:
                tablet.offer_again(told["epoch"])

    @property
    def epoch(self) -> int:
        epoch: int = self.app.extensions["pipeline"].epoch
        return epoch

    def open(self) -> None:
        """Start the server on what is in its folder, and wait for the first full copy in its second place."""
        self.sends = 0
        self.app.wsgi_app = self.plain_wsgi  # type: ignore[method-assign]
        start(self.app)
        self.stack.callback(self._close)
        shipper = self.app.extensions["shipper"]
        while shipper.last_full_utc is None:
            gevent.sleep(0.001)

    def close(self) -> None:
        self.stack.close()

    def _close(self) -> None:
        shipper = self.app.extensions["shipper"]
        shipper.close()
        shipper._threads.kill()
        self.app.extensions["pipeline"].close()
        self.app.extensions["engine"].dispose()

    def _tablet(self, name: str, account: dict[str, Any], fields: tuple[str, ...]) -> Tablet:
        return Tablet(name, account["account"], {"Authorization": f"Bearer {account['token']}"}, fields)

    def on(self, who: int, on: str, act: Callable[[Tablet, str], object]) -> None:
        """Have a tablet do something on one of its fields: the one asked for, if it is one of them."""
        tablet = self.tablets[who]
        act(tablet, on if on in tablet.fields else tablet.fields[0])
