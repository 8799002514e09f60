"""Two judges of one panel on real sockets: what each hands in reaches them and the chief judge, never the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.serving import Serving, command, post, serving

from .listening import WITHIN_S, Listener

ROOM = "c/demo/field/P/judging"
NAMES = {"kk": "Жоба", "ru": "Проект", "en": "Project"}
REMARK = "Тақырып ашылмаған"
SHEET = {"content": 8, "outcome": 4, "system": 3, "content_note": REMARK}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path) as running:
        yield running


def headers(account: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {account['token']}"}


def panel_of(server: Serving, client: httpx.Client) -> list[dict[str, Any]]:
    """Two judges and the referee, who mark two projects in room P."""
    accounts = server.access["accounts"]
    judges = [one for one in accounts if one["role"] == "judge"][:2]
    judges.append(next(one for one in accounts if one["role"] == "referee"))
    rows = [{"division": "research", "team": team, "organisation": "Мектеп"} for team in ("Аспан", "Дала")]
    drawn = {"field": "P", "judges": [one["account"] for one in judges], "seed": 1}
    receipts = post(
        client,
        server.bearer("organiser"),
        command("AddField", "c/demo", {"code": "P", "name": "P"}),
        command(
            "AddDivision", "c/demo", {"code": "research", "name": NAMES, "discipline": "research-project"}
        ),
        command("ImportEntries", "c/demo", {"rows": rows}),
        command("DrawPanel", "c/demo/division/research", drawn),
    )
    assert [one["status"] for one in receipts] == ["accepted"] * 4, receipts
    return judges


def test_a_sheet_reaches_its_maker_and_the_chief_judge_and_nobody_else(server: Serving) -> None:
    with httpx.Client(base_url=server.url, timeout=WITHIN_S) as client:
        judges = panel_of(server, client)
        own = [ROOM, "c/demo/field/P", "c/demo/division/research/standings"]
        listeners, sheets = [], []
        for judge, whose in zip(judges, (judges[0]["account"], judges[1]["account"], "all"), strict=True):
            listeners.append(Listener(server, headers(judge)))
            joined = listeners[-1].ask("join", {"topics": [*own, f"{ROOM}/{whose}", f"{ROOM}/all"]})
            assert (f"{ROOM}/all" in joined["refused"]) == (whose != "all")
            sheets.append(joined["snapshots"][f"{ROOM}/{whose}"]["data"]["runs"])
        first, second, chief = listeners
        for judge, listed in zip(judges[:2], sheets[:2], strict=True):
            run = listed[0]
            scored = command("EnterScore", run["target"], {"sheet": SHEET | {"outcome": 6}}, run["version"])
            [receipt] = post(client, headers(judge), scored)
            assert receipt["status"] == "accepted"
        for listener in (first, second):
            listener.wait_for(lambda one: REMARK in str(one))
        chief.wait_for(lambda one: str(one).count(REMARK) == 2)
        for listener, judge in ((first, judges[0]), (second, judges[1])):
            told = [one for one in listener.updates if REMARK in str(one)]
            assert {one["topic"] for one in told} == {f"{ROOM}/{judge['account']}"}
            runs = [run for one in told for run in one["data"]["runs"]]
            assert {run["judge"] for run in runs} == {judge["account"]}
        # A judge's own topic is quiet while others hand in: the second's was told once, of their own sheet.
        assert [one["topic"] for one in second.updates].count(f"{ROOM}/{judges[1]['account']}") == 1
        for listener in listeners:
            listener.close()
