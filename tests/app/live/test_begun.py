"""Sheets that are being filled in: kept for a while beside the log, bounded, and gone when they are over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.live.begun import KEPT_FOR_S, MOST_OF_AN_ACCOUNT, BegunSheet, BegunSheets, Standing, without_words
from app.live.begun_routes import MOST_BYTES, OF_AN_ACCOUNT
from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.scoring.shipped import shipped

Bearer = Callable[[str], dict[str, str]]
Run = dict[str, Any]
ADDRESS = "/api/v1/begun-sheets"


class Clock:
    """A steady clock that a test moves."""

    def __init__(self) -> None:
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def begun(app: Flask) -> BegunSheets:
    """The app's own, on a clock of the test's."""
    kept: BegunSheets = app.extensions["begun"]
    kept.now_s = Clock()
    return kept


@pytest.fixture
def told(pipeline: Pipeline, begun: BegunSheets) -> Callable[[], list[BegunSheet]]:
    def asking() -> list[BegunSheet]:
        state = pipeline.state("c/demo")
        assert state is not None
        return begun.of(state)

    return asking


def tell(client: FlaskClient, headers: dict[str, str], run: Run, sheet: Any, **more: Any) -> int:
    body = {"target": run["target"], "version": run["version"], "sheet": sheet} | more
    return client.post(ADDRESS, json=body, headers=headers).status_code


def test_the_newest_is_kept_without_an_entry_in_the_log(
    client: FlaskClient, bearer: Bearer, runs: list[Run], pipeline: Pipeline, told: Any
) -> None:
    state = pipeline.state("c/demo")
    assert state is not None
    before = (state.seq, dict(state.topics))
    for time_s in (20.5, 21.5):
        assert tell(client, bearer("judge"), runs[0], {"time": time_s}) == 200
    assert [(one.run, one.sheet, one.mark) for one in told()] == [(runs[0]["id"], {"time": 21.5}, None)]
    assert (state.seq, dict(state.topics)) == before
    assert tell(client, bearer("referee"), runs[0], {}, mark="DNF") == 200
    assert {one.mark for one in told()} == {None, "DNF"}


def test_what_comes_late_does_not_undo_what_is_newer(
    client: FlaskClient, bearer: Bearer, runs: list[Run], told: Any, begun: Any
) -> None:
    tell(client, bearer("judge"), runs[0], {"time": 21.5}, changed_ms_ago=1_000)
    tell(client, bearer("judge"), runs[0], {"time": 20.5}, changed_ms_ago=9_000)
    assert [(one.sheet, begun.age_s(one)) for one in told()] == [({"time": 21.5}, 1.0)]


@pytest.mark.parametrize(
    ("over", "type_", "payload"),
    [
        ("confirmed", "EnterScore", {"sheet": {"time": 20.0}}),
        ("closed", "CloseRun", {}),
        ("held again", "OrderReplay", {"reason": "the gate failed"}),
    ],
)
def test_it_is_gone_when_its_run_is_over(
    client: FlaskClient,
    bearer: Bearer,
    send: Send,
    runs: list[Run],
    told: Any,
    over: str,
    type_: str,
    payload: Any,
) -> None:
    run = runs[0]
    assert send("judge", "OpenRun", run["target"])["status"] == "accepted"
    tell(client, bearer("judge"), run, {"time": 20.5})
    assert len(told()) == 1
    version = run["version"] if type_ == "EnterScore" else None
    assert send("referee", type_, run["target"], payload, version)["status"] == "accepted"
    assert told() == []
    # A straggler about what the run was before does not bring it back.
    if over == "confirmed":
        assert tell(client, bearer("judge"), run, {"time": 20.5}) == 200
        assert told() == []


def test_it_is_gone_when_its_judge_drops_it_or_nothing_is_heard_for_long(
    client: FlaskClient, bearer: Bearer, runs: list[Run], told: Any, begun: Any
) -> None:
    tell(client, bearer("judge"), runs[0], {"time": 20.5})
    assert tell(client, bearer("judge"), runs[0], None) == 200
    assert told() == []
    tell(client, bearer("judge"), runs[0], {"time": 20.5})
    begun.now_s.s += KEPT_FOR_S
    assert len(told()) == 1
    begun.now_s.s += 1
    assert told() == []


@pytest.mark.parametrize(
    ("role", "status", "code"),
    [
        ("judge:B", 403, "field_of_another"),
        ("organiser", 403, "not_allowed"),
        ("volunteer", 403, "not_allowed"),
        (None, 401, "sign_in_needed"),
    ],
)
def test_who_may_not_judge_a_run_may_not_tell_of_it(
    client: FlaskClient, bearer: Bearer, runs: list[Run], role: str | None, status: int, code: str
) -> None:
    body = {"target": runs[0]["target"], "version": runs[0]["version"], "sheet": {}}
    answer = client.post(ADDRESS, json=body, headers=bearer(role) if role else {})
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"target": "c/demo/run/none"}, 403),
        ({"target": "c/other/run/none"}, 404),
        ({"target": "c/demo/field/A"}, 404),
        ({"target": "rubbish"}, 400),
        ({"note": "the captain is called Aida"}, 400),
        ({"mark": "WON"}, 400),
        ({"changed_ms_ago": -1}, 400),
        ({"sheet": {"time": "x" * MOST_BYTES}}, 413),
    ],
)
def test_what_is_not_a_sheet_is_refused(
    client: FlaskClient, bearer: Bearer, runs: list[Run], told: Any, change: Run, status: int
) -> None:
    body = {"target": runs[0]["target"], "version": runs[0]["version"], "sheet": {}} | change
    assert client.post(ADDRESS, json=body, headers=bearer("judge")).status_code == status
    assert told() == []


def test_a_tablet_that_tells_too_often_is_asked_to_slow_down(
    client: FlaskClient, bearer: Bearer, runs: list[Run]
) -> None:
    found = {tell(client, bearer("judge:R"), runs[0], {}) for _ in range(OF_AN_ACCOUNT.amount + 1)}
    assert found == {403, 429}


def test_an_account_keeps_so_many_and_the_newest(pipeline: Pipeline, begun: BegunSheets) -> None:
    kept = BegunSheets(Clock())
    state = pipeline.state("c/demo")
    assert state is not None
    for n in range(MOST_OF_AN_ACCOUNT + 5):
        kept.tell(BegunSheet("c/demo", str(n), "aida", Standing(1, None, None), False, {}, None, 1000.0))
    kept.tell(BegunSheet("c/demo", "0", "bolat", Standing(1, None, None), False, {}, None, 1000.0))
    assert len(kept._kept) == MOST_OF_AN_ACCOUNT + 1
    assert ("c/demo", str(MOST_OF_AN_ACCOUNT + 4), "aida") in kept._kept


def test_what_somebody_wrote_in_words_is_left_out_and_rubbish_with_it() -> None:
    fields = shipped("research-project").fields
    sheet = {"content": 8, "content_note": "Айгүл", "outcome": "six", "system": None, "other": 1}
    assert without_words(fields, sheet) == {"content": 8}
    rescue = shipped("rcj-rescue-maze").fields
    rows = next(field for field in rescue if field.type == "rows")
    column = rows.fields[0]
    value: Any = column.options[0].id if column.options else 1
    assert without_words(rescue, {rows.id: [{column.id: value, "who": "Айгүл"}, {}]}) == {
        rows.id: [{column.id: value}, {}]
    }
    assert without_words(rescue, {rows.id: ["Айгүл"]}) == {}
