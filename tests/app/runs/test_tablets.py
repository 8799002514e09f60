"""Tablets, a lossy network, and a server that restarts and loses power, driven at random for thousands of steps.

Whatever happens: a confirmed command took effect exactly once, each field's in the order they were made, nothing
that was acknowledged is missing, and the log verifies.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import gevent
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.eventlog import queries
from app.eventlog.chain import Entry
from app.eventlog.verifying import verify
from app.runs.state import Runs
from app.states import open_state
from app.writer import Batch, NotStored
from tests.app.conftest import opened, tokens
from tests.app.runs.tablets import Made, Receipt, Tablet

CHAIN = "c/demo"
EXAMPLES, STEPS = 40, 80
SENDS_BETWEEN_STARTS = 3
"""Opening the server takes longer than all else: it is restarted only after there was something to lose."""
EFFECT = {"EnterScore": "ScoreEntered", "CorrectScore": "ScoreCorrected"}
FATES = ("arrives", "arrives", "arrives", "lost", "answer lost", "twice", "late")
WHO = st.integers(0, 3)
AT = st.integers(0, 3)
FIELD = st.sampled_from("AB")


class Hall(RuleBasedStateMachine):
    """Two tablets of field A's judge, one of field B's, and a referee's, beside one server."""

    steps: Counter[str]

    def fresh(self) -> Path:
        """A data folder with the demo competition, as yet unplayed."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.folder = self.fresh()
        self.stack = ExitStack()
        self._open()
        told = {
            account["role"] + "".join(account["fields"]): account for account in tokens(self.app)["accounts"]
        }
        headers = {name: {"Authorization": f"Bearer {one['token']}"} for name, one in told.items()}
        self.tablets = [
            Tablet("first", headers["judgeA"], ("A",)),
            Tablet("second", headers["judgeA"], ("A",)),
            Tablet("third", headers["judgeB"], ("B",)),
            Tablet("referee", headers["referee"], ("A", "B")),
        ]
        self.on_the_way: list[tuple[Tablet, list[dict[str, Any]]]] = []
        for tablet in self.tablets:
            self._look(tablet)

    @rule(who=WHO, on=FIELD, at=AT)
    def enter(self, who: int, on: str, at: int) -> None:
        self._on(who, on, lambda tablet, field: tablet.enter(field, at))

    @rule(who=WHO, on=FIELD, at=AT)
    def correct(self, who: int, on: str, at: int) -> None:
        self._on(who, on, lambda tablet, field: tablet.correct(field, at))

    @rule(who=WHO, on=FIELD, at=AT, type_=st.sampled_from(("OpenRun", "CloseRun")))
    def order(self, who: int, on: str, at: int, type_: str) -> None:
        self._on(who, on, lambda tablet, field: tablet.order(type_, field, at))

    @rule(who=WHO)
    def look(self, who: int) -> None:
        self._look(self.tablets[who])

    @rule(who=WHO, fate=st.sampled_from(FATES))
    def send(self, who: int, fate: str) -> None:
        self._send(self.tablets[who], fate)

    @rule(fates=st.tuples(*[st.sampled_from(FATES)] * 4))
    def send_at_once(self, fates: tuple[str, ...]) -> None:
        """Everybody's batch in the same moment, so that they share a commit."""
        sending = [gevent.spawn(self._send, *pair) for pair in zip(self.tablets, fates, strict=True)]
        gevent.joinall(sending, timeout=30, raise_error=True)

    @rule()
    def the_late_ones_arrive(self) -> None:
        """Requests that were given up long ago, and sent again since, reach the server after all."""
        while self.on_the_way:
            self._post(*self.on_the_way.pop())

    @precondition(lambda self: self.sends >= SENDS_BETWEEN_STARTS)
    @rule()
    def restart(self) -> None:
        self.steps["restart"] += 1
        self.stack.close()
        self._open()

    @precondition(lambda self: self.sends >= SENDS_BETWEEN_STARTS)
    @rule(who=WHO, stored=st.booleans())
    def lose_power(self, who: int, stored: bool) -> None:
        """The server dies in the middle of a commit, just before or just after it is on the disk."""
        writer = self.app.extensions["pipeline"]._writer
        store = writer.store

        def dying(batch: Batch) -> None:
            if stored:
                store(batch)
            raise NotStored("no power")

        writer.store = dying
        self._send(self.tablets[who], "arrives")
        self.steps["power"] += 1
        self.stack.close()
        self._open()

    @invariant()
    def count(self) -> None:
        self.steps["steps"] += 1

    @invariant()
    def nothing_acknowledged_is_missing(self) -> None:
        """Each run shows the newest score anybody was told is stored, or one stored since without an answer."""
        if not hasattr(self, "tablets"):
            return
        runs = self._state_runs()
        for made in self._accepted():
            if made.time_s is None or made.receipt is None:
                continue
            run = runs.by_id[made.body["target"].rsplit("/", 1)[1]]
            assert run.result is not None
            assert run.version >= made.receipt["version"]
            if run.version == made.receipt["version"]:
                assert run.result.sheet["time"] == made.time_s

    def teardown(self) -> None:
        if not hasattr(self, "tablets"):
            return
        with self.stack:
            self.the_late_ones_arrive()
            for tablet in self.tablets:
                for _try in range(len(tablet.made)):
                    self._send(tablet, "arrives")
            self.nothing_acknowledged_is_missing()
            self._check_log()

    def _check_log(self) -> None:
        engine = self.app.extensions["engine"]
        assert verify(engine)["ok"]
        with engine.connect() as connection:
            entries = [link.entry for link in queries.links(connection, CHAIN)]
            again = open_state(connection, CHAIN)
        assert again[Runs].by_id == self._state_runs().by_id
        caused = Counter(entry.command for entry in entries)
        for tablet in self.tablets:
            for made in tablet.made:
                self._check_effect(made, caused, entries)
            for on in tablet.fields:
                _check_order([one for one in tablet.accepted() if one.field == on], entries)
        self.steps["accepted"] += len(self._accepted())
        self.steps["refused"] += sum(len(tablet.made) for tablet in self.tablets) - len(self._accepted())

    def _check_effect(self, made: Made, caused: Counter[str | None], entries: list[Entry]) -> None:
        assert made.receipt is not None, "every command has its receipt in the end"
        expected = 1 if made.receipt["status"] == "accepted" else 0
        if made.body["type"] in EFFECT:
            assert caused[made.id] == expected
            effects = [entry for entry in entries if entry.command == made.id]
            assert [entry.type for entry in effects] == [EFFECT[made.body["type"]]] * expected
            for effect in effects:
                assert _version_before(effect, entries) <= made.body["expected_version"], "a silent conflict"
        else:
            # What was so already has no effect.
            assert caused[made.id] <= expected

    def _on(self, who: int, on: str, act: Callable[[Tablet, str], None]) -> None:
        tablet = self.tablets[who]
        self.steps["made"] += 1
        act(tablet, on if on in tablet.fields else tablet.fields[0])

    def _send(self, tablet: Tablet, fate: str) -> None:
        sent = tablet.batch()
        if not sent:
            return
        self.steps[fate] += 1
        self.sends += 1
        for made in sent:
            made.tries += 1
        bodies = [made.body for made in sent]
        if fate == "late":
            # It is answered long after the tablet has given up waiting.
            self.on_the_way.append((tablet, deepcopy(bodies)))
            return
        if fate == "lost":
            return
        receipts = self._post(tablet, bodies)
        if fate == "twice":
            assert self._post(tablet, bodies) == receipts
        if receipts is not None and fate != "answer lost":
            tablet.take(sent, receipts)

    def _post(self, tablet: Tablet, bodies: list[dict[str, Any]]) -> list[Receipt] | None:
        answer = self.app.test_client().post(
            "/api/v1/commands", json={"commands": bodies}, headers=tablet.headers
        )
        if answer.status_code == 503:
            return None
        assert answer.status_code == 200, answer.text
        receipts: list[Receipt] = answer.get_json()["receipts"]
        return receipts

    def _look(self, tablet: Tablet) -> None:
        for on in tablet.fields:
            answer = self.app.test_client().get(
                f"/api/v1/live/{CHAIN}/field/{on}/judging", headers=tablet.headers
            )
            tablet.seen[on] = answer.get_json()["data"]["runs"]

    def _accepted(self) -> list[Made]:
        return [made for tablet in self.tablets for made in tablet.accepted()]

    def _state_runs(self) -> Runs:
        state = self.app.extensions["pipeline"].state(CHAIN)
        runs: Runs = state[Runs]
        return runs

    def _open(self) -> None:
        self.sends = 0
        self.app: Flask = self.stack.enter_context(opened(self.folder))


def _version_before(effect: Entry, entries: list[Entry]) -> int:
    """The place of the last score of the same run before this one; 0 where there was none."""
    scores = (entry for entry in entries[: effect.seq - 1] if entry.type in EFFECT.values())
    return max((entry.seq for entry in scores if entry.data["run"] == effect.data["run"]), default=0)


def _check_order(accepted: list[Made], entries: list[Entry]) -> None:
    """What one tablet made for a field took effect in the order it was made."""
    place = {entry.command: entry.seq for entry in entries if entry.command}
    effects = [place[made.id] for made in accepted if made.id in place]
    assert effects == sorted(effects)


def test_confirmed_commands_take_effect_once_in_order_and_stay(demo_data: Path, tmp_path: Path) -> None:
    folders = iter(range(10**6))
    steps: Counter[str] = Counter()

    def fresh(_hall: Hall) -> Path:
        return shutil.copytree(demo_data, tmp_path / str(next(folders)))

    Played = type("Played", (Hall,), {"fresh": fresh, "steps": steps})
    run_state_machine_as_test(
        Played,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert steps["steps"] >= 2000, steps
    assert min(steps[name] for name in ("accepted", "refused", "restart", "power", *set(FATES))) > 0, steps
    print(dict(steps))
