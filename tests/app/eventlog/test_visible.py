"""What nobody can see reaches neither the log nor a screen, and what an older log holds breaks no export."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from app.entries.models import EntryCard
from app.eventlog.deciding import COMMANDS, SYSTEM
from app.eventlog.visible import all_visible, visible
from app.pipeline import Pipeline, make_command
from tests.app.conftest import Send

SPOOF = "Бар\u202eсы\u0007қ\u200b"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        (SPOOF, "Барсық"),
        ("қатар\r\nқатар\tсоңы", "қатар\nқатар\tсоңы"),
        ("\ufeffӘ\u00adлия\u2066\x9f", "Әлия"),
        ("half \ud800 letter", "half  letter"),
        ("🏁 Ақбөрі № 1", "🏁 Ақбөрі № 1"),
    ],
)
def test_only_what_can_be_seen_is_kept(typed: str, seen: str) -> None:
    assert visible(typed) == seen
    assert all_visible({"a": [typed, 1, None], "b": {"c": typed}}) == {"a": [seen, 1, None], "b": {"c": seen}}


def test_every_command_takes_texts_as_they_can_be_seen() -> None:
    payload = {"sheet": {"remark": SPOOF}, "note": f"{SPOOF}\nтағы"}
    made: Any = make_command("id", "EnterScore", "c/demo/run/1", payload, SYSTEM).payload
    assert (made.sheet, made.note) == ({"remark": "Барсық"}, "Барсық\nтағы")
    assert all(kind.payload.model_config["extra"] == "forbid" for kind in COMMANDS.values())


def test_a_name_of_control_characters_alone_is_none(send: Send) -> None:
    row = {"division": "line", "team": "\u0007\u202e", "organisation": "№ 1"}
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [row]})["code"] == "payload_invalid"


def test_a_team_named_so_is_exported_and_shown_plainly(send: Send, client: FlaskClient, bearer: Any) -> None:
    row = {"division": "line", "team": SPOOF, "organisation": "№ 1"}
    assert send("organiser", "ImportEntries", "c/demo", {"rows": [row]})["status"] == "accepted"
    standings = client.get("/api/v1/live/c/demo/division/line/standings").get_json()["data"]["rows"]
    assert "Барсық" in {one["entry"]["team"] for one in standings}
    answer = client.get("/desk/c/demo/division/line/results.xlsx", headers=bearer("organiser"))
    assert answer.status_code == 200
    cells = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert "Барсық" in {cell for row in cells.iter_rows(values_only=True) for cell in row}  # type: ignore[union-attr]


def test_a_card_of_an_older_log_breaks_no_export(
    pipeline: Pipeline, client: FlaskClient, bearer: Any
) -> None:
    state = pipeline.state("c/demo")
    assert state is not None
    for card in state.cards.values():
        card["team"] = SPOOF
    for extension in ("xlsx", "csv"):
        answer = client.get(f"/desk/c/demo/division/line/results.{extension}", headers=bearer("organiser"))
        assert answer.status_code == 200
    assert EntryCard.known_of({"team": SPOOF, "organisation": SPOOF, "region": None, "district": SPOOF}) == {
        "team": "Барсық",
        "organisation": "Барсық",
        "region": None,
        "district": "Барсық",
    }
