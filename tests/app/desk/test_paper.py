"""Score sheets on paper: printed in Kazakh with a code for each run, keyed in by that code, marked as from paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient

from app.competitions.rulesets import shipped, shipped_text
from app.competitions.state import Setup
from app.desk.sheets.paper import find_run
from app.desk.sheets.sheet_entry import read_sheet, typed_of
from app.pipeline import Pipeline
from app.runs.state import Run, Runs
from scoring.ruleset import load
from tests.app.conftest import Send
from tests.app.desk.desking import Desk, said

Bearer = Callable[[str], dict[str, str]]
HERE = "/desk/c/demo"


@pytest.fixture
def organiser(client: FlaskClient, bearer: Bearer) -> Desk:
    return Desk(client, bearer("organiser"))


def known(pipeline: Pipeline, run: dict[str, Any]) -> Run:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Runs].by_id[run["id"]]


def test_a_sheet_is_printed_for_every_open_run(
    client: FlaskClient, bearer: Bearer, send: Send, runs: list[dict[str, Any]]
) -> None:
    send("judge", "EnterScore", runs[0]["target"], {"sheet": {"time": 9.0}}, runs[0]["version"])
    answer = client.get(f"{HERE}/division/line/score-sheets.pdf?in=kk,ru", headers=bearer("organiser"))
    assert answer.status_code == 200, answer.text
    pages = pypdfium2.PdfDocument(answer.data)
    assert len(pages) == len(runs) - 1
    text = pages[0].get_textpage().get_text_range()
    for wanted in ("Уақыт", "Время", "DNF", f"{runs[1]['entry']['number']}/{runs[1]['attempt']}"):
        assert wanted in text
    assert (
        client.get(f"{HERE}/division/none/score-sheets.pdf", headers=bearer("organiser")).status_code == 404
    )


def test_a_paper_is_found_by_its_code_and_keyed_in(
    organiser: Desk, runs: list[dict[str, Any]], pipeline: Pipeline
) -> None:
    run = runs[0]
    spoken = f"{run['entry']['number']}/{run['attempt']}"
    page = organiser.get(f"{HERE}/key?code=https://baige.local/desk/c/demo/key?code={run['id']}")
    assert f'/run/{run["id"]}/key"' in page
    assert f'/run/{run["id"]}/key"' in organiser.get(f"{HERE}/key?code={spoken}")
    form = {"version": run["version"], "sheet.time": "soon", "judge": "Құсайынова Үміт", "captain": "signed"}
    refused = organiser.post(f"{HERE}/key?code={spoken}", f"{HERE}/run/{run['id']}/key", form, expected=400)
    assert said(refused, "error-time") == ["This is not a time. Write it like 1:23.456 or 83.456."]
    assert "Time: This is not a time." in refused
    assert "breaks a rule" not in refused
    assert 'value="Құсайынова Үміт"' in refused
    stored = organiser.post(
        f"{HERE}/key?code={spoken}", f"{HERE}/run/{run['id']}/key", form | {"sheet.time": "0:31,25"}
    )
    assert f"№ {spoken}" in stored
    result = known(pipeline, run).result
    assert result is not None
    assert (result.results["time"], result.paper, result.captain) == (31.25, True, "signed")
    page = organiser.get(f"{HERE}/run/{run['id']}")
    assert "keyed from paper" in page
    assert "Құсайынова Үміт" in page
    assert "confirmed already" in organiser.get(f"{HERE}/key?code={spoken}")


def test_who_keys_says_whose_paper_it_is(
    organiser: Desk, runs: list[dict[str, Any]], pipeline: Pipeline, send: Send
) -> None:
    run = runs[0]
    form = {"version": run["version"], "sheet.time": "31", "judge": ""}
    organiser.post(f"{HERE}/key?code={run['id']}", f"{HERE}/run/{run['id']}/key", form, expected=400)
    assert known(pipeline, run).result is None
    payload = {"judge": "Somebody", "sheet": {"time": 1.0}}
    assert send("judge", "KeyPaperSheet", run["target"], payload, run["version"])["code"] == "not_allowed"


def test_codes_that_are_no_runs_are_said_to_be_none(organiser: Desk, pipeline: Pipeline) -> None:
    for code in ("999/1", "1/99", "rubbish", "0" * 300):
        assert "has the code" in organiser.get(f"{HERE}/key?code={code}", expected=404)
    state = pipeline.state("c/demo")
    assert state is not None
    assert find_run(state, "1/1") is not None


@pytest.mark.parametrize("discipline", sorted(shipped()))
def test_every_worked_example_survives_being_typed(discipline: str) -> None:
    text = shipped_text(discipline)
    assert text is not None
    ruleset = load(text, discipline)
    for example in ruleset.examples:
        sheet = {name: value for name, value in example.sheet.items() if value is not None}
        assert read_sheet(ruleset.fields, typed_of(ruleset.fields, sheet)) == sheet, example.name


def test_two_papers_of_one_run_are_two_judges_whoever_keys_them(
    organiser: Desk, runs: list[dict[str, Any]], pipeline: Pipeline, client: FlaskClient, bearer: Bearer
) -> None:
    state = pipeline.state("c/demo")
    assert state is not None
    division = state[Setup].divisions["line"]
    state[Setup].divisions["line"] = replace(division, ruleset=replace(division.ruleset, sheets_per_run=2))
    run = runs[0]
    here, store = f"{HERE}/key?code={run['id']}", f"{HERE}/run/{run['id']}/key"
    organiser.post(here, store, {"version": run["version"], "sheet.time": "20", "judge": "Үміт"})
    assert known(pipeline, run).result is None
    organiser.post(here, store, {"version": run["version"], "sheet.time": "21", "judge": "Іңкәр"})
    referee = Desk(client, bearer("referee"))
    page = referee.get(f"{HERE}/run/{run['id']}")
    assert 'data-state="differ"' in page
    settled = {"version": known(pipeline, run).version, "sheet.time": "20.5", "reason": "seen on film"}
    referee.post(f"{HERE}/run/{run['id']}", f"{HERE}/run/{run['id']}/correct", settled)
    result = known(pipeline, run).result
    assert result is not None
    assert result.results["time"] == 20.5
