"""`flask schedule`: a file in, a file out, JSON on standard output, exit codes that scripts can rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from app.schedule_repair_cli import schedule_cli
from tests.scoring.planning.days import day
from tests.serving import ROOT


def flask(*arguments: str) -> tuple[int, dict[str, Any]]:
    made = subprocess.run(
        [sys.executable, "-m", "flask", "schedule", *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert made.stdout, made.stderr.decode()
    return made.returncode, json.loads(made.stdout)


def here(*arguments: str) -> tuple[int, dict[str, Any]]:
    """The same in this process, which need not load everything anew."""
    ran = CliRunner().invoke(schedule_cli, list(arguments))
    assert ran.stdout, ran.exception
    return ran.exit_code, json.loads(ran.stdout)


def test_matches_are_drawn_and_measured(tmp_path: Path) -> None:
    written = tmp_path / "matches.json"
    code, told = here(
        "matches", "--entries", "13", "--rounds", "4", "--side", "2", "--min-gap", "2", "-o", str(written)
    )
    assert (code, told["ok"], told["faults"]) == (0, True, [])
    matches = json.loads(written.read_text())["matches"]
    assert (len(matches), told["metrics"]["min_gap"] >= 2) == (13, True)
    assert {entry for match in matches for side in match["sides"] for entry in side} == set(range(13))
    code, told = here("matches", "--entries", "12", "--rounds", "4", "--min-gap", "3")
    assert (code, told) == (1, {"ok": False, "code": "gap_too_large", "limit": 2})


def test_a_day_is_solved_written_and_checked(tmp_path: Path) -> None:
    instance, schedule = tmp_path / "day.json", tmp_path / "schedule.json"
    instance.write_text(json.dumps(day(24)))
    code, told = flask("solve", str(instance), "-o", str(schedule), "--seed", "3", "--time-limit", "30")
    assert (code, told["status"], told["objective"]["last_end"]) == (0, "optimal", 345)
    assert len(json.loads(schedule.read_text())["assignments"]) == 24 * 7
    code, told = flask("check", str(instance), str(schedule))
    assert (code, told["ok"], told["violations"]) == (0, True, [])
    spoilt = json.loads(schedule.read_text())
    spoilt["assignments"][0]["start"] = 1_000
    schedule.write_text(json.dumps(spoilt))
    code, told = flask("check", str(instance), str(schedule))
    assert (code, told["ok"]) == (1, False)


def test_a_late_room_is_pushed_mended_and_swapped(tmp_path: Path) -> None:
    instance, schedule, later = tmp_path / "day.json", tmp_path / "schedule.json", tmp_path / "later.json"
    instance.write_text(json.dumps(day(24)))
    here("solve", str(instance), "-o", str(schedule), "--time-limit", "30")
    late = ("--now", "120", "--closed", "values-1=120-150")
    code, pushed = here("push", str(instance), str(schedule), *late, "-o", str(later))
    assert (code, pushed["ok"], pushed["violations"]) == (0, True, [])
    assert all(move["to"]["start"] > move["from"]["start"] >= 120 for move in pushed["moves"])
    code, mended = here("repair", str(instance), str(schedule), *late)
    assert (code, mended["ok"]) == (0, True)
    assert 0 < len(mended["moves"]) < len(pushed["moves"])
    placed = {one["activity"]: one for one in json.loads(later.read_text())["assignments"]}
    first, second = (next(id_ for id_ in placed if id_.endswith(kind)) for kind in ("-design", "-values"))
    code, swap = here("swap", str(instance), str(later), first, second, "--now", "0")
    assert (code, {one["code"] for one in swap["violations"]}) == (1, {"needs_unmet"})
    code, told = here("swap", str(instance), str(later), first, "nobody", "--now", "0")
    assert (code, told["code"]) == (1, "activity_unknown")
    first_runs = [one for one in placed.values() if "run" in one["activity"] and one["start"] < 120][:2]
    held_up = [part for one in first_runs for part in ("--late", one["activity"])]
    code, pushed = here("push", str(instance), str(later), "--now", "120", *held_up)
    moved = {move["activity"]: move["to"]["start"] for move in pushed["moves"]}
    assert all(moved[one["activity"]] >= 120 for one in first_runs)
    schedule.write_text(json.dumps({"status": "feasible", "assignments": []}))
    code, nothing = here("push", str(instance), str(schedule), "--now", "1")
    assert (code, nothing["ok"], [one["code"] for one in nothing["violations"]]) == (1, False, ["missing"])
    code, told = here("push", str(instance), str(schedule), "--now", "1", "--closed", "moon=1-2")
    assert (code, told) == (1, {"ok": False, "code": "id_unknown", "ids": ["moon"]})


def test_rubbish_is_refused_with_its_place(tmp_path: Path) -> None:
    instance = tmp_path / "day.json"
    instance.write_text("{")
    assert flask("check", str(instance), str(instance))[1]["code"] == "json_invalid"
    instance.write_text(json.dumps(day(2) | {"slot_min": 0}))
    code, told = here("check", str(instance), str(instance))
    assert (code, told["code"], told["errors"][0]["field"]) == (1, "instance_invalid", "slot_min")
