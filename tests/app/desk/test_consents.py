"""Parents of a team that came by a list consent behind addresses of their own; who lacks a consent is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.entries.state import Entries
from app.registry.models import PersonalLink
from app.registry.state import People
from tests.app.desk.desking import Desk

Bearer = Callable[[str], dict[str, str]]


@pytest.fixture
def desk(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def team(app: Flask) -> str:
    """A team of the demo, which came by no application, with two members."""
    state = app.extensions["pipeline"].state("c/demo")
    members = {
        entry: sum(one.parts[entry] == "member" for one in state[People].of_entry(entry))
        for entry in state[Entries].by_id
    }
    found: str = next(entry for entry, count in members.items() if count == 2)
    return found


def links(page: str) -> list[str]:
    return re.findall(r'href="[^"]*(/c/demo/consent/[\w-]+)"', page)


def given() -> dict[str, Any]:
    return {"results": "y", "signed_by": "Нұр Дана", "relation": "mother"}


def test_a_parent_of_a_listed_team_consents_behind_an_address(app: Flask, desk: Desk) -> None:
    entry = team(app)
    here = f"/desk/c/demo/entries/{entry}/consents"
    assert links(desk.get(here)) == []
    first = links(desk.post(here, here, {}))
    assert len(set(first)) == 2
    assert links(desk.get(here)) == [], "shown once, for only digests are kept"
    stranger = app.test_client()
    page = stranger.get(first[0])
    assert page.status_code == 200
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    sent = stranger.post(first[0], data=given() | ({"csrf_token": token[1]} if token else {}))
    assert sent.status_code == 302, sent.text
    state = app.extensions["pipeline"].state("c/demo")
    ticks = [one.ticks for one in state[People].of_entry(entry) if one.ticks]
    assert [one.results for one in ticks] == [True]
    second = links(desk.post(here, here, {}))
    assert [stranger.get(link).status_code for link in first] == [404, 404], "new ones end the earlier ones"
    assert [stranger.get(link).status_code for link in second] == [200, 200]
    with app.extensions["engine"].connect() as connection:
        kept = connection.execute(PersonalLink.__table__.select()).all()
        log = " ".join(connection.exec_driver_sql("SELECT body FROM log_entry").scalars())
    assert not any(link.rpartition("/")[2] in str(row) for row in kept for link in second)
    assert not any(link.rpartition("/")[2] in log for link in second)


def test_members_without_a_consent_are_found(app: Flask, desk: Desk) -> None:
    def names(consent: str) -> set[str]:
        page = desk.get(f"/desk/c/demo/people?consent={consent}")
        return set(re.findall(r"/desk/c/demo/people/([0-9a-f-]{36})", page))

    state = app.extensions["pipeline"].state("c/demo")
    members = {one.id for one in state[People].by_id.values() if "member" in one.parts.values()}
    assert names("none") == members
    assert names("given") == set()
    one = next(iter(members))
    page = f"/desk/c/demo/people/{one}"
    desk.post(page, f"{page}/consent", given())
    assert names("given") == {one}
    assert names("none") == members - {one}
    desk.post(page, f"{page}/revoke-consent", {})
    assert names("revoked") == {one}


def test_only_organisers_make_addresses_and_only_for_members(
    app: Flask, client: FlaskClient, bearer: Bearer
) -> None:
    here = f"/desk/c/demo/entries/{team(app)}/consents"
    for role in ("referee", "volunteer", "judge"):
        assert client.get(here, headers=bearer(role)).status_code == 403
    body = {
        "commands": [
            {
                "id": "01a00000-0000-7000-8000-000000000001",
                "type": "MakeConsentLinksOfEntry",
                "target": f"c/demo/entry/{team(app)}",
                "payload": {"digests": {"x": "0" * 64}},
                "made_at": "2026-01-01T00:00:00Z",
            }
        ]
    }
    answer = client.post("/api/v1/commands", json=body, headers=bearer("organiser"))
    assert "accepted" not in answer.text, "the server's own pages alone make them"
