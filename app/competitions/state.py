"""What is true of a competition's set-up: its facts, fields and divisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scoring.ruleset import Ruleset

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from .rulesets import pinned


@dataclass(frozen=True, slots=True)
class Field:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Division:
    """A class of a discipline. ``ruleset`` is the one pinned when the division was added, with what was set since."""

    code: str
    name: dict[str, str]
    discipline: str
    text: str
    ruleset: Ruleset

    def with_numbers(self, numbers: Mapping[str, float]) -> Division:
        """The division with parameters set on the day. Raises RulesetError."""
        return replace(self, ruleset=pinned(self.text, tuple(sorted(numbers.items()))))


class Setup(Part):
    """The competition's own facts, and its fields and divisions in the order they were added.

    ``taken_over_at_utc`` is when it last came here from another installation, as an archive.
    """

    def __init__(self) -> None:
        self.facts: dict[str, Any] = {}
        self.fields: dict[str, Field] = {}
        self.divisions: dict[str, Division] = {}
        self.taken_over_at_utc: str | None = None

    @property
    def exists(self) -> bool:
        return bool(self.facts)

    @property
    def is_demo(self) -> bool:
        return bool(self.facts.get("demo"))

    @property
    def slug(self) -> str:
        return str(self.facts["slug"])

    @property
    def name(self) -> dict[str, str]:
        names: dict[str, str] = self.facts["name"]
        return names

    @on("CompetitionCreated")
    def _created(self, state: State, entry: Entry) -> None:
        self.facts = entry.data
        state.touch(f"{state.chain}/schedule")

    @on("CompetitionTakenOver")
    def _taken_over(self, state: State, entry: Entry) -> None:
        self.taken_over_at_utc = entry.at_utc

    @on("FieldAdded")
    def _field_added(self, state: State, entry: Entry) -> None:
        self.fields[entry.data["code"]] = Field(entry.data["code"], entry.data["name"])
        state.touch(f"{state.chain}/schedule")

    @on("DivisionAdded")
    def _division_added(self, state: State, entry: Entry) -> None:
        data = entry.data
        self.divisions[data["code"]] = Division(
            data["code"], data["name"], data["discipline"], data["ruleset"], pinned(data["ruleset"])
        )
        state.touch(f"{state.chain}/schedule", f"{state.chain}/division/{data['code']}/standings")

    @on("NumbersSet")
    def _numbers_set(self, state: State, entry: Entry) -> None:
        code = entry.data["division"]
        self.divisions[code] = self.divisions[code].with_numbers(entry.data["numbers"])
        queues = [f"{state.chain}/field/{field}/queue" for field in self.fields]
        state.touch(f"{state.chain}/schedule", f"{state.chain}/division/{code}/standings", *queues)
