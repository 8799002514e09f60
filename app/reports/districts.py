"""Districts as counts tell them: spellings of one together, namesakes in different regions apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ..languages import in_language
from ..registry.regions import regions
from ..registry.spellings import District, district_of, settled

Key = tuple[str | None, District]


class Districts:
    """The districts that ``cards`` name, each called as most of them write it."""

    def __init__(self, cards: Iterable[Mapping[str, Any]]) -> None:
        self._settled: dict[str | None, dict[District, District]] = {}
        spellings: dict[Key, Counter[str]] = defaultdict(Counter)
        named = [
            (card["region"], one, card["district"])
            for card in cards
            if (one := district_of(card["district"] or ""))
        ]
        by_region: dict[str | None, set[District]] = defaultdict(set)
        for region, one, _written in named:
            by_region[region].add(one)
        self._settled = {region: settled(those) for region, those in by_region.items()}
        for region, one, written in named:
            spellings[region, self._settled[region][one]][" ".join(written.split())] += 1
        called = {key: min(seen, key=lambda name: _rank(name, seen)) for key, seen in spellings.items()}
        namesakes = Counter(one for _region, one in called)
        self.words: dict[Key, str] = {
            key: f"{name} ({in_language(regions().get(key[0] or '')) or '–'})"
            if namesakes[key[1]] > 1
            else name
            for key, name in called.items()
        }
        """By key what a district is called; with its region where another one has the same name."""

    def key_of(self, card: Mapping[str, Any]) -> Key | None:
        """What tells the district of a card from others; None where it names none."""
        one = district_of(card["district"] or "")
        return (card["region"], self._settled[card["region"]][one]) if one else None


def _rank(name: str, seen: Counter[str]) -> tuple[int, bool, int, str]:
    """Most written first; among those as often, one with the capitals of a name."""
    capitals = sum(map(str.isupper, name))
    return -seen[name], not capitals, capitals, name
