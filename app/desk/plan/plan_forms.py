"""What the plan's plain inputs say, as the payload of a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional

from ...planning.places import DAY_MIN
from ...planning.schemas import MOST_DAYS
from ...typed_numbers import whole_number

LIMITS = [("10", _l("10 seconds")), ("60", _l("a minute")), ("300", _l("five minutes"))]


PLAIN = (
    "slot_min",
    "gap_min",
    "travel_min",
    "changeover_min",
    "inspection_min",
    "inspection_tables",
    "one_judge",
)


class PlanForm(FlaskForm):  # type: ignore[misc]
    """Days, hours and gaps. Divisions and places have inputs of their own: ``minutes-<code>``, ``fields-<code>``,
    ``jointly-<code>``, ``inspected-<code>``; ``opens-<place>``, ``closes-<place>``, ``days-<place>``, ``pair-<field>``;
    ``opens-day-<n>``, ``closes-day-<n>`` of days after the first.
    """

    version = HiddenField()
    first_day = DateField(_l("First day"), validators=[InputRequired()])
    days = IntegerField(_l("Days"), default=1, validators=[NumberRange(1, MOST_DAYS)])
    opens = TimeField(_l("From"), validators=[InputRequired()])
    closes = TimeField(_l("Until"), validators=[InputRequired()])
    break_from = TimeField(_l("Break from"), validators=[Optional()])
    break_until = TimeField(_l("Break until"), validators=[Optional()])
    slot_min = IntegerField(_l("Starts every … minutes"), default=5, validators=[NumberRange(1, 60)])
    gap_min = IntegerField(
        _l("Free minutes between two starts of a team"), default=10, validators=[NumberRange(0, 600)]
    )
    travel_min = IntegerField(
        _l("Free minutes between a panel and a field, where they are far apart"),
        default=0,
        validators=[Optional(), NumberRange(0, 600)],
    )
    changeover_min = IntegerField(
        _l("Free minutes between two starts on a field or before a judge"),
        default=0,
        validators=[Optional(), NumberRange(0, 120)],
    )
    inspection_min = IntegerField(
        _l("Inspection, minutes a robot (0: none)"), default=0, validators=[NumberRange(0, 120)]
    )
    inspection_tables = IntegerField(_l("Inspection tables"), default=1, validators=[NumberRange(1, 40)])
    one_judge = BooleanField(
        _l("A judge who alone has several fields, or a field and a panel, is at one of them at a time"),
        default=True,
    )

    def payload(
        self,
        said: MultiDict[str, str],
        divisions: Iterable[str],
        places: Iterable[str],
        asked: dict[str, Any],
    ) -> dict[str, Any]:
        """What SetPlan asks for; divisions without a field are left out. ``asked`` is what was asked before."""
        hours = {"opens": _time(self.opens), "closes": _time(self.closes)}
        pause = {"opens": _time(self.break_from), "closes": _time(self.break_until)}
        return {
            "first_day": self.first_day.data.isoformat(),
            "days": [_hours_of_day(said, day, hours) for day in range(self.days.data)],
            # The form has one break; others were asked for by a program, and stay.
            "breaks": [*([pause] if all(pause.values()) else []), *asked.get("breaks", ())[1:]],
            **{name: self[name].data or 0 for name in PLAIN},
            "one_judge": bool(self.one_judge.data),
            "divisions": [
                {
                    "division": code,
                    "minutes": said.get(f"minutes-{code}") or 0,
                    "fields": said.getlist(f"fields-{code}"),
                    "jointly": f"jointly-{code}" in said,
                    "inspected": f"inspected-{code}" in said,
                }
                for code in divisions
                if said.getlist(f"fields-{code}")
            ],
            "places": list(_own_hours(said, places, self.days.data)),
            "pairs": _pairs(said),
            "namesakes": asked.get("namesakes", []),
        }

    @classmethod
    def of(cls, asked: dict[str, Any], version: int) -> PlanForm:
        """The form as it was filled in last, or as it is proposed; ``version`` is that of the plan."""
        first = asked["days"][0]
        pause: dict[str, str] = next(iter(asked["breaks"]), {})
        return cls(
            formdata=None,
            version=version,
            first_day=date.fromisoformat(asked["first_day"]),
            days=len(asked["days"]),
            opens=_clock(first["opens"]),
            closes=_clock(first["closes"]),
            break_from=_clock(pause.get("opens")),
            break_until=_clock(pause.get("closes")),
            **{name: asked[name] for name in PLAIN},
        )


def _hours_of_day(said: MultiDict[str, str], day: int, hours: dict[str, Any]) -> dict[str, Any]:
    """The first day's hours, or a later day's own."""
    return {name: said.get(f"{name}-day-{day}") or hours[name] for name in ("opens", "closes")}


def _own_hours(said: MultiDict[str, str], places: Iterable[str], days: int) -> Iterator[dict[str, Any]]:
    """Places that are not open like all the others."""
    for place in places:
        said_on = map(whole_number, said.getlist(f"days-{place}"))
        on = sorted({day for day in said_on if day is not None and day < days})
        opens, closes = said.get(f"opens-{place}"), said.get(f"closes-{place}")
        some_days = on if days > 1 and len(on) < days else []
        if opens or closes or some_days:
            yield {"place": place, "days": some_days, "opens": opens or None, "closes": closes or None}


def _pairs(said: MultiDict[str, str]) -> list[list[str]]:
    """Groups of fields, each of which names another of it."""
    groups: list[set[str]] = []
    for name, other in said.items():
        field = name.removeprefix("pair-")
        if field == name or not other or other == field:
            continue
        joined = [group for group in groups if group & {field, other}]
        groups = [group for group in groups if not group & {field, other}]
        groups.append({field, other}.union(*joined))
    return [sorted(group) for group in groups]


class PlanFileForm(FlaskForm):  # type: ignore[misc]
    """A schedule made elsewhere."""

    file = FileField(_l("A schedule made elsewhere (JSON)"), validators=[FileRequired()])


class SolveForm(FlaskForm):  # type: ignore[misc]
    """How long the solver may look."""

    limit_s = SelectField(_l("Look for"), choices=LIMITS, default="10")


class MendForm(FlaskForm):  # type: ignore[misc]
    """What is closed from when to when, if anything, and how to go on from there."""

    kind = SelectField(
        _l("How"),
        choices=[
            ("repair", _l("Move as little as can be")),
            ("push", _l("Push everything on, in its order")),
        ],
    )
    resource = SelectField(_l("What is late or broken"), validate_choice=False)
    closed_from = TimeField(_l("Closed from"), validators=[Optional()])
    closed_until = TimeField(_l("Closed until"), validators=[Optional()])
    limit_s = SelectField(_l("Look for"), choices=LIMITS, default="10")


class MoveForm(FlaskForm):  # type: ignore[misc]
    """An activity put elsewhere, or on another one, with which it then changes places."""

    activity = SelectField(validate_choice=False)
    start = IntegerField(validators=[NumberRange(0, MOST_DAYS * DAY_MIN)])
    resource = SelectField(validate_choice=False)
    other = SelectField(validate_choice=False)
    version = IntegerField(validators=[InputRequired()])


def _time(field: TimeField) -> str | None:
    return field.data.isoformat() if field.data else None


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
