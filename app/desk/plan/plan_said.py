"""What a plan has to keep to, point by point, in words: for an organiser whose form another one overtook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from ...competitions.state import Setup
from ...eventlog.fold import State
from ...languages import in_language
from ...planning.state import as_asked
from ..meanwhile import set_by, yes_or_no
from .plan_defaults import proposed
from .plan_forms import PLAIN, PlanForm
from .timeline import place_name

Json = dict[str, Any]


def asked_at(state: State, version: int) -> Json:
    """What a form that was opened at this version showed; what is proposed, where nothing was asked for yet."""
    entry = set_by(state, "PlanSet", version)
    return as_asked(entry.data) if entry else proposed(state[Setup])


def plan_said(state: State, asked: Json, judges: Iterable[Json]) -> dict[str, str]:
    names = {judge["id"]: judge["name"] for judge in judges}
    form = PlanForm(formdata=None)
    return {
        str(form.first_day.label.text): asked["first_day"],
        **{str(_("Day %(number)s", number=at)): _hours(one) for at, one in enumerate(asked["days"], 1)},
        str(_("Breaks")): ", ".join(map(_hours, asked["breaks"])) or "–",
        **{str(form[name].label.text): _plain(asked[name]) for name in PLAIN},
        **dict(_divisions(state, asked)),
        **{
            place_name(state, one["place"], names): _hours(one) + _days(one["days"])
            for one in asked["places"]
        },
        str(_("Begins together with")): _pairs(state, asked["pairs"]),
        **decided_said(asked),
    }


def decided_said(asked: Json) -> dict[str, str]:
    """How many groups of people of one name were said to be one person, and how many to be different ones."""
    one = sum(1 for said in asked["namesakes"] if said["one"])
    different = len(asked["namesakes"]) - one
    words = f"{_('one person')}: {one}, {_('different people')}: {different}"
    return {str(_("Who is in several teams")): words}


def _divisions(state: State, asked: Json) -> Iterator[tuple[str, str]]:
    setup = state[Setup]
    for one in asked["divisions"]:
        division = setup.divisions.get(one["division"])
        of = in_language(division.name) if division else one["division"]
        yield of, _("%(count)s min", count=one["minutes"]) + ", " + _fields(state, one["fields"])
        yield f"{of}, {_('The panel sees a team together, in its room')}", yes_or_no(one["jointly"])
        yield f"{of}, {_('Inspection')}", yes_or_no(one["inspected"])


def _plain(value: int | bool) -> str:
    return yes_or_no(value) if isinstance(value, bool) else str(value)


def _hours(one: Json) -> str:
    """``09:00–18:00``, with a dash for what is not said."""
    opens, closes = ((one[name] or "…")[:5] for name in ("opens", "closes"))
    return f"{opens}–{closes}"


def _days(days: list[int]) -> str:
    return f" ({', '.join(str(day + 1) for day in days)})" if days else ""


def _fields(state: State, codes: Iterable[str]) -> str:
    fields = state[Setup].fields
    return " + ".join(fields[code].name if code in fields else code for code in codes)


def _pairs(state: State, pairs: Iterable[Iterable[str]]) -> str:
    return ", ".join(_fields(state, pair) for pair in pairs) or "–"
