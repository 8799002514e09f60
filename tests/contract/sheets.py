"""Random score sheets: mostly right, some incomplete, out of bounds or of the wrong type."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from scoring.model import Ruleset
from scoring.parts import Field

_MOST_ROWS = 6

WRONG: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.lists(st.text(max_size=3), max_size=3),
    st.lists(st.dictionaries(st.text(max_size=3), st.integers(0, 3), max_size=2), max_size=2),
)


def sheets(ruleset: Ruleset) -> st.SearchStrategy[dict[str, Any]]:
    """Whole sheets that fit, or such sheets with a few values spoiled or left out."""
    right = _row(ruleset.fields)
    names = st.sampled_from([field.id for field in ruleset.fields] + ["no_such_field"])
    spoiled = st.dictionaries(names, WRONG, max_size=3)
    left_out = st.sets(names, max_size=3)
    return st.one_of(right, st.builds(_spoil, right, spoiled, left_out))


def _spoil(sheet: dict[str, Any], spoiled: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    return {name: value for name, value in {**sheet, **spoiled}.items() if name not in left_out}


def _row(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    required = {field.id: value(field) for field in fields if field.required}
    optional = {field.id: value(field) for field in fields if not field.required}
    return st.fixed_dictionaries(required, optional=optional)


def value(field: Field) -> st.SearchStrategy[Any]:
    """A value that fits the field."""
    match field.type:
        case "yes_no":
            return st.booleans()
        case "whole":
            return st.integers(round(field.min or 0), round(200 if field.max is None else field.max))
        case "number" | "time":
            return _number(field)
        case "choice":
            return st.sampled_from([option.id for option in field.options])
        case "multiple_choice":
            return st.lists(st.sampled_from([option.id for option in field.options]), unique=True)
        case "text":
            return st.text(max_size=20)
        case _:
            most = min(field.max_rows, max(_MOST_ROWS, field.min_rows))
            return st.lists(_row(field.fields), min_size=field.min_rows, max_size=most)


def _number(field: Field) -> st.SearchStrategy[float]:
    low, high = (-1000.0 if field.min is None else field.min), (1000.0 if field.max is None else field.max)
    if field.step:
        steps = int((high - low) / field.step)
        return st.integers(0, steps).map(lambda count: round(low + count * (field.step or 1), 9))
    return st.one_of(
        st.floats(low, high), st.floats(low, high).map(lambda x: min(max(round(x, 3), low), high))
    )
