"""An entry's emblem and the announcer's words: stored, shown where they belong, gone with the team."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import text

from tests.app.conftest import Send

Bearer = Callable[[str], dict[str, str]]
FORM = "multipart/form-data"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(size_px: tuple[int, int] = (1200, 300), mode: str = "RGBA") -> bytes:
    written = io.BytesIO()
    Image.new(mode, size_px, 0).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def store(client: FlaskClient, bearer: Bearer, runs: list[dict[str, Any]]) -> Callable[..., Any]:
    """Sends the page's form for the first entry of field A."""
    client.application.config["WTF_CSRF_ENABLED"] = False
    page = f"/desk/c/demo/entries/{runs[0]['entry']['id']}"

    def send(role: str = "organiser", file: bytes | None = None, **fields: str) -> Any:
        uploaded = {"emblem": (io.BytesIO(file), "emblem.png")} if file is not None else {}
        return client.post(page, data={**fields, **uploaded}, content_type=FORM, headers=bearer(role))

    return send


def emblem_of(client: FlaskClient) -> str | None:
    queue = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
    digest: str | None = queue[0]["entry"]["emblem"]
    return digest


def test_an_emblem_is_drawn_anew_smaller_and_on_white(client: FlaskClient, store: Any) -> None:
    assert store(file=png()).status_code == 302
    served = client.get(f"/pictures/{emblem_of(client)}.jpg")
    assert served.status_code == 200
    picture = Image.open(io.BytesIO(served.data))
    assert (picture.format, picture.size) == ("JPEG", (800, 200))
    assert picture.getpixel((5, 5)) == (255, 255, 255), "what was clear is white"
    store(without="y")
    assert emblem_of(client) is None
    assert store(pronunciation="x").status_code == 302
    assert emblem_of(client) is None


@pytest.mark.parametrize(
    "file", [SVG, b"rubbish", png()[:200], b"\x89PNG\r\n\x1a\n", png((9_000, 9_000), "1")]
)
def test_what_is_no_picture_is_refused_at_its_field_and_the_words_stay(
    client: FlaskClient, store: Any, file: bytes
) -> None:
    answer = store(file=file, note="A first-year team")
    assert answer.status_code == 400
    assert "is-invalid" in answer.text
    assert "A first-year team" in answer.text
    assert emblem_of(client) is None


def test_the_announcer_alone_reads_the_words(
    client: FlaskClient, bearer: Bearer, store: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    store(pronunciation="Туул-ПАР", note="Their first republic")
    send("referee", "OpenRun", runs[0]["target"])
    page = client.get("/desk/c/demo/field/A/announcer", headers=bearer("referee")).text
    assert "Туул-ПАР" in page
    assert "Their first republic" in page
    assert "Туул-ПАР" not in client.get("/api/v1/live/c/demo/field/A").text


def test_all_of_it_goes_with_the_team(
    app: Flask, client: FlaskClient, bearer: Bearer, store: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    store(file=png(), pronunciation="Туул-ПАР")
    address = f"/pictures/{emblem_of(client)}.jpg"
    entry = runs[0]["entry"]["id"]
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": entry})["status"] == "accepted"
    assert client.get(address).status_code == 404
    assert client.get(f"/desk/c/demo/entries/{entry}", headers=bearer("organiser")).status_code == 404
    with app.extensions["engine"].connect() as connection:
        notes = connection.execute(text("SELECT text FROM note")).scalars().all()
    assert not any("Туул-ПАР" in note for note in notes)


def test_only_organisers_change_it(client: FlaskClient, store: Any) -> None:
    assert store("judge", file=png()).status_code == 403
    assert emblem_of(client) is None


def test_a_picture_that_nothing_shows_is_not_served(client: FlaskClient) -> None:
    assert client.get(f"/pictures/{'0' * 64}.jpg").status_code == 404
    assert client.get("/pictures/..%2f..%2faccess.jpg").status_code == 404


def test_a_partners_picture_is_on_the_wall_until_it_is_taken_off(client: FlaskClient, bearer: Bearer) -> None:
    client.application.config["WTF_CSRF_ENABLED"] = False
    wall = "/desk/c/demo/notices/wall"
    card = {"cards-0-kind": "sponsor", "cards-0-title_kk": "Серік"}
    first = {**card, "cards-0-upload": (io.BytesIO(png()), "logo.png")}
    client.post(wall, data=first, content_type=FORM, headers=bearer("organiser"))
    [shown] = client.get("/api/v1/live/c/demo/notices").get_json()["data"]["cards"]
    assert client.get(f"/pictures/{shown['picture']}.jpg").status_code == 200
    client.post(
        wall,
        data={**card, "cards-0-picture": shown["picture"]},
        content_type=FORM,
        headers=bearer("organiser"),
    )
    [kept] = client.get("/api/v1/live/c/demo/notices").get_json()["data"]["cards"]
    assert kept["picture"] == shown["picture"]
    off = {**card, "cards-0-picture": shown["picture"], "cards-0-without": "y"}
    client.post(wall, data=off, content_type=FORM, headers=bearer("organiser"))
    [without] = client.get("/api/v1/live/c/demo/notices").get_json()["data"]["cards"]
    assert without["picture"] is None
    assert client.get(f"/pictures/{shown['picture']}.jpg").status_code == 404
