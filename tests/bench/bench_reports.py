"""Setting 400 diplomas, and writing a table of 2,000 results."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from app.competitions.state import Setup
from app.database import reader
from app.papers.state import Papers
from app.pipeline import Pipeline
from app.reports.diplomas import diploma_set
from app.reports.jobs import as_pdf
from app.reports.results import as_xlsx, result_table
from tests.bench.demo_app import best_of_three_s, demo_app, do
from tests.bench.figures import Figure, figure

NAMES = ("reports.",)
DIPLOMAS, ROWS = 400, 2_000
DIPLOMAS_GOAL_S, ROWS_GOAL_S = 2.0, 1.0


def figures(_only: str) -> Iterator[Figure]:
    with demo_app() as app:
        yield figure(f"reports.diplomas_{DIPLOMAS}_s", diplomas_s(app), "s", "lower", DIPLOMAS_GOAL_S)
        yield figure(f"reports.xlsx_{ROWS}_rows_s", rows_s(app), "s", "lower", ROWS_GOAL_S)


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
