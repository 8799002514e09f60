"""A coach's documents: attached, seen, taken off, and gone with whatever they belonged to."""

from __future__ import annotations

import hashlib
import io
import re
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from limits import RateLimitItemPerHour
from PIL import Image
from sqlalchemy import text

from app.applications import attaching, limiting
from app.applications.documents import MOST_DOCUMENTS
from app.applications.redrawing import DocumentRefused
from app.applications.shelf import Shelf
from app.applications.state import Applications, Document
from app.backup.place import Place
from app.desk.day.office_needs import office_needs
from app.entries.state import Entries
from app.eventlog.chain import utc_now
from app.eventlog.verifying import verify
from app.states import open_state
from tests.app.conftest import Send

from .conftest import Open, filled, version
from .documents import pdf, picture
from .test_applying import ids_of, only

Terms = Callable[..., None]
Attach = Callable[..., Any]


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents drawn at once, each other file another page; the process that does it has tests of its own."""

    def drawn(content: bytes) -> list[bytes]:
        if content.startswith(b"<svg"):
            raise DocumentRefused("document_unreadable")
        pages = int(content.split()[1]) if content.startswith(b"pages ") else 1
        seed = hashlib.sha256(content).digest()
        return [picture(colour=f"#{seed[at]:02x}{seed[1]:02x}{seed[2]:02x}") for at in range(pages)]

    monkeypatch.setattr(attaching, "redrawn", drawn)


@pytest.fixture
def attach(web: Open, applied: str, quickly: None) -> Attach:
    """Attach a file to the application."""

    def attaching_one(content: bytes = b"one", kind: str = "project", query: str = "") -> Any:
        form = {"kind": kind, "file": (io.BytesIO(content), "Қуаныш Аян.pdf")}
        return web(f"{applied}/documents{query}", **form)

    return attaching_one


def documents(app: Flask) -> list[Document]:
    return list(app.extensions["pipeline"].state("c/demo")[Applications].documents.values())


def needs(app: Flask) -> set[str]:
    """What waits at the desk because of consents."""
    with app.test_request_context():
        found = {one.code for one in office_needs(app.extensions["pipeline"].state("c/demo"), utc_now())}
    return {code for code in found if "consent" in code}


def files(app: Flask) -> list[Path]:
    folder = app.extensions["settings"].documents
    return sorted(folder.iterdir()) if folder.exists() else []


def test_attached_it_is_seen_by_its_coach_and_the_organiser_alone(
    app: Flask, web: Open, desk: Open, applied: str, attach: Attach
) -> None:
    assert attach(b"pages 2").status_code == 302
    [document] = documents(app)
    assert (document.kind, len(document.pages)) == ("project", 2)
    page = web(f"{applied}/documents").text
    assert page.count('data-testid="document"') == 1
    seen = web(f"{applied}/documents/{document.id}/2.jpg")
    assert (seen.status_code, seen.mimetype) == (200, "image/jpeg")
    assert hashlib.sha256(seen.data).hexdigest() == document.pages[1]
    here = f"/applications/{only(app).id}"
    assert 'data-testid="whole"' in desk(here).text
    assert desk(f"{here}/documents/{document.id}/1.jpg").status_code == 200
    assert app.test_client().get(f"/desk/c/demo{here}/documents/{document.id}/1.jpg").status_code == 401
    assert app.test_client().get(f"/pictures/{document.pages[0]}.jpg").status_code == 404
    for wrong in (f"{document.id}/0.jpg", f"{document.id}/3.jpg", "x/1.jpg"):
        assert web(f"{applied}/documents/{wrong}").status_code == 404
        assert desk(f"{here}/documents/{wrong}").status_code == 404


def test_whoever_opens_it_opens_a_picture_that_can_do_nothing(
    app: Flask, web: Open, desk: Open, applied: str, attach: Attach
) -> None:
    attach()
    [document] = documents(app)
    here = f"/applications/{only(app).id}/documents/{document.id}"
    for answer in (
        web(f"{applied}/documents/{document.id}/1.jpg"),
        desk(f"{here}/1.jpg"),
        desk(f"{here}.pdf"),
    ):
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "filename=" in answer.headers["Content-Disposition"]
    assert desk(f"{here}.pdf").headers["Content-Disposition"].startswith("attachment")
    assert desk(f"{here}.pdf").data.startswith(b"%PDF")


def test_the_organisers_looks_are_remembered(app: Flask, desk: Open, attach: Attach) -> None:
    attach()
    desk(f"/applications/{only(app).id}/documents/{documents(app)[0].id}/1.jpg")
    with app.extensions["engine"].connect() as connection:
        looks = connection.execute(text("SELECT what FROM personal_access")).scalars().all()
    assert "document" in looks


def test_it_lies_outside_the_log_for_its_owner_alone(app: Flask, attach: Attach) -> None:
    attach()
    [path] = files(app)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with app.extensions["engine"].connect() as connection:
        stored = "\n".join(connection.connection.driver_connection.iterdump())
    assert "Қуаныш Аян.pdf" not in stored, "names of files may name people"
    assert documents(app)[0].pages[0] in stored
    with app.extensions["engine"].connect() as connection:
        assert open_state(connection, "c/demo")[Applications].documents == {
            one.id: one for one in documents(app)
        }
    assert verify(app.extensions["engine"])["ok"]


def test_taken_off_it_is_erased(app: Flask, web: Open, applied: str, attach: Attach) -> None:
    attach(b"one")
    attach(b"two")
    first, second = documents(app)
    assert web(f"{applied}/documents/{first.id}/remove", csrf="").status_code == 302
    assert documents(app) == [second]
    assert [path.stem for path in files(app)] == list(second.pages)
    assert web(f"{applied}/documents/{first.id}/1.jpg").status_code == 404


def test_a_page_that_two_documents_share_stays_with_the_other(
    app: Flask, web: Open, applied: str, attach: Attach
) -> None:
    attach(b"same")
    attach(b"same", kind="photo")
    first, second = documents(app)
    web(f"{applied}/documents/{first.id}/remove", csrf="")
    assert [path.stem for path in files(app)] == list(second.pages)


def test_the_organiser_takes_one_off(app: Flask, desk: Open, attach: Attach) -> None:
    attach()
    desk(f"/applications/{only(app).id}/documents/{documents(app)[0].id}/remove", csrf="")
    assert (documents(app), files(app)) == ([], [])


def test_one_of_another_application_is_neither_seen_nor_taken_off(
    app: Flask, web: Open, applied: str, attach: Attach
) -> None:
    attach()
    other = web("/c/demo/apply", **filled(team="Басқа")).location.split("?")[0]
    [document] = documents(app)
    assert web(f"{other}/documents/{document.id}/1.jpg").status_code == 404
    web(f"{other}/documents/{document.id}/remove", csrf="")
    assert documents(app) == [document]


def test_it_goes_with_the_application(app: Flask, web: Open, applied: str, attach: Attach) -> None:
    attach()
    web(f"{applied}/withdraw", csrf="")
    assert (documents(app), files(app)) == ([], [])
    assert web(f"{applied}/documents").status_code == 404


def test_it_goes_with_the_last_entry_and_consents_go_with_anybody(
    app: Flask, web: Open, desk: Open, send: Send, applied: str, attach: Attach
) -> None:
    attach(b"one", kind="project")
    attach(b"two", kind="consent")
    application = only(app)
    desk(f"/applications/{application.id}/accept", version=application.version)
    person = application.people[-1]["id"]
    assert send("organiser", "ErasePeople", "c/demo", {"people": [person]})["status"] == "accepted"
    assert [one.kind for one in documents(app)] == ["project"]
    entry = list(app.extensions["pipeline"].state("c/demo")[Entries].by_id)[-1]
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": entry})["status"] == "accepted"
    assert (documents(app), files(app)) == ([], [])


def test_a_consent_is_doubted_once_somebody_left(
    app: Flask, web: Open, desk: Open, applied: str, attach: Attach
) -> None:
    attach(b"first", kind="consent")
    attach(b"second", kind="consent")
    attach(b"third", kind="project")
    own = f"/applications/{only(app).id}"

    def changed(**what: str) -> None:
        page = web(applied).text
        answer = web(applied, **filled() | ids_of(page) | {"version": version(page)} | what)
        assert answer.status_code == 302, answer.text

    changed(team="Басқаша")
    assert not any(one.may_be_of_who_left for one in documents(app)), "nobody left"
    assert 'data-testid="of-who-left"' not in desk(own).text
    somebody_else = {"members-1-id": "", "members-1-surname": "Сериков", "members-1-given_name": "Дәулет"}
    changed(**somebody_else)
    doubted = [one for one in documents(app) if one.may_be_of_who_left]
    assert [one.kind for one in doubted] == ["consent", "consent"]
    for page in (desk(own), web(f"{applied}/documents")):
        assert page.text.count('data-testid="of-who-left"') == 2
    assert needs(app) == {"consent_in_doubt"}
    state = open_state(app.extensions["pipeline"]._reader, "c/demo")
    assert state[Applications].documents == app.extensions["pipeline"].state("c/demo")[Applications].documents
    assert desk(f"{own}/documents/{doubted[0].id}/keep", sent="1").status_code == 302
    assert desk(f"{own}/documents/{doubted[1].id}/remove", sent="1").status_code == 302
    assert [(one.kind, one.may_be_of_who_left) for one in documents(app)] == [
        ("consent", False),
        ("project", False),
    ]
    assert needs(app) == set()


def test_it_goes_when_nobody_is_left(app: Flask, send: Send, attach: Attach) -> None:
    attach()
    people = [person["id"] for person in only(app).people]
    assert send("organiser", "ErasePeople", "c/demo", {"people": people})["status"] == "accepted"
    assert (documents(app), files(app)) == ([], [])


def test_what_is_no_document_is_refused_at_its_field(app: Flask, attach: Attach) -> None:
    answer = attach(b"<svg/>", query="?lang=en")
    assert answer.status_code == 400
    assert 'data-testid="error-file"' in answer.text
    assert "not a document we take" in answer.text
    assert (documents(app), files(app)) == ([], [])


def test_no_more_than_so_many_and_none_after_the_deadline(
    app: Flask, web: Open, terms: Terms, applied: str, attach: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_DOCUMENTS):
        assert attach(f"{number}".encode()).status_code == 302
    assert 'data-testid="full"' in web(f"{applied}/documents").text
    assert attach(b"one more").status_code == 400
    assert len(files(app)) == MOST_DOCUMENTS
    web(f"{applied}/documents/{documents(app)[0].id}/remove", csrf="")
    monkeypatch.setattr("app.applications.documents.MOST_OF_COMPETITION_BYTES", 100)
    assert "no room" in attach(b"one more", query="?lang=en").text
    terms(deadline=(utc_now() - timedelta(minutes=1)).isoformat())
    assert 'data-testid="closed"' in web(f"{applied}/documents").text
    assert attach(b"late").status_code == 400
    web(f"{applied}/documents/{documents(app)[0].id}/remove", csrf="")
    assert len(documents(app)) == len(files(app)) == MOST_DOCUMENTS - 2, "taking one off is always possible"


def test_a_flood_is_stopped_before_anything_is_drawn(attach: Attach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "OF_A_TOKEN", RateLimitItemPerHour(1))
    assert attach(b"one").status_code == 302
    monkeypatch.setattr(attaching, "redrawn", lambda _content: pytest.fail("drawn all the same"))
    assert "Too much was sent" in attach(b"two", query="?lang=en").text


def test_they_come_with_a_new_application_without_scripts(
    app: Flask, web: Open, terms: Terms, quickly: None
) -> None:
    terms()
    page = web("/c/demo/apply").text
    assert 'enctype="multipart/form-data"' in page
    assert set(re.findall(r'type="file"[^>]*name="([^"]+)"', page)) == {
        f"document-{kind}" for kind in ("consent", "project", "photo", "other")
    }
    sent = {
        "document-consent": (io.BytesIO(b"one"), "a.pdf"),
        "document-photo": (io.BytesIO(b"<svg/>"), "b.svg"),
        "document-project": (io.BytesIO(b""), ""),
    }
    answer = web("/c/demo/apply?lang=en", **filled(), **sent)
    assert answer.status_code == 302
    assert [one.kind for one in documents(app)] == ["consent"]
    assert "Photo of the robot: This is not a document we take" in web(answer.location).text


def test_what_a_server_left_that_stopped_in_between_is_gone_at_its_next_start(
    app: Flask, attach: Attach
) -> None:
    attach()
    folder = app.extensions["settings"].documents
    (folder / f"{'0' * 64}.jpg").write_bytes(b"nobody names it")
    (folder / f"{'0' * 64}.new").write_bytes(b"half of it")
    Shelf(folder).tidy(app.extensions["pipeline"].states())
    assert [path.stem for path in files(app)] == list(documents(app)[0].pages)


def test_the_second_place_has_them_and_forgets_those_that_were_erased(
    app: Flask, web: Open, applied: str, attach: Attach, tmp_path: Path
) -> None:
    attach(b"one")
    attach(b"two")
    place = Place(tmp_path / "stick")
    place.begin()
    data = app.extensions["settings"].data
    place.keep_files(data)
    kept = place.folder / "files" / "documents"
    assert len(list(kept.iterdir())) == 2
    first, second = documents(app)
    web(f"{applied}/documents/{first.id}/remove", csrf="")
    place.keep_files(data)
    assert [path.stem for path in kept.iterdir()] == list(second.pages)


def test_a_real_one_goes_the_whole_way(app: Flask, web: Open, applied: str) -> None:
    assert (
        web(f"{applied}/documents", kind="project", file=(io.BytesIO(pdf(2)), "project.pdf")).status_code
        == 302
    )
    [document] = documents(app)
    seen = web(f"{applied}/documents/{document.id}/2.jpg")
    assert Image.open(io.BytesIO(seen.data)).format == "JPEG"
