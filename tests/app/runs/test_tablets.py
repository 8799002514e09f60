"""Tablets, a lossy network, a server that loses power and its disk, driven at random for thousands of steps.

Whatever happens: a confirmed command took effect exactly once, each field's in the order they were made, nothing that
was acknowledged is missing, what came too late is kept exactly once, and the log verifies. After a restore from the
second place every tablet offers what was lost again.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from app.competitions import rulesets
from tests.app.conftest import opened, sender
from tests.serving import ROOT

from .hall.judging import Judging
from .hall.losing import Losing
from .hall.machine import FATES

EXAMPLES, STEPS = 36, 100
SOAK_EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "600"))
TEAMS = 4
MUST_HAPPEN = ("restart", "power", "restored", "commits lost", "handed in", "offered again", *FATES)
MUST_BE_ACCEPTED = (
    ("EnterScore",),
    ("CorrectScore",),
    ("SettleSheets",),
    ("EnterMatch",),
    ("CorrectMatch",),
    ("GiveWalkover",),
    ("SwapRuns", "SwapMatches"),
    ("OpenRun", "OpenMatch", "CloseRun", "CloseMatch"),
)
"""Of each group some command, or the day was too dull to show anything."""


@pytest.fixture
def hall_data(demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo with matches on field A as well, and on field B runs that take two judges' sheets."""
    disciplines = shutil.copytree(ROOT / "config" / "disciplines", tmp_path / "disciplines")
    line = disciplines / "line-race.yaml"
    rules = line.read_text("utf-8").replace("kind: timed\n", "kind: timed\nsheets_per_run: 2\n")
    (disciplines / "pair-race.yaml").write_text(rules.replace("id: line-race", "id: pair-race"), "utf-8")
    monkeypatch.setattr(rulesets, "DISCIPLINES", disciplines)
    folder = shutil.copytree(demo_data, tmp_path / "hall")
    with opened(folder) as app:
        send = sender(app)
        for code, discipline in (("pair", "pair-race"), ("sumo", "sumo-mini")):
            rows = [
                {"division": code, "team": f"Тәжік {at}", "organisation": "№ 1 мектеп", "members": []}
                for at in range(TEAMS)
            ]
            names = {"kk": code, "ru": code, "en": code}
            division = {"code": code, "name": names, "discipline": discipline}
            assert send("organiser", "AddDivision", "c/demo", division)["status"] == "accepted"
            assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"
        drawn = send("organiser", "DrawStartList", "c/demo/division/pair", {"field": "B", "seed": 1})
        assert drawn["status"] == "accepted", drawn
        drawn = send(
            "organiser", "DrawMatches", "c/demo/division/sumo", {"fields": ["A"], "seeding": "numbers"}
        )
        assert drawn["status"] == "accepted", drawn
    return folder


def test_confirmed_commands_take_effect_once_in_order_and_stay(hall_data: Path, tmp_path: Path) -> None:
    steps = played(hall_data, tmp_path, EXAMPLES)
    assert steps["steps"] >= 2000, steps
    assert [name for name in (*MUST_HAPPEN, "conflict", "refused") if not steps[name]] == [], steps
    for types in MUST_BE_ACCEPTED:
        assert sum(steps[f"{type_} accepted"] for type_ in types) > 0, (types, steps)
    print(dict(steps))


@pytest.mark.soak
def test_the_same_for_an_hour_or_so(hall_data: Path, tmp_path: Path) -> None:
    print(dict(played(hall_data, tmp_path, SOAK_EXAMPLES)))


def played(data: Path, folder: Path, examples: int) -> Counter[str]:
    """Play so many days in the hall; what happened, and how often."""
    days = iter(range(10**6))
    steps: Counter[str] = Counter()

    def fresh(_hall: object) -> Path:
        return shutil.copytree(data, folder / str(next(days)))

    Played = type("Played", (Judging, Losing), {"fresh": fresh, "steps": steps})
    run_state_machine_as_test(
        Played,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return steps
