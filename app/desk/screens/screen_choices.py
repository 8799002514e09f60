"""What a screen can be told to show, as one list to choose from, and each choice as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ...competitions.state import Division, Setup
from ...displays.schemas import OF_A_DIVISION, OF_A_FIELD
from ...languages import in_language
from ...live.alliance_shapes import has_alliances

Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A view and what it is of; written ``auto:A`` in a form."""

    view: str
    of: str | None

    @classmethod
    def parse(cls, written: str) -> Shown:
        view, _colon, of = written.partition(":")
        return cls(view, of or None)

    @classmethod
    def of_screen(cls, screen: Mapping[str, Any]) -> Shown:
        """What a screen, or a step of its rotation, shows."""
        view = screen["view"]
        of = screen["field"] if view in OF_A_FIELD else screen["division"] if view in OF_A_DIVISION else None
        return cls(view, of)

    def __str__(self) -> str:
        return f"{self.view}:{self.of or ''}"

    def payload(self) -> dict[str, Any]:
        """The part of ``SetScreen`` that this is."""
        return {
            "view": self.view,
            "field": self.of if self.view in OF_A_FIELD else None,
            "division": self.of if self.view in OF_A_DIVISION else None,
        }


def choices(setup: Setup) -> Choices:
    """Everything a screen of this competition can show, grouped as people look for it."""
    listed: Choices = {}
    for field in setup.fields.values():
        shown = [Shown(view, field.code) for view in _ordered(OF_A_FIELD)]
        listed[_("Field %(name)s", name=field.name)] = [(str(one), sentence(setup, one)) for one in shown]
    for division in setup.divisions.values():
        shown = [Shown(view, division.code) for view in _ordered(_views_of(division))]
        listed[in_language(division.name)] = [(str(one), sentence(setup, one)) for one in shown]
    shown = [Shown(view, None) for view in _labels() if view not in OF_A_FIELD | OF_A_DIVISION]
    if shown:
        listed[_("The whole competition")] = [(str(one), sentence(setup, one)) for one in shown]
    return listed


def sentence(setup: Setup, shown: Shown) -> str:
    """What is shown, in words."""
    label = _labels().get(shown.view, shown.view)
    if shown.of is None:
        return label
    if shown.view in OF_A_FIELD:
        field = setup.fields.get(shown.of)
        return f"{_('Field %(name)s', name=field.name if field else shown.of)}: {label}"
    division = setup.divisions.get(shown.of)
    return f"{in_language(division.name) if division else shown.of}: {label}"


def _views_of(division: Division) -> frozenset[str]:
    """Alliances only where the rules have them."""
    return OF_A_DIVISION if has_alliances(division) else OF_A_DIVISION - {"alliances"}


def _ordered(views: frozenset[str]) -> list[str]:
    return [view for view in _labels() if view in views]


def _labels() -> dict[str, str]:
    return {
        "auto": _("by the state of the run"),
        "field": _("the runs only"),
        "timer": _("the clock alone"),
        "overlay": _("overlay for a stream"),
        "standings": _("leaderboard"),
        "bracket": _("groups and bracket"),
        "alliances": _("alliances"),
        "ceremony": _("ceremony"),
        "schedule": _("Now and next on every field"),
        "pit": _("Pit: who is called and who comes"),
        "wall": _("Wall: messages, rules, partners"),
        "blank": _("Nothing: a dark screen"),
    }
