"""What logs must not say: names, secret addresses, what variables held, what a statement was given."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from app import logs
from app.eventlog.deciding import SYSTEM, Refusal
from app.pipeline import make_command
from tests.serving import command

SECRET, NAME = "k3Jx-secret-address", "Әлихан Нұрланұлы"


@pytest.fixture
def as_served() -> Iterator[Callable[[], None]]:
    """Have logs written as the server writes them, from when it is called on."""
    before = structlog.get_config()
    yield logs.configure
    structlog.configure(**before)


@pytest.mark.parametrize("is_page_failing", [False, True])
def test_a_mistake_of_ours_names_the_route_and_nothing_that_was_asked(
    app: Flask,
    client: FlaskClient,
    as_served: Callable[[], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    is_page_failing: bool,
) -> None:
    as_served()
    rule = next(rule for rule in app.url_map.iter_rules() if rule.rule == "/enter/<token>")

    @wraps(app.view_functions[rule.endpoint])
    def failing(token: str = SECRET, **_more: Any) -> Any:
        name = NAME
        raise LookupError if name and token else NameError

    app.view_functions[rule.endpoint] = failing
    if is_page_failing:  # even the page that says so
        monkeypatch.setattr("app.problems.render_template", failing)
    assert client.get(f"/enter/{SECRET}").status_code == 500
    said = capsys.readouterr().err
    assert '"/enter/<token>"' in said
    assert '"failing"' in said, "the traceback still says where"
    assert SECRET not in said
    assert NAME not in said


def test_a_commit_that_fails_says_why_without_what_was_to_be_stored(
    app: Flask,
    client: FlaskClient,
    bearer: Any,
    runs: list[dict[str, Any]],
    as_served: Callable[[], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    as_served()
    with sqlite3.connect(app.extensions["settings"].database) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON note BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    payload = {"sheet": {"time": 20.0}, "note": NAME}
    body = {"commands": [command("EnterScore", runs[0]["target"], payload, runs[0]["version"])]}
    assert client.post("/api/v1/commands", json=body, headers=bearer("judge")).status_code == 503
    said = capsys.readouterr().err
    assert "disk full" in said
    assert NAME not in said


def test_a_payload_that_is_refused_is_not_told_in_full() -> None:
    with pytest.raises(Refusal) as refused:
        make_command("id", "EnterScore", "c/demo/run/1", {"sheet": NAME}, SYSTEM)
    assert NAME not in str(refused.value.__context__)
