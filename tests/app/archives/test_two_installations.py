"""A competition archived on one installation and imported on another: the same standings, papers, people, log."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.applications.state import Applications
from app.archives.taking_over import summary_of, take_over
from app.competitions.state import Setup
from app.entries.state import Entries
from app.eventlog import queries
from app.eventlog.deciding import SYSTEM
from app.eventlog.models import Note
from app.eventlog.verifying import verify
from app.papers.state import Overall, Papers
from app.pictures import keep_picture, picture_path
from app.pipeline import Pipeline
from app.standings.rebuilding import rebuild
from tests.app.accounts.test_handing_in import account, handed_in
from tests.app.archives.conftest import Elsewhere, apply_with_document, packed
from tests.app.conftest import WITHOUT_WAITING, Send
from tests.app.desk.desking import Desk, work
from tests.app.reports.test_overall import overall
from tests.app.reports.test_protocol import confirm_all
from tests.serving import command

__all__ = ["overall"]

Bearer = Callable[[str], dict[str, str]]
TOPICS = (
    "c/demo/division/line/standings",
    "c/demo/division/line/ceremony",
    "c/demo/field/A",
    "c/demo/field/A/queue",
    "c/demo/schedule",
    "c/demo/notices",
)


def take(elsewhere: Elsewhere, path: Path) -> dict[str, Any]:
    engine = elsewhere.app.extensions["engine"]
    return take_over(elsewhere.pipeline, engine, elsewhere.settings, path, SYSTEM)


def rows(app: Flask, table: str) -> list[Any]:
    with app.extensions["engine"].connect() as connection:
        return list(connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2"))


def topic(client: FlaskClient, name: str) -> Any:
    """A snapshot without what belongs to the moment it was made at."""
    told = client.get(f"/api/v1/live/{name}").get_json()
    return {key: told[key] for key in ("topic", "version", "data")}


def cells(client: FlaskClient, headers: dict[str, str], division: str) -> list[list[Any]]:
    answer = client.get(f"/desk/c/demo/division/{division}/results.xlsx?lang=kk", headers=headers)
    assert answer.status_code == 200, answer.text
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_cell_of_the_standings_and_every_topic_is_the_same(
    archive: Path, client: FlaskClient, elsewhere: Elsewhere, bearer: Bearer, pipeline: Pipeline
) -> None:
    assert take(elsewhere, archive)["status"] == "accepted"
    state = pipeline.state("c/demo")
    assert state is not None
    for division in state[Setup].divisions:
        here = cells(client, bearer("organiser"), division)
        there = cells(elsewhere.client, elsewhere.headers, division)
        assert here == there
        assert len(here) > 3
    for name in TOPICS:
        assert topic(elsewhere.client, name) == topic(client, name), name


def test_the_log_is_the_same_link_by_link_and_says_that_it_was_taken_over(
    archive: Path, pipeline: Pipeline, elsewhere: Elsewhere, app: Flask
) -> None:
    take(elsewhere, archive)
    with app.extensions["engine"].connect() as connection:
        here = list(queries.stored(connection, "c/demo"))
    with elsewhere.app.extensions["engine"].connect() as connection:
        there = list(queries.stored(connection, "c/demo"))
    assert there[:-1] == here
    said_last = orjson.loads(there[-1][2])
    assert said_last["type"] == "CompetitionTakenOver"
    assert said_last["data"]["head"] == here[-1][3]
    told = verify(elsewhere.app.extensions["engine"])
    assert told["ok"], told
    rebuilt = rebuild(elsewhere.app.extensions["engine"])
    assert rebuilt["ok"]
    assert any(division["entries"] for division in rebuilt["divisions"])


def test_it_is_there_after_a_restart_and_goes_on_being_scored(
    archive: Path, elsewhere: Elsewhere, client: FlaskClient
) -> None:
    take(elsewhere, archive)
    before = topic(client, TOPICS[0])
    again = Pipeline(elsewhere.app.extensions["engine"])
    folded, live = again.state("c/demo"), elsewhere.pipeline.state("c/demo")
    assert folded is not None
    assert live is not None
    assert (folded.seq, folded.head, folded.cards) == (live.seq, live.head, live.cards)
    again.close()
    waiting = [
        run for run in topic(elsewhere.client, "c/demo/field/A/queue")["data"]["runs"] if not run["result"]
    ]
    elsewhere.sign_in("referee", "c/demo")
    body = {
        "commands": [
            command("EnterScore", waiting[0]["target"], {"sheet": {"time": 9.5}}, waiting[0]["version"])
        ]
    }
    answer = elsewhere.client.post("/api/v1/commands", json=body, headers=elsewhere.headers).get_json()
    assert answer["receipts"][0]["status"] == "accepted", answer
    assert topic(elsewhere.client, TOPICS[0]) != before
    assert topic(client, TOPICS[0]) == before


def test_signatures_remarks_and_people_come_along_and_accounts_do_not(
    archive: Path, elsewhere: Elsewhere, app: Flask
) -> None:
    take(elsewhere, archive)

    for table in ("note", "person", "entry_card", "entry_person"):
        assert rows(elsewhere.app, table) == rows(app, table)
    notes = [row[list(Note.__table__.columns.keys()).index("text")] for row in rows(elsewhere.app, "note")]
    assert any("strokes" in note for note in notes)
    assert len(rows(elsewhere.app, "account")) == 1
    accounts = [row[0] for row in rows(app, "account")]
    names = [row[1] for row in rows(app, "account")]
    with zipfile.ZipFile(archive) as unpacked:
        beside = unpacked.read("beside.jsonl").decode()
    assert accounts
    assert not any(one in beside for one in accounts + names)


def test_who_vouched_for_a_lost_tablet_comes_along(
    app: Flask,
    send: Send,
    runs: list[dict[str, Any]],
    access: dict[str, Any],
    elsewhere: Elsewhere,
    tmp_path: Path,
) -> None:
    run, judge, referee = runs[0], account(access, "judge", "A"), account(access, "referee")
    sheet = {"sheet": {"time": 21.5}}
    receipt = send("referee", "EnterScore", run["target"], sheet, run["version"], **handed_in(judge))
    assert receipt["status"] == "accepted"
    assert take(elsewhere, packed(app, tmp_path / "handed-in.zip"))["status"] == "accepted"
    for engine in (app.extensions["engine"], elsewhere.app.extensions["engine"]):
        with engine.connect() as connection:
            vouched = [
                (one.actor, one.handed_in_by)
                for one in queries.newest(connection, "c/demo", 1000, None)
                if one.type == "ScoreEntered"
            ]
        assert vouched == [(judge, referee)]
    there = elsewhere.pipeline.state("c/demo")
    assert there is not None
    entry = there.changes(run["target"])[-1]
    assert (entry.actor, entry.handed_in_by) == (judge, referee), "what was folded knows it too"
    assert verify(elsewhere.app.extensions["engine"])["ok"]


def test_a_moved_team_and_the_overall_protocol_are_the_same_there(
    app: Flask, overall: Overall, send: Send, elsewhere: Elsewhere, tmp_path: Path, pipeline: Pipeline
) -> None:
    moved = {"division": "duel", "team": "Көшкен", "organisation": "№ 2"}
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [moved]})["status"] == "accepted"
    here = pipeline.state("c/demo")
    assert here is not None
    entry = list(here[Entries].by_id)[-1]
    target = f"c/demo/entry/{entry}"
    assert send("organiser", "MoveEntry", target, {"division": "trip"})["status"] == "accepted"
    assert take(elsewhere, packed(app, tmp_path / "moved.zip"))["status"] == "accepted"
    there = elsewhere.pipeline.state("c/demo")
    assert there is not None
    assert there[Entries].by_id[entry].division == "trip"
    page = elsewhere.client.get(f"/verify/{overall.code}?lang=en")
    assert page.status_code == 200
    assert "Overall protocol" in page.text
    engine = elsewhere.app.extensions["engine"]
    assert verify(engine)["ok"]
    assert rebuild(engine)["ok"]


def test_pictures_come_along(app: Flask, send: Send, elsewhere: Elsewhere, tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    digest = keep_picture(drawn.getvalue(), app.extensions["settings"].pictures, (100, 100))
    state = app.extensions["pipeline"].state("c/demo")
    entry = next(iter(state[Entries].by_id))
    assert (
        send("organiser", "SetEmblem", "c/demo", {"entry": entry, "picture": digest})["status"] == "accepted"
    )
    path = packed(app, tmp_path / "with-emblem.zip")
    take(elsewhere, path)
    there = picture_path(elsewhere.settings.pictures, digest)
    assert there.read_bytes() == picture_path(app.extensions["settings"].pictures, digest).read_bytes()
    assert elsewhere.client.get(f"/pictures/{digest}.jpg").status_code == 200


def test_documents_of_applications_come_along(app: Flask, elsewhere: Elsewhere, tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG")
    pages = apply_with_document(app, [drawn.getvalue()])
    app.extensions["shelf"].keep([b"of an application that was taken back"])
    path = packed(app, tmp_path / "with-documents.zip")
    with zipfile.ZipFile(path) as unpacked:
        inside = [name for name in unpacked.namelist() if name.startswith("documents/")]
    assert inside == [f"documents/{page}.jpg" for page in pages]
    take(elsewhere, path)
    there = elsewhere.pipeline.state("c/demo")
    assert there is not None
    assert [one.pages for one in there[Applications].documents.values()] == [tuple(pages)]
    assert [file.stem for file in elsewhere.settings.documents.iterdir()] == pages
    assert summary_of(path)["documents"] == 1


def test_a_published_protocol_is_verified_by_its_code_there_too(
    app: Flask, send: Send, runs: list[dict[str, Any]], elsewhere: Elsewhere, tmp_path: Path
) -> None:
    confirm_all(send, runs)
    assert (
        send("organiser", "PublishResults", "c/demo/division/line", WITHOUT_WAITING)["status"] == "accepted"
    )
    path = packed(app, tmp_path / "published.zip")
    take(elsewhere, path)
    publication = app.extensions["pipeline"].state("c/demo")[Papers].last("line")
    page = elsewhere.client.get(f"/verify/{publication.code}?lang=en").text
    assert "This paper is genuine" in page
    assert publication.head in page


def test_who_was_taken_down_is_in_no_archive(app: Flask, send: Send, archive: Path, tmp_path: Path) -> None:
    run = app.test_client().get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"][0]
    team = run["entry"]["team"]
    with zipfile.ZipFile(archive) as unpacked:
        assert team.encode() in unpacked.read("beside.jsonl")
    assert send("organiser", "TakeDownEntry", "c/demo", {"entry": run["entry"]["id"]})["status"] == "accepted"
    path = packed(app, tmp_path / "after.zip")
    with zipfile.ZipFile(path) as unpacked:
        assert not any(team.encode() in unpacked.read(name) for name in unpacked.namelist())


def test_on_the_desk_it_is_downloaded_looked_at_and_imported(
    archive: Path, client: FlaskClient, bearer: Bearer, elsewhere: Elsewhere
) -> None:
    here = Desk(client, bearer("organiser"))
    assert "It names 38 people" in here.get("/desk/c/demo/archive")
    content = client.get("/desk/c/demo/archive.zip", headers=bearer("organiser")).data
    assert "archive of the competition" in here.get("/desk/c/demo/people/looks")

    there = Desk(elsewhere.client, elsewhere.headers)
    form = {"file": (io.BytesIO(content), "demo.zip")}
    assert "archive-waiting" in there.post("/desk/import", "/desk/import", form)
    name = work(elsewhere.settings.uploads)
    preview = there.get(f"/desk/import/{name}")
    assert "38</dd>" in preview
    assert "Baige demonstration contest" in there.post(f"/desk/import/{name}", f"/desk/import/{name}", {})
    assert topic(elsewhere.client, TOPICS[0]) == topic(client, TOPICS[0])
    assert not list(elsewhere.settings.uploads.iterdir())
    assert "was itself imported" in there.get("/desk/c/demo/archive")


@pytest.mark.parametrize("role", ["judge", "referee", "volunteer"])
def test_only_organisers_take_archives_away(client: FlaskClient, bearer: Bearer, role: str) -> None:
    assert client.get("/desk/c/demo/archive.zip", headers=bearer(role)).status_code == 403
    assert client.get("/desk/import", headers=bearer(role)).status_code == 403
