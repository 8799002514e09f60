"""Random score sheets in bulk: right ones, and ones with a few values spoiled or left out.

Hypothesis draws some too (see ``sheets``); this is a hundred times as fast, so it can draw thousands of each ruleset.
"""

from __future__ import annotations

from random import Random
from typing import Any

from scoring.model import Ruleset
from scoring.parts import Field

_MOST_ROWS = 6
_SPOILED = 0.5
_EDGE = 0.2
_LEFT_OUT = 0.3
_WRONG: tuple[Any, ...] = (
    None,
    True,
    -1,
    0.5,
    1e13,
    -0.0,
    1e-300,
    41.2370001,
    "",
    "living",
    "қ😀",
    [],
    ["brush", "brush"],
    [{}],
    [{"kind": 1}, 5],
    {},
)


def random_sheet(ruleset: Ruleset, random: Random) -> dict[str, Any]:
    """A sheet; half of them have something wrong."""
    sheet = _row(ruleset.fields, random)
    if random.random() < _SPOILED and ruleset.fields:
        for _ in range(random.randint(1, 3)):
            _spoil(sheet, ruleset, random)
    return sheet


def _spoil(sheet: dict[str, Any], ruleset: Ruleset, random: Random) -> None:
    field = random.choice(ruleset.fields)
    rows = sheet.get(field.id)
    if (
        isinstance(rows, list)
        and field.fields
        and rows
        and isinstance(rows[-1], dict)
        and random.random() < _SPOILED
    ):
        random.choice(rows)[random.choice(field.fields).id] = random.choice(_WRONG)
    elif random.random() < _LEFT_OUT:
        sheet.pop(field.id, None)
    else:
        sheet[random.choice([field.id, field.id, "no_such_field"])] = random.choice(_WRONG)


def _row(fields: tuple[Field, ...], random: Random) -> dict[str, Any]:
    filled = [field for field in fields if field.required or random.random() < _SPOILED]
    return {field.id: _value(field, random) for field in filled}


def _value(field: Field, random: Random) -> Any:
    options = [option.id for option in field.options]
    match field.type:
        case "yes_no":
            return random.random() < 0.5
        case "choice":
            return random.choice(options)
        case "multiple_choice":
            return random.sample(options, random.randint(0, len(options)))
        case "text":
            return random.choice(["", "ескертпе", "x" * 50])
        case "rows":
            most = min(field.max_rows, max(_MOST_ROWS, field.min_rows))
            return [_row(field.fields, random) for _ in range(random.randint(field.min_rows, most))]
    return _number(field, random)


def _number(field: Field, random: Random) -> float:
    low, high = (-1000.0 if field.min is None else field.min), (1000.0 if field.max is None else field.max)
    if random.random() < _EDGE:
        return random.choice([low, high])
    if field.step:
        return round(low + random.randint(0, int((high - low) / field.step)) * field.step, 9)
    drawn = random.uniform(low, high)
    return random.choice([drawn, min(max(round(drawn, 3), low), high)])
