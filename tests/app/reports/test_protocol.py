"""Protocols: published only when every run is confirmed, set as PDF with Kazakh letters, and verified by their code."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient

from app.papers.codes import SYMBOLS, check_symbol, paper_code, read_code, shown_code
from app.papers.state import Papers
from app.pipeline import Pipeline
from tests.app.conftest import WITHOUT_WAITING, Send

Bearer = Callable[[str], dict[str, str]]
DIVISION = "c/demo/division/line"
OFFICIALS = {
    "chief_judge": "Әбдіқадыров Ғалымжан",
    "judges": ["Құсайынова Үміт"],
    "secretary": "Өмірбек Іңкәр",
}


def confirm_all(send: Send, runs: list[dict[str, Any]]) -> None:
    for index, run in enumerate(runs):
        score = {"sheet": {"time": 20.5 + index % 7}} if index else {"sheet": {}, "mark": "DNF"}
        assert send("judge", "EnterScore", run["target"], score, run["version"])["status"] == "accepted"


@pytest.fixture
def published(send: Send, runs: list[dict[str, Any]]) -> None:
    confirm_all(send, runs)
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"


def text_of(pdf: bytes) -> str:
    """Everything a PDF says, page after page."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def protocol(client: FlaskClient, bearer: Bearer, languages: str = "kk,ru") -> str:
    answer = client.get(
        f"/desk/c/demo/division/line/protocol.pdf?in={languages}", headers=bearer("organiser")
    )
    assert answer.status_code == 200, answer.text
    return text_of(answer.data)


def test_publishing_waits_for_every_run_and_names_those_it_waits_for(
    send: Send, runs: list[dict[str, Any]]
) -> None:
    confirm_all(send, runs[:-2])
    refused = send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)
    assert (refused["code"], refused["facts"]["count"]) == ("runs_unconfirmed", 2)
    for run in runs[-2:]:
        assert f"№ {run['entry']['number']}/{run['attempt']}" in refused["facts"]["runs"]


def test_a_draft_has_no_code_and_says_it_is_one(client: FlaskClient, bearer: Bearer) -> None:
    text = protocol(client, bearer, "en")
    assert "Draft, not official" in text
    assert "/verify/" not in text


def test_the_protocol_says_what_the_standings_say(
    client: FlaskClient, bearer: Bearer, send: Send, published: None, pipeline: Pipeline
) -> None:
    assert send("organiser", "SetOfficials", "c/demo", OFFICIALS)["status"] == "accepted"
    text = protocol(client, bearer)
    standings = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    words = " ".join(text.split())
    for row in standings:
        assert row["entry"]["team"] in words
    for name in ("Әбдіқадыров Ғалымжан", "Құсайынова Үміт", "Өмірбек Іңкәр"):
        assert name in words
    assert "180 с" in words  # the limit of the day, its unit in Cyrillic
    state = pipeline.state("c/demo")
    assert state is not None
    publication = state[Papers].last("line")
    assert publication is not None
    assert shown_code(publication.code) in text
    assert publication.head in "".join(text.split())
    assert publication.code == paper_code("protocol", "c/demo", "line/1", publication.head)


def test_the_code_opens_a_page_that_knows_the_paper(
    client: FlaskClient, bearer: Bearer, send: Send, published: None, runs: list[dict[str, Any]]
) -> None:
    found = re.search(r"/verify/([0-9A-Z]{16})", protocol(client, bearer))
    assert found
    link = f"/verify/{found[1]}?lang=en"
    page = client.get(link)
    assert page.status_code == 200
    assert "This paper is genuine" in page.text
    assert "These are the newest results" in page.text

    version = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][1]["version"]
    mended = {"sheet": {"time": 11.0}, "reason": "кіріс қате"}
    assert send("referee", "CorrectScore", runs[1]["target"], mended, version)["status"] == "accepted"
    assert "A result was corrected" in client.get(link).text
    assert "Draft, not official" in protocol(client, bearer, "en")
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"
    assert "newer one: revision 2" in client.get(link).text


def test_a_frozen_division_tells_no_places(
    client: FlaskClient, send: Send, published: None, pipeline: Pipeline
) -> None:
    assert send("organiser", "FreezeStandings", DIVISION)["status"] == "accepted"
    state = pipeline.state("c/demo")
    assert state is not None
    publication = state[Papers].last("line")
    assert publication is not None
    team = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"][0]["entry"]
    page = client.get(f"/verify/{publication.code}?lang=en").text
    assert "This paper is genuine" in page
    assert team["team"] not in page


def test_a_code_copied_wrongly_is_told_from_one_never_issued(client: FlaskClient) -> None:
    unknown = paper_code("protocol", "c/x", "y/1", "0" * 64)
    assert "No paper with the code" in client.get(f"/verify/{unknown}?lang=en").text
    assert "was not copied right" in client.get(f"/verify/{unknown[1:]}?lang=en").text
    assert client.get(f"/verify/{unknown}").status_code == 404


def test_every_slip_of_one_symbol_or_of_two_neighbours_is_seen() -> None:
    code = paper_code("protocol", "c/demo", "line/1", "ab" * 32)
    assert read_code(shown_code(code).lower()) == code
    for at in range(len(code)):
        for symbol in set(SYMBOLS) - {code[at]}:
            assert read_code(code[:at] + symbol + code[at + 1 :]) is None
        swapped = code[:at] + code[at + 1 : at + 2] + code[at] + code[at + 2 :]
        assert swapped == code or read_code(swapped) is None
    assert check_symbol(code[:-1]) == code[-1]
