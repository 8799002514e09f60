"""The plan as a calendar file (RFC 5545) that phones and calendars subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar as CalendarFile
from icalendar import Event

from ..competitions.state import Setup
from ..eventlog.fold import State
from .starts import VISIT, Start, start_words
from .state import Plans

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_file(state: State, starts: Iterable[Start], language: str, now: datetime) -> bytes:
    """The planned ones among ``starts``; panels' visits are theirs alone and left out."""
    setup = state[Setup]
    name = _in(setup.name, language)
    made = CalendarFile()
    made.add("prodid", "-//Baige//plan//")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    minutes = {one["division"]: one["minutes"] for one in state[Plans].asked.get("divisions", ())}
    for one in sorted(starts, key=lambda one: (one.planned_at_utc or "", one.id)):
        if one.planned_at_utc is None or one.kind == VISIT:
            continue
        start_at = datetime.fromisoformat(one.planned_at_utc)
        event = Event()
        event.add("uid", f"{one.kind}-{one.id}@{setup.slug}")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", start_at)
        event.add("dtend", start_at + timedelta(minutes=minutes.get(one.division, 0)))
        event.add(
            "summary", f"{start_words(state, one)} · {_in(setup.divisions[one.division].name, language)}"
        )
        event.add("location", setup.fields[one.field].name)
        made.add_component(event)
    return bytes(made.to_ical())


def _in(names: dict[str, str], language: str) -> str:
    return names.get(language) or next(iter(names.values()))
