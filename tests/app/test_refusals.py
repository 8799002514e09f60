"""Every refusal has a code, a whole sentence in three languages, and the field it is about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app.conftest import opened, tokens
from tests.serving import command

Bearer = Callable[[str], dict[str, str]]
LANGUAGES = ("kk", "ru", "en")
NAMES = {"kk": "А", "ru": "А", "en": "A"}
FACTS = {"name": NAMES, "venue": "x", "starts_on": "2026-04-02", "ends_on": "2026-04-02"}
DIVISION = {"code": "new", "name": NAMES, "discipline": "line-race"}
ROW = {"division": "nothing", "team": "t", "organisation": "o", "region": "XX-99"}
REFUSED: list[tuple[str, str, Any, str, list[str | None]]] = [
    ("CreateCompetition", "c/demo", FACTS, "competition_exists", ["slug"]),
    ("CreateCompetition", "c/Bad_Slug", FACTS, "slug_invalid", ["slug"]),
    ("CreateCompetition", "c/x1", FACTS | {"zone": "Mars/Base"}, "payload_invalid", ["zone"]),
    ("CreateCompetition", "c/x1", FACTS | {"ends_on": "2026-04-01"}, "payload_invalid", [""]),
    ("CreateCompetition", "c/x1", FACTS | {"extra": 1}, "payload_invalid", ["extra"]),
    ("AddField", "c/demo", {"code": "A", "name": "A"}, "field_exists", ["code"]),
    ("AddField", "c/demo", {"code": "../A", "name": ""}, "payload_invalid", ["code", "name"]),
    ("AddField", "c/nothing", {"code": "A", "name": "A"}, "competition_unknown", []),
    ("AddDivision", "c/demo", DIVISION | {"code": "line"}, "division_exists", ["code"]),
    ("AddDivision", "c/demo", DIVISION | {"discipline": "chess"}, "discipline_unknown", ["discipline"]),
    ("ImportEntries", "c/demo", {"rows": [ROW]}, "rows_invalid", ["division", "region"]),
    ("ImportEntries", "c/demo", {"rows": []}, "payload_invalid", ["rows"]),
    ("DrawStartList", "c/demo/division/line", {"field": "A"}, "start_list_drawn", []),
    ("DrawStartList", "c/demo/division/none", {"field": "A"}, "division_unknown", []),
    ("DrawStartList", "c/demo/division/line", {"field": "Z"}, "field_unknown", ["field"]),
    ("PublishResults", "c/demo/division/none", {}, "division_unknown", []),
    ("PublishResults", "c/demo/division/line", {}, "runs_unconfirmed", []),
    ("AddScreen", "c/demo", {"code": "hall", "name": "x"}, "screen_exists", ["code"]),
    ("SetScreen", "c/demo/screen/none", {"view": "auto"}, "screen_unknown", []),
    ("SetScreen", "c/demo/screen/demo-hall", {"view": "auto", "field": "Z"}, "field_unknown", ["field"]),
    ("SetScreen", "c/demo/screen/demo-hall", {"view": "auto", "division": "z"}, "division_unknown", ["division"]),
    ("OpenRun", "c/demo/run/x", {}, "not_allowed", []),
    ("Nonsense", "c/demo", {}, "command_unknown", []),
    ("AddField", "elsewhere", {"code": "Z", "name": "Z"}, "target_unreadable", ["target"]),
    ("AddField", "c/demo/run/1", {"code": "Z", "name": "Z"}, "target_of_wrong_kind", []),
    ("CreateAccount", "c/demo", {}, "command_internal", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def said(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """The receipts of all of REFUSED, in each language; one server is enough, for none of them changes anything."""
    with opened(shutil.copytree(demo_data, tmp_path_factory.mktemp("refusals") / "data")) as app:
        organiser = f"Bearer {tokens(app)['roles']['organiser']['token']}"
        body = {"commands": [command(type_, target, payload) for type_, target, payload, *_ in REFUSED]}
        before = app.extensions["pipeline"].state("c/demo").seq
        answers = {
            language: app.test_client().post(
                "/api/v1/commands",
                json=body,
                headers={"Authorization": organiser, "Accept-Language": language},
            )
            for language in LANGUAGES
        }
        assert app.extensions["pipeline"].state("c/demo").seq == before
    return {language: answer.get_json()["receipts"] for language, answer in answers.items()}


@pytest.mark.parametrize("index", range(len(REFUSED)), ids=[f"{one[0]}-{one[3]}" for one in REFUSED])
def test_each_refusal_names_its_code_and_field_in_a_whole_sentence(
    said: dict[str, list[dict[str, Any]]], index: int
) -> None:
    code, fields = REFUSED[index][3:]
    for receipts in said.values():
        receipt = receipts[index]
        assert (receipt["status"], receipt["code"]) == ("refused", code)
        assert [error["field"] for error in receipt["errors"]] == fields
        for told in (receipt, *receipt["errors"]):
            assert told["detail"].strip()
            assert "%(" not in told["detail"]
    sentences = {receipts[index]["detail"] for receipts in said.values()}
    assert len(sentences) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/live/c/none/schedule", 404, "topic_unknown"),
        ("GET", "/api/v1/live/nonsense", 404, "topic_unknown"),
        ("GET", "/api/v1/live/c/demo/devices", 401, "sign_in_needed"),
        ("GET", "/api/v1/c/none/divisions/x/ruleset", 404, "not_found"),
        ("GET", "/api/v1/c/demo/divisions/x/ruleset", 404, "not_found"),
        ("DELETE", "/api/v1/me", 403, "origin_foreign"),
        ("GET", "/api/v1/me", 401, "sign_in_needed"),
        ("GET", "/api/v1/commands", 405, "method_not_allowed"),
    ],
)
def test_problems_of_the_api_are_problem_json(
    client: FlaskClient, method: str, path: str, status: int, code: str
) -> None:
    details = set()
    for language in LANGUAGES:
        answer = client.open(path, method=method, headers={"Accept-Language": language})
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
        body = answer.get_json()
        assert (body["status"], body["code"]) == (status, code)
        details.add(body["detail"])
    assert len(details) == len(LANGUAGES)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"commands": 1}',
        '{"commands": [{"id": "x"}]}',
        '{"commands": [], "x": 1}',
        "[" * 5000,
    ],
)
def test_a_body_that_is_no_batch_of_commands_is_refused_whole(
    client: FlaskClient, bearer: Bearer, body: str
) -> None:
    answer = client.post(
        "/api/v1/commands", data=body, content_type="application/json", headers=bearer("organiser")
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "command_malformed")


def test_too_much_at_once_is_refused(client: FlaskClient, bearer: Bearer) -> None:
    many = {"commands": [command("OpenRun", "c/demo/run/x")] * 201}
    assert client.post("/api/v1/commands", json=many, headers=bearer("judge")).status_code == 400
    huge = b'{"commands": "' + b"x" * (17 * 1024 * 1024) + b'"}'
    answer = client.post(
        "/api/v1/commands", data=huge, content_type="application/json", headers=bearer("judge")
    )
    assert (answer.status_code, answer.get_json()["code"]) == (413, "request_too_large")


def test_pages_show_problems_as_pages(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/c/none", headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert 'lang="ru"' in answer.get_data(as_text=True)
