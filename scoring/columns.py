"""The columns of a division's standings: what each entry's line shows, by the names ``Standing.values`` has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .model import Ruleset
from .parts import Words
from .placing import MATCH_CRITERIA


@dataclass(frozen=True, slots=True)
class Column:
    """``label`` is empty for what matches give (``wins``, ``buchholz`` …): its words belong to the pages."""

    name: str
    label: Words
    type: str
    unit: str | None

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "label": dict(self.label), "type": self.type, "unit": self.unit}


def standings_columns(ruleset: Ruleset) -> list[Column]:
    """Combined values that are shown, in the order of the ranking, then those that do not rank."""
    units = {result.name: result.unit for result in ruleset.results}
    shown = {
        combined.name: Column(combined.name, combined.label, combined.type, units.get(combined.of))
        for combined in ruleset.combined
        if combined.shown
    }
    from_matches = {name: Column(name, {}, "number", None) for name in MATCH_CRITERIA}
    ranking = [criterion.by for criterion in ruleset.ranking]
    known = {**from_matches, **shown}
    ranked = [known[name] for name in ranking if name in known]
    return ranked + [column for name, column in shown.items() if name not in ranking]
