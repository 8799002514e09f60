"""A team is taken down only by somebody who read what goes; then its pictures go as files, too."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.album import Album
from app.backup.place import Place
from app.entries.state import Entries
from app.pictures import keep_picture, picture_path
from app.registry.state import People
from tests.app.archives.conftest import packed
from tests.app.conftest import Send, opened
from tests.app.desk.desking import Desk

Bearer = Callable[[str], dict[str, str]]


@pytest.fixture
def desk(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


@pytest.fixture
def duel(app: Flask) -> list[str]:
    """Two teams of a class that is inspected."""
    return [entry.id for entry in app.extensions["pipeline"].state("c/demo")[Entries].of("duel")][:2]


def keep(app: Flask, colour: str) -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return keep_picture(drawn.getvalue(), app.extensions["settings"].pictures, (100, 100))


def file(app: Flask, digest: str) -> Path:
    return picture_path(app.extensions["settings"].pictures, digest)


def inspect(send: Send, entry: str, photo: str) -> None:
    inspected = {"outcome": "failed", "photo": photo, "note": "шет жағы өткір"}
    receipt = send("referee", "RecordInspection", f"c/demo/entry/{entry}", inspected)
    assert receipt["status"] == "accepted", receipt


def show(send: Send, entry: str, emblem: str) -> None:
    receipt = send("organiser", "SetEmblem", "c/demo", {"entry": entry, "picture": emblem})
    assert receipt["status"] == "accepted", receipt


def test_it_says_what_goes_and_waits_for_a_tick(app: Flask, desk: Desk, duel: list[str], send: Send) -> None:
    entry = duel[0]
    show(send, entry, keep(app, "teal"))
    inspect(send, entry, keep(app, "gold"))
    here = f"/desk/c/demo/entries/{entry}/take-down"
    page = desk.get(here)
    number = app.extensions["pipeline"].state("c/demo")[Entries].by_id[entry].number
    for said in ("its emblem", "1 photo of its inspection", "1 note, signature or protest", "people"):
        assert said in page, said
    assert f"№ {number}" in page
    desk.post(here, here, {}, 400)
    assert entry not in app.extensions["pipeline"].state("c/demo")[Entries].taken_down
    desk.post(here, here, {"sure": "y"})
    assert entry in app.extensions["pipeline"].state("c/demo")[Entries].taken_down
    desk.get(here, 404)


def test_its_pictures_go_as_files_and_what_others_show_stays(
    app: Flask, duel: list[str], send: Send, tmp_path: Path
) -> None:
    own, shared, photo, others = (keep(app, colour) for colour in ("teal", "gold", "navy", "pink"))
    first, second = duel
    show(send, first, own)
    show(send, second, shared)
    inspect(send, first, photo)
    inspect(send, second, others)
    inspect(send, first, shared)
    assert all(file(app, one).exists() for one in (own, shared, photo, others))
    place = Place(tmp_path / "stick")
    place.begin()
    place.keep_files(app.extensions["settings"].data)
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": first})["status"] == "accepted"
    assert [one for one in (own, photo) if file(app, one).exists()] == []
    assert all(file(app, one).exists() for one in (shared, others)), "another team shows it"
    place.keep_files(app.extensions["settings"].data)
    kept = {path.stem for path in (place.folder / "files" / "pictures").iterdir()}
    assert kept == {shared, others}, "the second place forgets them as well"
    archive = packed(app, tmp_path / "after.zip").read_bytes()
    assert own.encode() + b".jpg" not in archive
    assert shared.encode() + b".jpg" in archive


def test_what_a_server_that_stopped_in_between_left_goes_at_its_next_start(
    app: Flask, duel: list[str], send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, never_set = keep(app, "teal"), keep(app, "gray")
    show(send, duel[0], own)
    monkeypatch.setattr(Album, "follow", lambda *_told: None)
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": duel[0]})["status"] == "accepted"
    assert file(app, own).exists()
    monkeypatch.undo()
    data = app.extensions["settings"].data
    app.extensions["pipeline"].close()
    with opened(data):
        assert not picture_path(data / "pictures", own).exists()
        assert picture_path(data / "pictures", never_set).exists(), "it may be set in a moment"


def test_when_everybody_is_erased_photos_of_robots_go_and_emblems_stay(
    app: Flask, duel: list[str], send: Send
) -> None:
    emblem, photo = keep(app, "teal"), keep(app, "gold")
    show(send, duel[0], emblem)
    inspect(send, duel[0], photo)
    everybody = list(app.extensions["pipeline"].state("c/demo")[People].by_id)
    assert send("organiser", "SetRetention", "c/demo", {"until": "2020-01-01"})["status"] == "accepted"
    assert send("organiser", "ErasePeople", "c/demo", {"people": everybody})["status"] == "accepted"
    assert not file(app, photo).exists()
    assert file(app, emblem).exists()


def test_only_organisers_may(client: FlaskClient, bearer: Bearer, duel: list[str]) -> None:
    for role in ("referee", "judge", "volunteer"):
        here = f"/desk/c/demo/entries/{duel[0]}/take-down"
        assert client.get(here, headers=bearer(role)).status_code == 403
