"""Sheets scored a second by the server and by the tablet, and how fast a large table is ranked and mended."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from scoring.model import Ruleset
from scoring.ranking import Attempt, Record, Table, rank
from scoring.sheet import evaluate
from tests.bench.figures import Figure, figure
from tests.contract.tablet import bundled
from tests.scoring.shipped import NAMES as SHIPPED
from tests.scoring.shipped import shipped

NAMES = ("rules.",)
ENTRIES = 10_000
CHANGES = 300
SHEETS = 5_000
PAGE = 50
OTHER_DISCIPLINES = 8
TABLET = Path(__file__).with_name("evaluate_bench.ts")


def figures(_only: str) -> Iterator[Figure]:
    largest = max(map(shipped, SHIPPED), key=lambda ruleset: len(json.dumps(ruleset.to_json())))
    yield figure("rules.sheets_per_s", sheets_per_s(largest), "1/s", "higher", None)
    yield figure("rules.sheets_per_s_tablet", sheets_per_s_tablet(largest), "1/s", "higher", None)
    yield from table_figures(shipped("big-journey-junior"))


def sheets_per_s(ruleset: Ruleset) -> float:
    """The worked examples of a ruleset over and over, in one thread."""
    sheets = [example.sheet for example in ruleset.examples]
    evaluate(ruleset, sheets[0])
    started = time.perf_counter()
    for at in range(SHEETS):
        evaluate(ruleset, sheets[at % len(sheets)])
    return SHEETS / (time.perf_counter() - started)


def sheets_per_s_tablet(ruleset: Ruleset) -> float:
    """The same in Node, by the evaluator the tablet has."""
    asked = {
        "ruleset": ruleset.to_json(),
        "sheets": [dict(example.sheet) for example in ruleset.examples],
        "count": SHEETS,
    }
    with tempfile.TemporaryDirectory() as folder:
        module = bundled(TABLET, Path(folder))
        told = subprocess.run(
            ["node", module], input=json.dumps(asked), capture_output=True, text=True, check=True
        )
    return float(told.stdout)


def table_figures(ruleset: Ruleset) -> Iterator[Figure]:
    """A table ranked whole, then one entry changed at a time, with other disciplines' tables beside it."""
    random = Random(10_000)
    records = [record(at, random) for at in range(ENTRIES)]
    started = time.perf_counter()
    rank(ruleset, records)
    whole_ms = (time.perf_counter() - started) * 1000
    yield figure("rules.rank_10000_ms", whole_ms, "ms", "lower", None)
    others = [Table(ruleset, records[:1000]) for _ in range(OTHER_DISCIPLINES)]
    table = Table(ruleset, records)
    change_ms = statistics.median(change(table, random) for _ in range(CHANGES))
    assert len(others) == OTHER_DISCIPLINES
    yield figure("rules.one_change_in_10000_ms", change_ms, "ms", "lower", 5.0, whole_ms)


def change(table: Table, random: Random) -> float:
    """Milliseconds until the order is right, the changed entry's place is told and the first page can be sent."""
    changed = record(random.randrange(ENTRIES), random)
    started = time.perf_counter()
    table.update(changed)
    table.standing(changed.id)
    table.standings(0, PAGE)
    return (time.perf_counter() - started) * 1000


def record(at: int, random: Random) -> Record:
    attempts = tuple(
        Attempt({"points": float(random.randint(0, 200)), "time": round(random.uniform(20, 180), 3)})
        for _ in range(2)
    )
    return Record(f"entry-{at:05}", attempts)
