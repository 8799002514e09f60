"""A panel of three in browser tests, drawn by commands: two judges and the referee mark projects in room P."""

from __future__ import annotations

from typing import Any

import httpx

from tests.serving import Serving, command, post

from .tablets import account_of

NAMES = {"kk": "Жобалар", "ru": "Проекты", "en": "Projects"}
TEAMS = ("Аспан", "Дала", "Көл")


def draw_panel(server: Serving) -> list[dict[str, Any]]:
    """The accounts of the panel."""
    judges = [
        account_of(server, "judge", "A"),
        account_of(server, "judge", "B"),
        account_of(server, "referee"),
    ]
    rows = [{"division": "research", "team": team, "organisation": f"{team} мектебі"} for team in TEAMS]
    drawn = {"field": "P", "judges": [one["account"] for one in judges], "seed": 1}
    with httpx.Client(base_url=server.url, timeout=30) as client:
        receipts = post(
            client,
            {"Authorization": f"Bearer {account_of(server, 'organiser')['token']}"},
            command("AddField", "c/demo", {"code": "P", "name": "P"}),
            command(
                "AddDivision", "c/demo", {"code": "research", "name": NAMES, "discipline": "research-project"}
            ),
            command("ImportEntries", "c/demo", {"rows": rows}),
            command("DrawPanel", "c/demo/division/research", drawn),
        )
    assert {one["status"] for one in receipts} == {"accepted"}, receipts
    return judges
