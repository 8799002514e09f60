"""``flask rules``: JSON on standard output, exits 0, 1 and 2, and no database in sight."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.rules_cli import DISCIPLINES, rules_cli
from tests.scoring.making import HEAD

JUNIOR = str(DISCIPLINES / "big-journey-junior.yaml")
SUMO = str(DISCIPLINES / "sumo-mini.yaml")
SHEET = {"line_obstacle": 40, "maze": 80, "line_hill": 40, "pins": 8, "time": 121.5}


def run(*args: str, given: Any = None) -> Result:
    return CliRunner().invoke(rules_cli, args, input=None if given is None else json.dumps(given))


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def test_check_of_everything_shipped() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert told(result)["ok"] is True
    assert len(told(result)["files"]) >= 25


def test_check_names_file_line_and_field(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(HEAD + "fields: [{id: x, type: hole, label: {en: X}}]\n", "utf-8")
    result = run("check", str(wrong))
    problem = told(result)["files"][0]["problems"][0]
    assert result.exit_code == 1
    assert (problem["file"], problem["line"], problem["field"]) == (str(wrong), 7, "fields.0.type")


def test_score() -> None:
    result = run("score", JUNIOR, "-", given=SHEET)
    assert result.exit_code == 0
    assert told(result)["results"] == {"points": 200, "time": 121.5}
    assert '"points": 200,' in result.stdout


def test_score_refused() -> None:
    result = run("score", JUNIOR, "-", given={**SHEET, "maze": None})
    assert result.exit_code == 1
    error = told(result)["errors"][0]
    assert (error["code"], error["field"]) == ("required", "maze")
    assert error["message"] == "This is needed."


def test_score_many(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    lines = [json.dumps(SHEET), "not json", "", json.dumps({**SHEET, "pins": 9}), "[]"]
    many.write_text("\n".join(lines) + "\n", "utf-8")
    result = run("score", JUNIOR, "--many", str(many))
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["ok"] for answer in answers] == [True, False, False, False, False]


def test_fields() -> None:
    fields = told(run("fields", JUNIOR))
    assert fields[0]["id"] == "line_obstacle"
    assert {"id", "type", "required", "min", "max", "step", "options", "label"} <= fields[0].keys()


def test_rank_pair_and_bracket() -> None:
    results = {
        "entries": [{"id": name} for name in "abcd"],
        "matches": [{"sides": ["a", "b"], "bouts": ["a", "a"]}, {"sides": ["c", "d"], "winner": "d"}],
        "draws": {"a": 1, "d": 2},
    }
    standings = told(run("rank", SUMO, "-", given=results))["standings"]
    assert [standing["id"] for standing in standings][:2] == ["a", "d"]
    assert told(run("pair", SUMO, "-", given=results))["pairs"] == [["a", "d"], ["c", "b"]]
    bracket = told(run("bracket", SUMO, "-", given={"entries": results["entries"]}))
    assert [match["status"] for match in bracket["matches"]] == ["ready", "ready", "waiting", "waiting"]


@pytest.mark.parametrize(
    ("results", "code"),
    [
        ({"entries": [{"id": 1}]}, "type_wrong"),
        ({"entries": [{"id": "a"}, {"id": "a"}]}, "entry_repeated"),
        ({"entries": [{"id": "a"}], "matches": [{"sides": ["a", "x"], "winner": "a"}]}, "entry_unknown"),
        (
            {"entries": [{"id": "a"}, {"id": "b"}], "matches": [{"sides": ["a", "b"], "bouts": ["a"]}]},
            "match_undecided",
        ),
        (
            {"entries": [{"id": "a"}, {"id": "b"}], "matches": [{"sides": ["a", "b"], "winner": "c"}]},
            "side_unknown",
        ),
    ],
)
def test_rank_refused(results: dict[str, Any], code: str) -> None:
    result = run("rank", SUMO, "-", given=results)
    assert result.exit_code == 1
    assert told(result)["errors"][0]["code"] == code


def test_judge_and_award() -> None:
    project = str(DISCIPLINES / "research-project.yaml")
    sheet = {"content": 6, "outcome": 4, "system": 3}
    marks = [{"project": name, "judge": "x", "sheet": sheet} for name in "pq"]
    judged = told(run("judge", project, "-", given=marks))
    assert judged["projects"][0] == {"project": "p", "marks": 1, "raw": 13, "adjusted": 13}
    assert judged["concerns"][0]["code"] == "judge_few_marks"
    entries = [{"id": f"e{at}", "attempts": [{"sheet": {**sheet, "content": at}}]} for at in range(10)]
    degrees = told(run("award", project, "-", given={"entries": entries}))["degrees"]
    assert [degree["entries"] for degree in degrees] == [["e9"], ["e8"], ["e7", "e6"]]


def test_parameters_on_the_day() -> None:
    race = str(DISCIPLINES / "line-race.yaml")
    assert run("--set", "time_limit=60", "score", race, "-", given={"time": 61}).exit_code == 1
    assert run("--set", "time_limit=9999", "score", race, "-", given={"time": 61}).exit_code == 1
    assert run("--set", "time_limit", "score", race, "-", given={"time": 61}).exit_code == 2


def test_preview_in_kazakh() -> None:
    shown = told(run("preview", JUNIOR, "--locale", "kk"))
    assert shown["groups"][0]["label"] == "Жол"
    assert shown["samples"][0]["results"] == {"points": 200, "time": 121.5}


def test_wrong_usage_exits_with_2() -> None:
    assert run("score", "no-such-file.yaml").exit_code == 2
    assert run("score", JUNIOR).exit_code == 2


def test_needs_no_database_and_no_server() -> None:
    code = (
        "import sys, app.rules_cli; print([m for m in ('flask', 'sqlalchemy', 'gevent') if m in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
