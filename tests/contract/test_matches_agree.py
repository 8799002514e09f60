"""The tablet and the server decide every match alike: thousands of random bouts by random rules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

from scoring.contest import Countdown, MatchRules
from scoring.head_to_head import Bout, decide
from scoring.model import plain

from .tablet import ROOT, bundled

SOURCE = ROOT / "tests" / "contract" / "decide_lines.ts"
SIDES = ("a", "b")
MATCHES = 5000
COUNTDOWNS = (
    Countdown("still", {"en": "Not moving"}, 5, "side", "lost"),
    Countdown("no_progress", {"en": "No progress"}, 5, "both", "restart"),
)


def test_every_match_comes_to_the_same(tmp_path: Path) -> None:
    random = Random(11)
    asked = [random_match(random) for _ in range(MATCHES)]
    lines = json.dumps([[plain(rules), SIDES, bouts, decision] for rules, bouts, decision in asked])
    module = bundled(SOURCE, tmp_path)
    made = subprocess.run(["node", str(module)], input=lines, capture_output=True, text=True, check=True)
    answers = json.loads(made.stdout)
    statuses, taken = set(), set()
    for (rules, bouts, decision), answer in zip(asked, answers, strict=True):
        outcome = decide(rules, SIDES, [Bout(**without_sheet(bout)) for bout in bouts], decision)
        statuses.add(outcome.status)
        taken |= {one.by for one in outcome.bouts}
        assert answer == plain(outcome), (rules, bouts, decision)
    assert statuses == {"open", "won", "drawn", "replay", "to_decide"}
    assert {"countdown", "restarted"} <= taken


def random_match(random: Random) -> tuple[MatchRules, list[dict[str, Any]], str | None]:
    rules = MatchRules(
        bouts=random.randint(1, 5),
        decided_by=random.choice(["bouts", "points", "score"]),
        target=random.choice([None, 1, 2, 3]),
        warnings_to_loss=random.choice([None, 1, 2, 3]),
        false_starts_to_loss=random.choice([None, 2]),
        on_time_out=random.choice(["judge", "draw", "replay"]),
        draws=random.choice(["allowed", "replayed", "decided"]),
        countdowns=random.choice([(), COUNTDOWNS]),
    )
    bouts = [random_bout(random) for _ in range(random.randint(0, 6))]
    return rules, bouts, random.choice([None, *SIDES])


def random_bout(random: Random) -> dict[str, Any]:
    def counts(most: int) -> dict[str, int]:
        return {side: random.randint(0, most) for side in SIDES if random.random() < 0.4}

    return {
        "winner": random.choice([None, *SIDES]),
        "points": counts(3),
        "warnings": counts(2),
        "false_starts": counts(2),
        "timed_out": random.random() < 0.3,
        "decision": random.choice([None, *SIDES]),
        "countdown": random.choice([None, "still", "no_progress", "unknown"]),
        "sheet": None,
    }


def without_sheet(bout: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in bout.items() if name != "sheet"}
