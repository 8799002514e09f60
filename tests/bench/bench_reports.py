"""Setting 400 diplomas, and writing a table of 2,000 results."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from app.competitions.state import Setup
from app.database import reader
from app.demo import create
from app.eventlog.deciding import Actor
from app.papers.state import Papers
from app.pipeline import Pipeline, make_command
from app.reports.diplomas import diploma_set
from app.reports.jobs import as_pdf
from app.reports.results import as_xlsx, result_table
from app.settings import Settings
from app.upgrading import upgrade
from app.wiring import start
from tests.bench.figures import Figure, figure
from tests.serving import command

NAMES = ("reports.",)
DIPLOMAS, ROWS = 400, 2_000
DIPLOMAS_GOAL_S, ROWS_GOAL_S = 2.0, 1.0
ORGANISER = Actor("bench", "bench", "organiser", None, ())


def figures(_only: str) -> Iterator[Figure]:
    folder = Path(tempfile.mkdtemp())
    try:
        settings = Settings(data=folder)
        upgrade(settings)
        app = create_app(settings)
        create(app)
        start(app)
        with app.test_request_context():
            yield figure(f"reports.diplomas_{DIPLOMAS}_s", diplomas_s(app), "s", "lower", DIPLOMAS_GOAL_S)
            yield figure(f"reports.xlsx_{ROWS}_rows_s", rows_s(app), "s", "lower", ROWS_GOAL_S)
        app.extensions["pipeline"].close()
        app.extensions["engine"].dispose()
    finally:
        shutil.rmtree(folder)


def diplomas_s(app: Flask) -> float:
    """From the log to the PDF: names looked up, QR codes drawn, pages set."""
    pipeline = fill(app, "many", DIPLOMAS)
    do(pipeline, "IssuePapers", "c/demo", {"kind": "participation", "division": "many"})

    def make() -> None:
        with pipeline.reading(), reader() as connection:
            state = pipeline.state("c/demo")
            assert state is not None
            data = diploma_set(
                state, connection, list(state[Papers].issued.values()), "https://baige.example"
            )
        assert len(data["papers"]) == DIPLOMAS
        as_pdf({"data": data, "background": None})

    return best_of_three_s(make)


def rows_s(app: Flask) -> float:
    pipeline = fill(app, "more", ROWS)

    def make() -> None:
        with pipeline.reading():
            state = pipeline.state("c/demo")
            assert state is not None
            table = result_table(state, state[Setup].divisions["more"])
        assert len(table.rows) == ROWS
        as_xlsx(table)

    return best_of_three_s(make)


def fill(app: Flask, division: str, entries: int) -> Pipeline:
    """A division of so many entries, drawn."""
    pipeline: Pipeline = app.extensions["pipeline"]
    name = {"kk": "Көп", "ru": "Много", "en": "Many"}
    rows = [
        {"division": division, "team": f"Тұлпар {n}", "organisation": f"№ {n} мектеп", "region": "KZ-35"}
        for n in range(entries)
    ]
    do(pipeline, "AddDivision", "c/demo", {"code": division, "name": name, "discipline": "line-race"})
    do(pipeline, "ImportEntries", "c/demo", {"rows": rows})
    do(pipeline, "DrawStartList", f"c/demo/division/{division}", {"field": "A", "seed": 1})
    return pipeline


def do(
    pipeline: Pipeline, type_: str, target: str, payload: Any, expected_version: int | None = None
) -> None:
    wanted = command(type_, target, payload)
    made = make_command(wanted["id"], type_, target, wanted["payload"], ORGANISER, expected_version)
    [receipt] = pipeline.submit([made], ORGANISER)
    assert receipt["status"] == "accepted", receipt


def best_of_three_s(make: Callable[[], None]) -> float:
    taken_s = []
    for _ in range(3):
        started_s = time.perf_counter()
        make()
        taken_s.append(time.perf_counter() - started_s)
    return min(taken_s)
