"""What entries are ordered by: each entry's values turned into a key, less being better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .matches import Match, head_to_head
from .model import Ruleset
from .parts import Criterion
from .timed import Combination, Number

Key = tuple[Any, ...]
Values = dict[str, Combination]

HEAD_TO_HEAD = "head_to_head"
_NOTHING: Key = (1,)
"""An entry without a value comes after every entry with one."""


def key_of(values: Mapping[str, Combination], ranking: Sequence[Criterion]) -> Key:
    """The key of one entry; equal keys share a place."""
    return tuple(_part(values.get(criterion.by), criterion.order == "desc") for criterion in ranking)


def settle_head_to_head(values: Mapping[str, Values], ruleset: Ruleset, matches: Sequence[Match]) -> None:
    """Give every entry its points in matches among those it is otherwise level with.

    Levels are formed by the criteria that stand before ``head_to_head`` in the ranking.
    """
    names = [criterion.by for criterion in ruleset.ranking]
    if HEAD_TO_HEAD not in names or ruleset.match is None:
        return
    before = ruleset.ranking[: names.index(HEAD_TO_HEAD)]
    level: dict[Key, list[str]] = defaultdict(list)
    for entry, own in values.items():
        level[key_of(own, before)].append(entry)
    for entries in level.values():
        for entry, points in head_to_head(entries, matches, ruleset.match).items():
            values[entry][HEAD_TO_HEAD] = points


def _part(value: Combination, descending: bool) -> Key:
    if value is None:
        return _NOTHING
    if isinstance(value, tuple):
        return (0, tuple(_part(item, descending) for item in value))
    return (0, *_ordered(-value if descending else value))


def _ordered(value: Number) -> Key:
    """Fractions compare slowly, so their nearest double is looked at first; rounding keeps the order."""
    return (float(value), value) if type(value) is Fraction else (value,)
