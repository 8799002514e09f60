"""Trying rules on the organiser's pages: every discipline, a file of one's own, the engine's answers."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.competitions.rulesets import shipped, shipped_text
from app.confining import Ended
from app.standings.criteria import WITHOUT_LABEL
from scoring.placing import ATTEMPT_NUMBER, DRAW, MATCH_CRITERIA

Bearer = Callable[[str], dict[str, str]]
SHEET = {f"part_{n}": 0 for n in (1, 2, 3, 5, 6, 7, 8)} | {"pins": 8, "time": 30.0}


@pytest.fixture
def ask(client: FlaskClient, bearer: Bearer) -> Callable[..., Any]:
    """Post JSON as an organiser; the status and the answer."""

    def asking(path: str, **body: Any) -> tuple[int, Any]:
        answer = client.post(f"/api/v1/rules/{path}", json=body, headers=bearer("organiser"))
        return answer.status_code, answer.get_json()

    return asking


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_discipline_has_a_page(client: FlaskClient, bearer: Bearer, language: str) -> None:
    listed = client.get(f"/desk/rules/?lang={language}", headers=bearer("organiser")).text
    for name in shipped():
        assert f'href="/desk/rules/{name}"' in listed
        page = client.get(f"/desk/rules/{name}?lang={language}", headers=bearer("organiser"))
        assert page.status_code == 200, name
        assert 'data-testid="ruleset-sound"' in page.text, name


def test_a_sheet_comes_to_what_the_engine_says(ask: Callable[..., Any]) -> None:
    status, said = ask("score", discipline="big-journey-senior", sheet=SHEET)
    assert (status, said["ok"], said["results"]) == (200, True, {"points": 40.0, "time": 30.0})


def test_what_is_missing_is_said_in_the_readers_language(client: FlaskClient, bearer: Bearer) -> None:
    body = {"discipline": "big-journey-senior", "sheet": SHEET | {"pins": None}}
    said = client.post("/api/v1/rules/score?lang=kk", json=body, headers=bearer("organiser")).get_json()
    assert said["ok"] is False
    assert [(error["code"], error["field"]) for error in said["errors"]] == [("required", "pins")]
    assert re.search("[әғқңөұүһі]", said["errors"][0]["message"])


def test_tries_are_ranked_with_reasons(ask: Callable[..., Any]) -> None:
    slower = SHEET | {"time": 31.0}
    entries = [{"id": "A", "attempts": [{"sheet": slower}]}, {"id": "B", "attempts": [{"sheet": SHEET}]}]
    status, said = ask("rank", discipline="big-journey-senior", results={"entries": entries})
    assert status == 200
    assert [(place["id"], place["rank"]) for place in said["standings"]] == [("B", 1), ("A", 2)]
    assert "30" in said["standings"][0]["sentence"]


def test_results_that_cannot_be_ranked_are_refused_with_a_sentence(ask: Callable[..., Any]) -> None:
    _, said = ask(
        "rank", discipline="big-journey-senior", results={"entries": [{"id": "A", "attempts": [{}]}]}
    )
    assert said["ok"] is False
    assert said["errors"][0]["message"]


def test_a_number_the_rules_do_not_have_is_refused(ask: Callable[..., Any]) -> None:
    _, refused = ask("score", discipline="micromouse", parameters={"no_such": 1}, sheet={})
    assert refused["errors"][0]["code"] == "parameter_unknown"


def test_a_number_of_the_day_is_tried(client: FlaskClient, bearer: Bearer) -> None:
    page = client.get("/desk/rules/sumo-3kg?groups=4", headers=bearer("organiser")).text
    assert content_of(page)["tried"]["parameters"] == {"groups": 4}


@pytest.mark.parametrize("written", ["many", "99", "-1"])
def test_a_wrong_number_of_the_day_is_named_and_not_used(
    client: FlaskClient, bearer: Bearer, written: str
) -> None:
    page = client.get(f"/desk/rules/sumo-3kg?groups={written}", headers=bearer("organiser")).text
    assert 'data-testid="parameter-wrong"' in page
    assert content_of(page)["tried"]["parameters"] == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"discipline": "no-such", "sheet": {}}, 404),
        ({"sheet": {}}, 404),
        ({"discipline": "maze"}, 400),
        ({"text": "x" * 300_000, "sheet": {}}, 400),
        ({"discipline": "../../app/cli", "sheet": {}}, 404),
    ],
)
def test_rubbish_is_refused(ask: Callable[..., Any], body: dict[str, Any], status: int) -> None:
    assert ask("score", **body)[0] == status


def test_a_judge_may_not_try_rules(client: FlaskClient, bearer: Bearer) -> None:
    body = {"discipline": "maze", "sheet": {}}
    assert client.post("/api/v1/rules/score", json=body, headers=bearer("judge")).status_code == 403


def content_of(page: str) -> dict[str, Any]:
    """What the page gives its script."""
    content = re.search(r'data-content="([^"]*)"', page)
    assert content
    given: dict[str, Any] = json.loads(html.unescape(content[1]))
    return given


def posted(client: FlaskClient, bearer: Bearer, text: str) -> str:
    page = client.get("/desk/rules/", headers=bearer("organiser")).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    form = {"csrf_token": token[1], "file": (io.BytesIO(text.encode()), "mine.yaml")}
    return client.post("/desk/rules/check", data=form, headers=bearer("organiser")).text


def test_a_sound_file_of_ones_own_can_be_tried(client: FlaskClient, bearer: Bearer) -> None:
    page = posted(client, bearer, shipped_text("maze") or "")
    given = content_of(page)
    assert given["ruleset"]["id"] == "maze"
    assert given["tried"]["text"].startswith("# yaml")


def test_each_mistake_is_shown_with_its_line(client: FlaskClient, bearer: Bearer) -> None:
    text = shipped_text("big-journey-senior") or ""
    line = next(at for at, one in enumerate(text.splitlines(), 1) if "5 * pins" in one)
    page = posted(client, bearer, text.replace("5 * pins", "5 * pinz"))
    assert 'data-code="name_unknown"' in page
    assert f"<td>{line}</td>" in page


def test_an_example_that_comes_out_otherwise_says_how(client: FlaskClient, bearer: Bearer) -> None:
    text = (shipped_text("big-journey-senior") or "").replace("5 * pins", "6 * pins")
    page = posted(client, bearer, text)
    assert 'data-code="example_failed"' in page


def test_every_criterion_a_ruleset_may_use_has_words() -> None:
    assert {*MATCH_CRITERIA, ATTEMPT_NUMBER, DRAW} <= WITHOUT_LABEL.keys()


def results_of(count: int) -> dict[str, Any]:
    """So many entries that share the first place."""
    entries: list[dict[str, Any]] = [{"id": f"e{at}", "attempts": [{"sheet": SHEET}]} for at in range(count)]
    return {"entries": entries}


def test_no_more_entries_than_a_division_has_are_ranked(ask: Callable[..., Any]) -> None:
    assert ask("rank", discipline="big-journey-senior", results=results_of(501))[0] == 400


def test_a_sentence_about_very_many_names_the_first(ask: Callable[..., Any]) -> None:
    status, told = ask("rank", discipline="big-journey-senior", results=results_of(300))
    assert status == 200
    first = told["standings"][0]
    assert len(first["reason"]["tied_with"]) == 299
    assert "(+279)" in first["sentence"]
    assert len(first["sentence"]) < 400


@pytest.mark.parametrize(
    ("path", "asked"), [("score", {"sheet": {}}), ("rank", {"results": {"entries": []}})]
)
def test_rules_are_tried_in_a_process_that_may_end(
    ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, path: str, asked: dict[str, Any]
) -> None:
    seen = []

    def die(module: str, *_given: object) -> bytes:
        seen.append(module)
        raise Ended(module)

    monkeypatch.setattr("app.desk.rules.trying_apart.confined", die)
    status, told = ask(path, discipline="maze", **asked)
    assert (status, told["code"], seen) == (400, "trial_too_large", ["app.desk.rules.trying_apart"])


def test_results_that_take_too_much_are_refused(
    ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every tie names all the others: with ids of any length, a request of some megabytes asks for gigabytes."""
    results = results_of(400)
    for at, entry in enumerate(results["entries"]):
        entry["id"] = f"{at}" + "x" * 20_000
    status, told = ask("rank", discipline="big-journey-senior", results=results)
    assert (status, told["code"]) == (400, "trial_too_large")


def test_a_file_that_cannot_be_checked_in_time_is_refused(
    client: FlaskClient, bearer: Bearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(module: str, *_given: object) -> bytes:
        raise Ended(module)

    monkeypatch.setattr("app.desk.rules.trying_apart.confined", die)
    assert "Мұны сынап көру" in posted(client, bearer, shipped_text("maze") or "")
    monkeypatch.undo()
    assert "Мұны сынап көру" in posted(client, bearer, "x" * 300_000)
