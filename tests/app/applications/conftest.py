"""A coach filling in the demo's application form, and the organiser who answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.applications import limiting
from app.applications.state import Applications
from app.eventlog.chain import utc_now
from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
Open = Callable[..., Any]


def filled(**changed: Any) -> dict[str, Any]:
    """A form as a browser sends it: a coach, two members of 12 and 14 years, one division."""
    year = utc_now().year
    return {
        "team": "Шапшаң", "organisation": "№ 3 мектеп", "organisation_kind": "school", "region": "KZ-10",
        "district": "Абай ауданы",
        "coach-surname": "Тәжібай", "coach-given_name": "Гүлнар", "coach-contact": "+7 700 000 00 00",
        "members-0-surname": "Қуаныш", "members-0-given_name": "Аян", "members-0-birth_year": str(year - 12),
        "members-1-surname": "Петрова", "members-1-given_name": "Вера", "members-1-birth_year": str(year - 14),
        "wanted-0-division": "line", "wanted-0-robot": "Жүйрік",
    } | changed  # fmt: skip


@pytest.fixture
def web(app: Flask) -> Iterator[Open]:
    """Open a public page; forms are sent without their token."""
    app.config["WTF_CSRF_ENABLED"] = False
    limiting.forget()
    stranger = app.test_client()
    yield lambda path, **form: stranger.open(path, method="POST" if form else "GET", data=form or None)
    limiting.forget()


@pytest.fixture
def desk(app: Flask, bearer: Bearer) -> Open:
    """Open a page of the demo's desk as its organiser."""
    headers = bearer("organiser")
    return lambda path, **form: app.test_client().open(
        f"/desk/c/demo{path}", method="POST" if form else "GET", data=form or None, headers=headers
    )


@pytest.fixture
def terms(app: Flask, send: Send) -> Callable[..., None]:
    """Open applications under these terms."""

    def setting(**more: Any) -> None:
        seen = app.extensions["pipeline"].state("c/demo")[Applications].terms_version
        receipt = send("organiser", "SetApplicationTerms", "c/demo", {"is_open": True} | more, seen)
        assert receipt["status"] == "accepted"

    return setting


@pytest.fixture
def applied(web: Open, terms: Callable[..., None]) -> str:
    """The path of an application that was handed in."""
    terms()
    answer = web("/c/demo/apply", **filled())
    assert answer.status_code == 302, answer.text
    return str(answer.location.split("?")[0])


def version(page: str) -> str:
    """The version a form was made against."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found, page
    return found.group(1)
