"""Forty tablets at once, four on each of ten fields: networks go, the server loses power, and nothing is lost."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from tests.serving import Serving

from .hall.big_hall import FIELDS, JUDGES_A_FIELD, check_once, make_hall, runs_of, version_of
from .hall.crowd import Crowd, Judge, Pages, Scores, Threads, Together

PAGES = 4
"""Real Chromium pages of the forty; two cores carry no more of them within a minute."""
CUT_EVERY = 3
ROUNDS = 3
SETTLED_WITHIN_S = 30.0


def test_forty_tablets_at_once(browser: Browser, installation: Serving, tmp_path: Path) -> None:
    judges = seated(make_hall(installation), PAGES)
    pages = Pages(browser, installation, PAGES)
    with Threads.running(installation, len(judges) - PAGES, tmp_path / "hall") as threads:
        play(installation, Together(pages, PAGES, threads), judges)
        assert_one_picture_a_version(installation, threads, judges[PAGES:])
    pages.close()
    installation.stop()
    assert installation.flask("log", "verify")["ok"]


@pytest.mark.soak
def test_forty_chromium_pages_at_once(browser: Browser, installation: Serving) -> None:
    """Each tablet a real page in a profile of its own."""
    judges = make_hall(installation)
    pages = Pages(browser, installation, len(judges))
    began_s = time.monotonic()
    play(installation, pages, judges)
    print({"pages": len(judges), "browser_mb": chromium_mb(), "s": round(time.monotonic() - began_s)})
    pages.close()
    installation.stop()
    assert installation.flask("log", "verify")["ok"]


def play(server: Serving, crowd: Crowd, judges: Sequence[Judge]) -> None:
    """Everybody scores runs of their own, over a power cut and losses of the network; then four score one run."""
    crowd.sign_in(judges)
    everybody = range(len(judges))
    cut = list(everybody)[::CUT_EVERY]
    shares = shared_out(server, judges)
    for turn in range(ROUNDS):
        if turn == 1:
            crowd.network(cut, on=False)
        crowd.score(turn_of(shares, turn))
        if turn == 1:
            server.kill()
    server.start()
    crowd.network(cut, on=True)
    crowd.await_sent()
    crowd.network(everybody, on=False)
    crowd.score(contested(server, judges))
    crowd.network(everybody, on=True)
    crowd.await_sent()
    outboxes = [crowd.outbox(at) for at in everybody]
    assert sum(item["tries"] > 1 for outbox in outboxes for item in outbox) > 0, "nothing was ever sent again"
    ended = check_once(server, outboxes)
    assert ended == {
        "confirmed": ROUNDS * len(judges) + FIELDS,
        "conflict": len(judges) - FIELDS,
    }, ended
    for at, judge in enumerate(judges):
        assert sorted(crowd.shown(at)) == sorted(runs_of(server, judge.field)), judge


def seated(judges: Sequence[Judge], first: int) -> list[Judge]:
    """The judges with one of each of the first fields before all others."""
    ahead = list(judges)[::JUDGES_A_FIELD][:first]
    return ahead + [judge for judge in judges if judge not in ahead]


def shared_out(server: Serving, judges: Sequence[Judge]) -> dict[int, list[str]]:
    """By tablet, the runs it is to score: no two have the same."""
    on_field: dict[str, list[int]] = defaultdict(list)
    for at, judge in enumerate(judges):
        on_field[judge.field].append(at)
    return {
        at: runs_of(server, field)[place::JUDGES_A_FIELD]
        for field, tablets in on_field.items()
        for place, at in enumerate(tablets)
    }


def turn_of(shares: dict[int, list[str]], turn: int) -> Scores:
    return {at: {runs[turn]: seconds_of(at, turn)} for at, runs in shares.items()}


def contested(server: Serving, judges: Sequence[Judge]) -> Scores:
    """The last run of each field, scored by all four of its tablets, each with another time."""
    return {at: {runs_of(server, one.field)[-1]: seconds_of(at, ROUNDS)} for at, one in enumerate(judges)}


def seconds_of(at: int, turn: int) -> float:
    """A time nobody else enters."""
    return 20 + at / 4 + turn / 100


def assert_one_picture_a_version(server: Serving, threads: Threads, judges: Sequence[Judge]) -> None:
    """Tablets of a field that were shown the same version were shown the same, and all have the newest."""
    pictures: dict[tuple[str, str], set[str]] = defaultdict(set)
    for at, judge in enumerate(judges):
        newest, deadline = version_of(server, judge.field), time.monotonic() + SETTLED_WITHIN_S
        while (told := threads.told(at))["version"] != newest:
            assert time.monotonic() < deadline, (judge, told["version"], newest)
            time.sleep(0.2)
        for version, digest in told["seen"].items():
            pictures[judge.field, version].add(digest)
    assert all(len(shown) == 1 for shown in pictures.values())
    assert any(field == judges[0].field for field, _ in pictures)


def chromium_mb() -> int:
    """What this test's browser and all its pages take, what they share counted once."""
    children = psutil.Process().children(recursive=True)
    return round(sum(one.memory_full_info().pss for one in children if "chrom" in one.name()) / 1e6)
