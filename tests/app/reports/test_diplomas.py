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

from app.eventlog.chain import Cause, Event, link, utc_now
from app.eventlog.fold import State
from app.papers.codes import paper_code
from app.papers.state import Papers
from app.reports.jobs import set_papers
from app.states import open_state
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


def state_of(client: FlaskClient) -> State:
    state: State = client.application.extensions["pipeline"].state("c/demo")
    return state


def issued(client: FlaskClient) -> int:
    return len(client.application.extensions["pipeline"].state("c/demo")[Papers].issued)


def settle_ties(send: Send) -> None:
    """Where entries are level at the border of a degree, the jury takes them all in."""
    for degree in (1, 2, 3):
        send("organiser", "DecideTie", "c/demo/division/line", {"degree": degree, "decision": "extend"})


def test_no_paper_tells_the_code_of_another(client: FlaskClient, desk: Any) -> None:
    """Whoever holds one knows the kind, the competition, that numbers follow one another, and the head on its page."""
    desk("/issue", kind="participation", division="line", languages="kk")
    papers = state_of(client)[Papers]
    first, second = papers.issued[1], papers.issued[2]
    assert first.head in client.get(f"/verify/{first.code}").text
    guessed = paper_code(second.kind, "c/demo", "2", first.head)
    assert guessed not in papers.by_code
    assert client.get(f"/verify/{guessed}").status_code == 404
    assert "nonce" not in first.facts


def test_the_log_tells_every_code_again(client: FlaskClient, desk: Any) -> None:
    desk("/issue", kind="participation", division="line", languages="kk")
    held = state_of(client)
    with client.application.extensions["engine"].connect() as connection:
        again = open_state(connection, "c/demo")
    assert again[Papers].by_code.keys() == held[Papers].by_code.keys()


def test_papers_issued_before_there_were_nonces_keep_their_codes(client: FlaskClient, desk: Any) -> None:
    desk("/issue", kind="participation", division="line", languages="kk")
    state = state_of(client)
    facts = {"division": "line", "entry": state[Papers].issued[1].facts["entry"]}
    number = state[Papers].next_number
    data = {"kind": "coach", "languages": ["kk"], "first": number, "papers": [facts]}
    state.apply(
        link(state.head, state.seq + 1, Event("PapersIssued", data), Cause("x", None, None, utc_now()))
    )
    code = paper_code("coach", "c/demo", str(number), state.head)
    assert state[Papers].issued[number].code == code
    assert client.get(f"/verify/{code}").status_code == 200


def test_a_diploma_is_not_known_before_the_ceremony(
    client: FlaskClient, desk: Any, published: None, send: Send
) -> None:
    settle_ties(send)
    desk("/issue", kind="diploma", division="line", languages="en")
    desk("/issue", kind="participation", division="line", languages="en")
    papers = state_of(client)[Papers].issued.values()
    codes = {kind: [one.code for one in papers if one.kind == kind] for kind in ("diploma", "participation")}

    def known(kind: str) -> set[int]:
        return {client.get(f"/verify/{code}").status_code for code in codes[kind]}

    assert known("diploma") == {200}
    assert send("organiser", "FreezeStandings", "c/demo/division/line")["status"] == "accepted"
    assert (known("diploma"), known("participation")) == ({404}, {200})
    assert send("organiser", "UnfreezeStandings", "c/demo/division/line")["status"] == "accepted"
    assert known("diploma") == {200}


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


def test_each_time_they_are_fetched_is_a_look(
    app: Flask, desk: Any, client: FlaskClient, bearer: Bearer
) -> None:
    def looks() -> list[tuple[str, int]]:
        with app.extensions["engine"].connect() as connection:
            found = connection.exec_driver_sql("SELECT what, people FROM personal_access ORDER BY id")
            return [(row.what, row.people) for row in found]

    desk("/issue", kind="participation", division="line", languages="kk,ru")
    location = desk("/participation/set", format="pdf").location
    assert looks() == [], "nobody has seen them yet"
    [order] = (app.extensions["settings"].data / "papers").glob("*.json")
    set_papers.call_local(str(order))
    for _again in range(2):
        assert client.get(location, headers=bearer("organiser")).status_code == 200
    seen = looks()
    assert [what for what, _people in seen] == ["papers_participation"] * 2
    assert seen[0][1] > 5


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
