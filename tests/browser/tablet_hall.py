"""A hall with every state a tablet can be in: two sheets a run on A, single ones on B, matches on R, a panel in P."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.serving import ROOT, Serving, command, post

from .tablets import account_of

TEAMS = ["Аспан", "Дала", "Көл"]


@contextmanager
def two_sheets_a_run(folder: Path) -> Iterator[Serving]:
    """The demo by rules that ask for two judges' sheets of a line race."""
    disciplines = folder / "disciplines"
    shutil.copytree(ROOT / "config" / "disciplines", disciplines)
    line = disciplines / "line-race.yaml"
    line.write_text(
        line.read_text("utf-8").replace("kind: timed\n", "kind: timed\nsheets_per_run: 2\n"), "utf-8"
    )
    data = folder / "data"
    data.mkdir()
    server = Serving(
        data, extra={"DISCIPLINES": str(disciplines), "DEMO": "1"}, module="tests.browser.own_rules_server"
    )
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def full_hall(folder: Path) -> Iterator[Serving]:
    """The same, and a panel for inventions."""
    with two_sheets_a_run(folder) as server:
        seat_a_panel(server)
        yield server


def seat_a_panel(server: Serving) -> None:
    names = {"kk": "Өнертабыстар", "ru": "Изобретения", "en": "Inventions"}
    rows = [{"division": "invent", "team": team, "organisation": f"{team} мектебі"} for team in TEAMS]
    judges = [one["account"] for one in server.access["accounts"] if one["role"] in ("judge", "referee")]
    for one in (
        command("AddField", "c/demo", {"code": "P", "name": "P"}),
        command(
            "AddDivision", "c/demo", {"code": "invent", "name": names, "discipline": "invention-project"}
        ),
        command("ImportEntries", "c/demo", {"rows": rows}),
        command("DrawPanel", "c/demo/division/invent", {"field": "P", "judges": judges, "seed": 3}),
    ):
        tell(server, "organiser", one)


def tell(server: Serving, role: str, told: dict[str, Any]) -> None:
    """A command of a role's (``judge:A`` is the judge of field A), accepted."""
    with httpx.Client(base_url=server.url, timeout=30) as client:
        [receipt] = post(client, server.bearer(role), told)
    assert receipt["status"] == "accepted", receipt


def run_of(server: Serving, field: str, at: int) -> dict[str, Any]:
    """The run at a place of a field's queue, counted from 0."""
    path = f"{server.url}/api/v1/live/c/demo/field/{field}/judging"
    answer = httpx.get(path, headers=server.bearer("referee")).raise_for_status()
    run: dict[str, Any] = answer.json()["data"]["runs"][at]
    return run


def enter(
    server: Serving, role: str, run: dict[str, Any], sheet: dict[str, Any], mark: str | None = None
) -> None:
    payload = {"sheet": sheet, "mark": mark, "note": None, "stopwatch": False, "captain": None}
    tell(server, role, command("EnterScore", run["target"], payload, run["version"]))


def judge_of(server: Serving, field: str) -> dict[str, Any]:
    return account_of(server, "judge", field)
