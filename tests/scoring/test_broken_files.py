"""Whatever is done to a ruleset file, it is either checked or refused with its problems; nothing else comes out."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

import pytest
import yaml

from scoring.check import check

from .shipped import DISCIPLINES, NAMES

ROUNDS = 8
JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    1e308,
    "",
    "x",
    "$nothing",
    "1 +",
    "a.b.c",
    "rows[0]",
    "😀" * 50,
    [],
    [[]],
    {},
    {"by": "x"},
    {"kk": 1},
)


@pytest.mark.parametrize("name", NAMES)
def test_spoiled_content_is_refused_politely(name: str) -> None:
    random = Random(name)
    whole = yaml.safe_load((DISCIPLINES / f"{name}.yaml").read_text("utf-8"))
    for _ in range(ROUNDS):
        content = deepcopy(whole)
        spoil(content, random)
        report = check(yaml.safe_dump(content, allow_unicode=True), "spoiled.yaml")
        assert all(problem.code and problem.line >= 1 for problem in report.problems)


def spoil(part: Any, random: Random) -> None:
    """Replace, drop or double one thing somewhere in the content."""
    keys = list(part) if isinstance(part, dict) else list(range(len(part)))
    if not keys:
        return
    key = random.choice(keys)
    if isinstance(part[key], dict | list) and random.random() < 0.75:
        spoil(part[key], random)
    elif random.random() < 0.25:
        del part[key]
    elif isinstance(part, list) and random.random() < 0.3:
        part.append(part[key])
    else:
        part[key] = random.choice(JUNK)


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "&a [*a]", "{", "a: !!python/object:os.system x", "? [a]\n: b", "- " * 500, "<<: {a: 1}"],
)
def test_files_that_are_no_rulesets(text: str) -> None:
    report = check(text, "broken.yaml")
    assert not report.ok
