"""Labels: every name on its badge, a code that leads back, cards that sign in; nothing of them for other roles."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from flask.testing import FlaskClient

from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.reports.test_protocol import text_of

Bearer = Callable[[str], dict[str, str]]
LONG = "Әбдірахманқызы-Нұрғалиева Үміткүл Ғабдұлқайырқызы"
ROW = {
    "division": "line",
    "team": "Алтын Орда ұлдары және Ұлы дала қыздары",
    "organisation": "«Дарын» мамандандырылған мектеп-лицей-интернаты",
    "region": "KZ-35",
    "coach": "Иванов Пётр",
    "members": [LONG],
}


def pictures(pdf: bytes, name: str) -> int:
    """How many pages there are; drawn into the folder SCREENSHOTS names, if one is named."""
    document = pypdfium2.PdfDocument(pdf)
    if folder := os.environ.get("SCREENSHOTS"):
        document[0].render(scale=2).to_pil().save(Path(folder) / f"{name}.png")
    return len(document)


def test_everybody_has_a_badge_with_the_whole_name(client: FlaskClient, bearer: Bearer, send: Send) -> None:
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [ROW]})["status"] == "accepted"
    made = client.get("/desk/c/demo/labels/badges.pdf?division=line&in=kk,ru", headers=bearer("organiser"))
    printed = "".join(text_of(made.data).split())
    for word in (*LONG.split(), "ИвановПётр", "Қатысушы", "Участник", "АлтынОрда"):
        assert word in printed, word
    assert pictures(made.data, "badges") >= 2
    looks = client.get("/desk/c/demo/people/looks?lang=en", headers=bearer("organiser")).text
    assert "badges" in looks


def test_badges_of_one_team_are_printed_at_the_door(client: FlaskClient, bearer: Bearer) -> None:
    headers = bearer("organiser")
    one = text_of(client.get("/desk/c/demo/labels/badges.pdf?in=kk&number=1", headers=headers).data)
    assert "№ 1 " in one
    assert "№ 2 " not in one
    assert client.get("/desk/c/demo/labels/badges.pdf?number=999", headers=headers).status_code == 404


def test_each_robot_has_a_sticker(client: FlaskClient, bearer: Bearer, pipeline: Pipeline) -> None:
    made = client.get("/desk/c/demo/labels/stickers.pdf?in=kk", headers=bearer("volunteer"))
    with pipeline.reading():
        teams = [card["team"] for card in pipeline.state("c/demo").cards.values()]  # type: ignore[union-attr]
    printed = "".join(text_of(made.data).split())
    assert all("".join(team.split()) in printed for team in teams)
    assert pictures(made.data, "stickers") == -(-len(teams) // 24)


def test_a_card_signs_its_judge_in(
    client: FlaskClient,
    bearer: Bearer,
    access: dict[str, list[dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    judge = next(one for one in access["accounts"] if one["role"] == "judge")
    monkeypatch.setattr("app.desk.access.sign_in_links.new_token", lambda: "a-token-on-a-card")
    page = client.get("/desk/c/demo/labels", headers=bearer("organiser")).text
    account = page.split(judge["name"])[0].rsplit('value="', 1)[1].split('"')[0]
    made = client.post(
        "/desk/c/demo/labels/sign-in-cards.pdf?in=kk", data={"account": account}, headers=bearer("organiser")
    )
    assert pictures(made.data, "cards") == 1
    assert "".join(judge["name"].split()) in "".join(text_of(made.data).split())
    phone = client.application.test_client()
    assert phone.get("/enter/a-token-on-a-card").location == "/judge/"
    assert phone.get("/api/v1/me").get_json()["account"]["id"] == account


@pytest.mark.parametrize("role", ["judge", "volunteer", "referee"])
def test_names_and_cards_are_for_organisers(client: FlaskClient, bearer: Bearer, role: str) -> None:
    for path in ("labels", "labels/badges.pdf"):
        assert client.get(f"/desk/c/demo/{path}", headers=bearer(role)).status_code == 403
    assert client.post("/desk/c/demo/labels/sign-in-cards.pdf", headers=bearer(role)).status_code in (
        400,
        403,
    )
