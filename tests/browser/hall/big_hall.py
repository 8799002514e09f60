"""A hall of ten fields with four judges at each, made at the desk, and what must hold of it after they scored."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import httpx

from tests.serving import Serving, command, post

from .crowd import Judge

FIELDS = 10
JUDGES_A_FIELD = 4
TEAMS_A_FIELD = 9
"""Three attempts each: 27 runs, more than four judges score in a test."""
SCORED = ("EnterScore", "CorrectScore")


def make_hall(server: Serving) -> list[Judge]:
    """Fields, teams, start lists; 40 judges, the four of a field one after the other."""
    name = {"kk": "Көп", "ru": "Много", "en": "Many"}
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for number in range(1, FIELDS + 1):
            rows = [
                {"division": f"d{number}", "team": f"Команда {number}-{n}", "organisation": "Мектеп", "region": "KZ-35"}
                for n in range(TEAMS_A_FIELD)
            ]  # fmt: skip
            steps = (
                command("AddField", "c/demo", {"code": f"H{number}", "name": f"H{number}"}),
                command(
                    "AddDivision", "c/demo", {"code": f"d{number}", "name": name, "discipline": "line-race"}
                ),
                command("ImportEntries", "c/demo", {"rows": rows}),
                command(
                    "DrawStartList", f"c/demo/division/d{number}", {"field": f"H{number}", "seed": number}
                ),
            )
            receipts = post(client, server.bearer("organiser"), *steps)
            assert [one["status"] for one in receipts] == ["accepted"] * len(steps), receipts
    fields = [f"H{number}" for number in range(1, FIELDS + 1)]
    return [judge for field in fields for judge in open_judges(server, field, JUDGES_A_FIELD)]


def runs_of(server: Serving, field: str) -> list[str]:
    """The runs of a field's queue by id, as its judges are told them."""
    path = f"{server.url}/api/v1/live/c/demo/field/{field}/judging"
    answer = httpx.get(path, headers=server.bearer("referee"), timeout=30).raise_for_status()
    return [run["id"] for run in answer.json()["data"]["runs"]]


def version_of(server: Serving, field: str) -> int:
    path = f"{server.url}/api/v1/live/c/demo/field/{field}/judging"
    answer = httpx.get(path, headers=server.bearer("referee"), timeout=30).raise_for_status()
    version: int = answer.json()["version"]
    return version


def open_judges(server: Serving, field: str, count: int) -> list[Judge]:
    """Opened by the organiser's form, which shows each PIN once."""
    token = next(one["token"] for one in server.access["accounts"] if one["role"] == "organiser")
    page = "/desk/c/demo/accounts"
    made = []
    with httpx.Client(base_url=server.url, timeout=60, follow_redirects=True) as client:
        client.get(f"/enter/{token}").raise_for_status()
        csrf = _found(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
        for number in range(1, count + 1):
            name = f"Төреші {field}-{number}"
            form = {"csrf_token": csrf, "role": "judge", "name": name, "fields": field}
            shown = client.post(page, data=form).raise_for_status().text
            pin = _found(r'data-testid="new-pin">(\d+)<', shown)
            listed = client.get("/api/v1/sign-in/accounts").json()["accounts"]
            account = next(one["id"] for one in listed if one["name"] == name)
            made.append(Judge(account, pin, field))
    return made


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def check_once(server: Serving, outboxes: list[list[dict[str, Any]]]) -> Counter[str]:
    """Every confirmed command is in the log exactly once and in its lane's order; how commands ended, by status."""
    from sqlalchemy import create_engine

    from app.eventlog import queries

    engine = create_engine(f"sqlite:///{server.data / 'baige.sqlite3'}")
    with engine.connect() as connection:
        entries = [link.entry for link in queries.links(connection, "c/demo")]
    place: dict[str, list[int]] = {}
    for entry in entries:
        place.setdefault(entry.command or "", []).append(entry.seq)
    ended: Counter[str] = Counter()
    for outbox in outboxes:
        assert all(item["state"] in ("confirmed", "conflict") for item in outbox), outbox
        scores = [item for item in outbox if item["type"] in SCORED]
        for item in scores:
            ended[item["state"]] += 1
            [event] = [entry for entry in entries if entry.command == item["id"]]
            assert event.type == ("ScoreEntered" if item["state"] == "confirmed" else "SheetDisputed")
            sheet = event.data["sheet"]
            assert sheet["time"] == item["payload"]["sheet"]["time"]
        confirmed = [place[item["id"]][0] for item in scores if item["state"] == "confirmed"]
        assert confirmed == sorted(confirmed), "taken in another order than they were made"
    everything = [item["id"] for outbox in outboxes for item in outbox if item["type"] in SCORED]
    from_judges = [entry for entry in entries if entry.type in ("ScoreEntered", "SheetDisputed")]
    assert Counter(entry.command for entry in from_judges) == dict.fromkeys(everything, 1)
    return ended
