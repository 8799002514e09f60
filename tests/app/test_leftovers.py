"""Files that hold names for a while: gone after a day, and at once where somebody is erased, worker or not."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from huey import Huey

from app import jobs
from app.entries.jobs import read_upload
from app.jobs import Storage, answer_to, forget_answers, give_answer
from app.leftovers import KEPT_FOR_S, forget_of, forget_old
from app.reports.jobs import set_papers
from app.settings import Settings
from tests.app.conftest import Send

HEX = "0123456789abcdef" * 2
NAME = "Әлихан Нұрланұлы"


def write(path: Path, age_s: float = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NAME)
    os.utime(path, (time.time() - age_s,) * 2)
    return path


def all_of(settings: Settings, slug: str) -> list[Path]:
    """One file of each kind, of a competition."""
    named = f"{slug}-{HEX}"
    return [
        write(settings.uploads / named),
        write(settings.uploads / f"{named}.job"),
        write(settings.uploads / f"{named}.6f1c2d3e-1111-4222-8333-444455556666.answer"),
        write(settings.papers / f"{named}.json"),
        write(settings.papers / f"{named}.zip"),
        write(settings.plan_work / f"{slug}.{HEX[:16]}.order"),
    ]


def test_what_is_of_one_competition_goes_and_others_stay(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    own, others = all_of(settings, "demo"), all_of(settings, "demo-2")
    archive = write(settings.uploads / HEX)
    forget_of(settings, "demo")
    assert [file for file in (*own, archive) if file.exists()] == []
    assert all(file.exists() for file in others)


def test_what_is_a_day_old_goes(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    young = write(settings.papers / f"demo-{HEX}.zip", KEPT_FOR_S - 60)
    old = write(settings.uploads / f"demo-{HEX}", KEPT_FOR_S + 60)
    forget_old(settings)
    assert (young.exists(), old.exists()) == (True, False)


def test_taking_a_team_down_empties_them_before_anybody_learns_of_it(
    app: Flask, client: FlaskClient, bearer: Any, send: Send, runs: list[dict[str, Any]]
) -> None:
    settings: Settings = app.extensions["settings"]
    own = all_of(settings, "demo")
    page = f"/desk/c/demo/diplomas/set/{HEX}"
    assert client.get(page, headers=bearer("organiser")).status_code == 200
    send("organiser", "SetSpokenWords", "c/demo", {"entry": runs[0]["entry"]["id"], "note": "slowly"})
    assert all(file.exists() for file in own), "nobody was erased"
    send("organiser", "TakeDownEntry", "c/demo", {"entry": runs[0]["entry"]["id"]})
    assert [file for file in own if file.exists()] == []
    assert client.get(page, headers=bearer("organiser")).status_code == 404


def test_a_worker_that_was_overtaken_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = tmp_path / f"demo-{HEX}.json"
    order.write_bytes(b'{"format": "zip", "data": {}}')

    def erased_meanwhile(_wanted: Any) -> bytes:
        order.unlink()
        return NAME.encode()

    monkeypatch.setattr("app.reports.jobs.as_zip", erased_meanwhile)
    set_papers.call_local(str(order))
    assert list(tmp_path.iterdir()) == []
    set_papers.call_local(str(order))  # nor does an order taken back before it began
    assert list(tmp_path.iterdir()) == []


def test_an_answer_about_a_deleted_list_is_not_kept(tmp_path: Path) -> None:
    upload = write(tmp_path / f"demo-{HEX}")
    give_answer(upload, "job", {"names": NAME})
    assert answer_to(upload, "job").exists()
    upload.unlink()
    give_answer(upload, "other", {"names": NAME})
    assert not answer_to(upload, "other").exists()


def test_the_queue_keeps_no_names_and_forgets_those_it_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = Huey("baige", storage_class=Storage, filename=str(tmp_path / "jobs.sqlite3"))
    monkeypatch.setattr(jobs, "huey", queue)
    queue.storage.put_data("result of an older version", NAME.encode() * 100)
    assert any(NAME.encode() in file.read_bytes() for file in tmp_path.iterdir())
    forget_answers()
    assert not any(NAME.encode() in file.read_bytes() for file in tmp_path.iterdir())
    assert queue.storage.sql("PRAGMA secure_delete", results=True) == [(1,)]
    assert read_upload.func.__annotations__["return"] == "None", "an answer would be kept by the queue"
    queue.storage.close()
