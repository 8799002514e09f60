"""The desk's plan pressed as the organiser does; the worker does what it is asked at once, in its own process."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.planning.jobs import work as worker_task
from app.settings import Settings

Bearer = Callable[[str], dict[str, str]]
PLAN = "/desk/c/demo/plan"


def version_in(page: str) -> str:
    """The version of the plan that a page was made from."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found, page
    return found.group(1)


@pytest.fixture
def settings(app: Flask) -> Settings:
    found: Settings = app.extensions["settings"]
    return found


@pytest.fixture
def desk(
    client: FlaskClient, bearer: Bearer, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Callable[..., Any]:
    """Press a button of the page as the organiser; the worker does what it is asked at once, in its own process."""
    client.application.config["WTF_CSRF_ENABLED"] = False

    def at_once(order: str) -> None:
        worker_task.call_local(order)

    monkeypatch.setattr("app.planning.jobs.work", at_once)

    def press(button: str = "", expected: int = 302, **fields: Any) -> str:
        headers = bearer("organiser")
        if not button:
            return client.get(PLAN, headers=headers).text
        if button == "asked" and "version" not in fields:
            fields["version"] = version_in(press())
        answer = client.post(f"{PLAN}/{button}", data=fields, headers=headers)
        assert answer.status_code == expected, answer.text
        return answer.text

    return press
