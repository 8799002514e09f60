"""The server's disk is destroyed and its second place lacks the last commits: the tablet brings them, each once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from app.backup.frames import to_frame
from app.backup.place import Place
from tests.app.backup.test_restore import frames, shipped, wait_until
from tests.serving import Serving

from .tablets import account_of, all_sent, confirm, enter_by_hand, tablet
from .test_tablet_two_judges import result_of

SCORED = ("20.5", "21.5", "22.5")


def test_what_the_second_place_lacks_comes_from_the_tablet_first(browser: Browser, tmp_path: Path) -> None:
    stick, data = tmp_path / "stick", tmp_path / "data"
    data.mkdir()
    server = Serving(data, extra={"BACKUP": str(stick)})
    server.prepare()
    server.start()
    try:
        wait_until(lambda: bool(Place(stick).generations()))
        judge = tablet(browser, server, account_of(server, "judge", "A"))
        rows = judge.get_by_test_id("queue-row")
        expect(rows.first).to_be_visible()
        runs = [str(row.get_attribute("data-run")) for row in rows.all()[:3]]
        for run, seconds in zip(runs[:2], SCORED, strict=False):
            score(judge, run, seconds)
        all_sent(judge)
        server.stop()
        lose_the_last_commits(stick, 3)
        shutil.rmtree(data)
        told = server.flask("backup", "restore", str(stick))
        assert told["ok"], told
        judge.context.set_offline(True)
        score(judge, runs[2], SCORED[2])
        server.start()
        assert result_of(server, runs[1]) is None, "the second score was to be lost"
        judge.context.set_offline(False)
        all_sent(judge)
        assert [result_of(server, run)["values"]["time"] for run in runs] == [float(one) for one in SCORED]
        expect(judge.get_by_test_id("unsent-count")).to_have_attribute("data-troubled", "0")
    finally:
        server.stop()
    assert server.flask("log", "verify")["ok"]


def score(page: Page, run: str, seconds: str) -> None:
    page.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
    enter_by_hand(page, seconds)
    confirm(page)


def lose_the_last_commits(stick: Path, count: int) -> None:
    """They were on their way to the second place when the disk died."""
    place = Place(stick)
    newest = place.newest_number()
    kept = frames(place, newest)
    assert len(kept) > count, shipped(stick)
    os.truncate(place.stream(newest), sum(len(to_frame(commit)) for commit in kept[:-count]))
