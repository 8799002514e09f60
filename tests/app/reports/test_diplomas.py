"""Diplomas and certificates: numbered once, set with every name whole, in the organiser's dress, verified by code."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.papers.state import Papers
from app.reports.jobs import set_papers
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.reports.test_protocol import confirm_all, text_of

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo/diplomas"
LONG = "Әбдірахманқызы-Нұрғалиева Үміткүл Ғабдұлқайырқызы"
ROW = {
    "division": "line",
    "organisation": "«Дарын» мамандандырылған мектеп-лицей-интернаты",
    "region": "KZ-35",
}


@pytest.fixture
def desk(client: FlaskClient, bearer: Bearer) -> Callable[..., Any]:
    client.application.config["WTF_CSRF_ENABLED"] = False

    def post(path: str, **fields: Any) -> Any:
        return client.post(f"{HERE}{path}", data=fields, headers=bearer("organiser"))

    return post


@pytest.fixture
def fetch(app: Flask, client: FlaskClient, bearer: Bearer, desk: Any) -> Callable[..., bytes]:
    """Orders all papers of a kind, does the worker's part, and fetches what it made."""

    def made(kind: str, format: str = "pdf") -> bytes:
        answer = desk(f"/{kind}/set", format=format)
        assert answer.status_code == 302, answer.text
        waiting = client.get(answer.location, headers=bearer("organiser"))
        assert "papers-waiting" in waiting.text
        [order] = (app.extensions["settings"].data / "papers").glob("*.json")
        set_papers.call_local(str(order))
        fetched = client.get(answer.location, headers=bearer("organiser"))
        assert fetched.status_code == 200
        content: bytes = fetched.data
        return content

    return made


@pytest.fixture
def published(send: Send, runs: list[dict[str, Any]]) -> None:
    confirm_all(send, runs)
    assert (
        send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)["status"] == "accepted"
    )


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_members_get_certificates_with_their_names_whole(desk: Any, fetch: Any, send: Send) -> None:
    row = {**ROW, "team": "Тұлпар", "members": [LONG, "Әли Ғ."]}
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [row]})["status"] == "accepted"
    desk("/issue", kind="participation", division="line", languages="kk,ru")
    pdf = fetch("participation")
    [page] = [page for page in pages(pdf) if "Әбдірахманқызы" in page]
    assert LONG in " ".join(page.split())
    assert "Сертификат" in page or "сертификат" in page
    assert is_within_the_margins(pdf)


def is_within_the_margins(pdf: bytes, margin_pt: float = 20) -> bool:
    """Whether every letter of every page is on the paper, away from its edges."""
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            if (
                left < margin_pt
                or bottom < margin_pt
                or right > width - margin_pt
                or top > height - margin_pt
            ):
                return False
    return True


def test_degrees_follow_the_published_results(
    client: FlaskClient, desk: Any, fetch: Any, published: None, send: Send
) -> None:
    settle_ties(send)
    desk("/issue", kind="diploma", division="line", languages="en")
    first = pages(fetch("diploma"))[0]
    assert "Diploma of degree I" in first
    rows = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    assert rows[0]["entry"]["team"] in " ".join(first.split())
    found = re.search(r"/verify/([0-9A-Z]{16})", first)
    assert found
    page = client.get(f"/verify/{found[1]}?lang=en").text
    assert "This paper is genuine" in page


def issued(client: FlaskClient) -> int:
    return len(client.application.extensions["pipeline"].state("c/demo")[Papers].issued)


def settle_ties(send: Send) -> None:
    """Where entries are level at the border of a degree, the jury takes them all in."""
    for degree in (1, 2, 3):
        send("organiser", "DecideTie", "c/demo/division/line", {"degree": degree, "decision": "extend"})


def test_nobody_gets_a_second_one(client: FlaskClient, desk: Any) -> None:
    desk("/issue", kind="participation", division="", languages="kk")
    count = issued(client)
    assert count > 0
    desk("/issue", kind="participation", division="", languages="kk")
    assert issued(client) == count


def test_a_zip_holds_one_each(desk: Any, fetch: Any, client: FlaskClient) -> None:
    desk("/issue", kind="participation", division="line", languages="ru")
    with zipfile.ZipFile(io.BytesIO(fetch("participation", "zip"))) as archive:
        names = archive.namelist()
        assert len(names) == issued(client)
        assert len(pages(archive.read(names[0]))) == 1


def test_the_organisers_words_and_picture(desk: Any, fetch: Any, client: FlaskClient) -> None:
    desk("/issue", kind="participation", division="line", languages="kk")
    picture = io.BytesIO()
    Image.new("RGB", (2480, 3508), "#ffd0d0").save(picture, "PNG")
    picture.seek(0)
    words = {"title_kk": "Алғыс хат", "text_kk": '«{team}» командасына #image("x") {nobody}'}
    answer = desk("/participation/design", **words, picture=(picture, "a4.png"))
    assert answer.status_code == 302, answer.text
    pdf = fetch("participation")
    text = text_of(pdf)
    assert "Алғыс хат" in text
    assert '#image("x") {nobody}' in " ".join(text.split()), "words are words, never instructions"
    corner = pypdfium2.PdfDocument(pdf)[0].render(scale=0.2).to_pil().convert("RGB").getpixel((3, 3))
    assert all(abs(a - b) < 6 for a, b in zip(corner, (255, 208, 208), strict=True))


def test_what_is_no_picture_is_refused(desk: Any) -> None:
    answer = desk("/diploma/design", title_kk="x", picture=(io.BytesIO(b"<svg/>"), "a4.svg"))
    assert answer.status_code == 400
    assert "PNG, JPEG" in answer.text


def test_whoever_was_taken_down_is_left_out(
    client: FlaskClient, desk: Any, fetch: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    desk("/issue", kind="participation", division="line", languages="kk")
    entry = runs[0]["entry"]
    assert entry["team"] in text_of(fetch("participation"))
    send("organiser", "TakeDownEntry", "c/demo", {"entry": entry["id"]})
    assert entry["team"] not in text_of(fetch("participation"))


def test_papers_are_the_organisers_alone(client: FlaskClient, bearer: Bearer) -> None:
    assert client.get(HERE, headers=bearer("judge")).status_code == 403
    assert client.get(f"{HERE}/set/{'0' * 32}", headers=bearer("organiser")).status_code == 404
    assert client.get(f"{HERE}/set/..%2faccess", headers=bearer("organiser")).status_code == 404
