"""The plan as it is drawn: days, rows and what stands where, in minutes; the template gives them their size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from ...competitions.state import Setup
from ...entries.state import public_entry
from ...eventlog.fold import State
from ...planning.asking import Calendar, Question
from ...planning.drafts import Placed
from ...planning.places import DAY_MIN, INSPECTION, TABLES, Places, Window, windows
from ...planning.starts import start_words
from ...planning.state import Plans
from ...planning.visits import is_settled, starts_behind

Json = dict[str, Any]
HOUR_MIN = 60


@dataclass(frozen=True, slots=True)
class Item:
    """An activity where it stands; ``lane`` counts those at once in one row from 0, ``broken`` is what it breaks."""

    id: str
    number: int
    words: str
    start: int
    minutes: int
    clock: str
    is_settled: bool
    broken: tuple[str, ...]
    lane: int = 0


@dataclass(slots=True)
class Row:
    """``closed``: when the place is not open, in minutes of the plan, within the day."""

    resource: str
    name: str
    closed: tuple[Window, ...] = ()
    items: list[Item] = field(default_factory=list)
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its hours in minutes of the plan, whatever stands outside them too; ticks ``(minute, clock)``, rows, and
    how long the shortest activity is.
    """

    date: str
    opens: int
    closes: int
    ticks: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]
    shortest_min: int


def days(
    state: State, question: Question, placed: Placed, broken: Mapping[str, list[str]], names: dict[str, str]
) -> list[Day]:
    """The plan's days; ``names`` are those of judges by account, ``broken`` says what activities break, in words."""
    calendar, asked = Calendar(state), state[Plans].asked
    items = _items(state, question.instance, placed, broken, calendar)
    last_day = len(asked["days"]) - 1
    found = []
    for number in range(last_day + 1):
        today = [window for window in windows(asked) if window[0] // DAY_MIN == number]
        mine = {
            resource: [one for one in of if min(max(0, one.start // DAY_MIN), last_day) == number]
            for resource, of in items.items()
        }
        everything = [one for of in mine.values() for one in of]
        opens = min([*(start for start, _ in today), *(one.start for one in everything)])
        closes = max([*(end for _, end in today), *(one.start + one.minutes for one in everything)])
        opens = opens // HOUR_MIN * HOUR_MIN if today and opens < today[0][0] else opens
        found.append(
            Day(
                str(format_date(calendar.instant(number * DAY_MIN).date(), "full")),
                opens,
                closes,
                tuple(
                    (minute, calendar.instant(minute).strftime("%H:%M"))
                    for minute in range(-(-opens // HOUR_MIN) * HOUR_MIN, closes + 1, HOUR_MIN)
                ),
                tuple(_rows(state, question, mine, (opens, closes), names)),
                min((one.minutes for one in everything), default=HOUR_MIN),
            )
        )
    return found


def _rows(
    state: State, question: Question, items: Mapping[str, list[Item]], day: Window, names: dict[str, str]
) -> Iterator[Row]:
    for one in question.instance["resources"]:
        name = row_name(state, question.places, one["id"], names)
        row = Row(one["id"], name, tuple(closed_in(one["open"], *day)))
        _lay(row, items.get(one["id"], ()))
        yield row


def closed_in(open_: Iterable[Sequence[int]], opens: int, closes: int) -> Iterator[Window]:
    """Between two minutes, when something is not open."""
    at = opens
    for start, end in sorted((one[0], one[1]) for one in open_):
        if start > at and at < closes:
            yield at, min(start, closes)
        at = max(at, end)
    if at < closes:
        yield at, closes


def row_name(state: State, places: Places, resource: str, names: dict[str, str]) -> str:
    """What people call a resource, and whatever is held as it."""
    return ", ".join(place_name(state, place, names) for place in places.members(resource))


def place_name(state: State, place: str, names: dict[str, str]) -> str:
    if place == TABLES:
        return str(_("Inspection"))
    kind, id_ = place.split("/", 1)
    if kind == "field":
        known = state[Setup].fields.get(id_)
        return known.name if known else id_
    return names.get(id_, id_)


def activity_words(state: State, id_: str) -> str:
    """Who an activity is about: a team, or the two of a match."""
    kind, entry = id_.partition("/")[::2]
    if kind == INSPECTION:
        shown = public_entry(state, entry)
        return f"№ {shown['number']} {shown['team']}"
    known = next(iter(starts_behind(state, id_)), None)
    return start_words(state, known) if known else id_


def _items(
    state: State, instance: Json, placed: Placed, broken: Mapping[str, list[str]], calendar: Calendar
) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for one in instance["activities"]:
        place = placed.get(one["id"])
        if place is None:
            continue
        known = next(iter(starts_behind(state, one["id"])), None)
        item = Item(
            one["id"],
            known.number if known else public_entry(state, one["entries"][0])["number"],
            activity_words(state, one["id"]),
            place["start"],
            one["duration_min"],
            calendar.instant(place["start"]).strftime("%H:%M"),
            is_settled(state, one["id"]),
            tuple(broken.get(one["id"], ())),
        )
        for resource in place["resources"]:
            found[resource].append(item)
    return found


def _lay(row: Row, items: Iterable[Item]) -> None:
    """Put items that are there at once under each other."""
    free_from: list[int] = []
    for item in sorted(items, key=lambda one: (one.start, one.number)):
        lane = next((at for at, free in enumerate(free_from) if free <= item.start), len(free_from))
        free_from[lane : lane + 1] = [item.start + item.minutes]
        row.items.append(replace(item, lane=lane))
    row.lanes = max(1, len(free_from))
