"""Live topics: what each shows, made from the committed state.

Everything here is what the public may see, but for the topics in ``STAFF_ONLY``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..ceremony.reveal import Ceremony
from ..ceremony.state import Ceremonies
from ..competitions.state import Setup
from ..displays.notices import Notices
from ..displays.state import Screens
from ..eventlog.fold import State
from ..matches.match import Match
from ..matches.state import Matches
from ..runs.state import Run, Runs
from ..standings.criteria import shown_columns
from .alliance_shapes import selection_data
from .escalations import escalations_data
from .match_shapes import contest_shape, match_shape
from .queues import hall_queue, judging_data, queue_data, queued_matches, seen_matches, sheets_data
from .shapes import (
    division_brief,
    entry_shape,
    field_brief,
    run_shape,
    standing_shape,
    standings_shape,
)

NEXT_ON_A_FIELD = 3
NEXT_IN_THE_SCHEDULE = 5

Data = dict[str, Any]
Make = Callable[[State, str], Data | None]


def field_data(state: State, code: str) -> Data | None:
    setup, runs = state[Setup], state[Runs]
    if code not in setup.fields:
        return None
    run = runs.on_field(code)
    last = runs.last.get(code)
    queue = hall_queue(state, code)
    coming = [waiting for _, waiting in zip(range(NEXT_ON_A_FIELD), runs.waiting(queue), strict=False)]
    return {
        "competition": competition_brief(state),
        "field": field_brief(setup.fields[code]),
        "run": run_shape(state, run, public=True) if run else None,
        "last": _last_shape(state, runs.by_id[last]) if last else None,
        "next": [run_shape(state, waiting, public=True) for waiting in coming],
        "division": _division_shown(state, code),
        **_matches_of_field(state, code),
    }


def _division_shown(state: State, code: str) -> Data | None:
    """Whose division the field is with: what is on it, else what was decided last there, else what comes next."""
    runs, matches = state[Runs], state[Matches]
    last_run, last_match = runs.last.get(code), matches.last.get(code)
    decided: list[tuple[str, Match | Run]] = []
    if last_run and (result := runs.by_id[last_run].result):
        decided.append((result.at_utc, runs.by_id[last_run]))
    if last_match and (outcome := matches.by_id[last_match].outcome):
        decided.append((outcome.at_utc, matches.by_id[last_match]))
    newest = max(decided, key=lambda one: one[0], default=(None, None))[1]
    run = next(runs.waiting(hall_queue(state, code)), None)
    in_order: list[Match | Run | None] = [
        matches.on_field(code),
        runs.on_field(code),
        newest,
        run,
        next(matches.waiting(code), None),
    ]
    division = next((one.division for one in in_order if one is not None), None)
    return division_brief(state[Setup].divisions[division]) if division else None


def _matches_of_field(state: State, code: str) -> Data:
    """The match on a field, the one decided last, and those to come, as far as the public may know."""
    matches = state[Matches]
    last, on = matches.last.get(code), matches.on_field(code)
    before = seen_matches(state, [matches.by_id[last]] if last else [])
    coming = islice(seen_matches(state, matches.waiting(code)), NEXT_ON_A_FIELD)
    return {
        "match": next((match_shape(state, match) for match in seen_matches(state, [on] if on else [])), None),
        "last_match": next((match_shape(state, match) for match in before if match.is_over), None),
        "next_matches": [match_shape(state, match) for match in coming],
    }


def matches_data(state: State, code: str) -> Data | None:
    division = state[Setup].divisions.get(code)
    if division is None or division.ruleset.match is None:
        return None
    return {"competition": competition_brief(state), **contest_shape(state, division, public=True)}


def standings_data(state: State, code: str) -> Data | None:
    division = state[Setup].divisions.get(code)
    return standings_shape(state, division, public=True) if division else None


def ceremony_data(state: State, code: str) -> Data | None:
    """What was revealed, and no more: neither who comes next nor how many are left."""
    setup, ceremonies = state[Setup], state[Ceremonies]
    division = setup.divisions.get(code)
    if division is None:
        return None
    seal, ceremony = ceremonies.seal(code), ceremonies.ceremonies.get(code)
    shown = {
        "competition": competition_brief(state),
        "division": division_brief(division),
        "columns": shown_columns(division.ruleset),
        "frozen_at_utc": seal.at_utc if seal else ceremonies.planned.get(code),
        "stage": "frozen" if seal else "open",
        "step": 0,
        "rows": [],
        "newest": [],
        "awards": [],
    }
    return shown | (_revealed(state, ceremony) if ceremony else {})


def _revealed(state: State, ceremony: Ceremony) -> Data:
    return {
        "stage": ceremony.stage,
        "step": ceremony.step,
        "rows": [standing_shape(state, standing) for standing in ceremony.revealed],
        "newest": [standing.id for standing in ceremony.newest],
        "awards": [
            {"title": award["title"], "entry": entry_shape(state, award["entry"])}
            for award in ceremony.revealed_awards
        ],
    }


def schedule_data(state: State, _code: str) -> Data | None:
    setup = state[Setup]
    if not setup.exists:
        return None
    return {
        "competition": competition_brief(state),
        "fields": [_field_schedule(state, code) for code in setup.fields],
        "divisions": [division_brief(division) for division in setup.divisions.values()],
    }


def notices_data(state: State, _code: str) -> Data | None:
    """The emergency, if there is one, announcements, each until its time, and the wall's cards."""
    if not state[Setup].exists:
        return None
    notices = state[Notices]
    return {
        "competition": competition_brief(state),
        "emergency": notices.emergency,
        "announcements": notices.announcements,
        "cards": notices.cards,
    }


def screen_data(state: State, screen_id: str) -> Data | None:
    return state[Screens].by_id.get(screen_id)


def competition_brief(state: State) -> Data:
    setup = state[Setup]
    return {"slug": setup.slug, "name": setup.name, "demo": setup.is_demo}


def _field_schedule(state: State, code: str) -> Data:
    runs = state[Runs]
    queue = [run for run in hall_queue(state, code) if not runs.by_id[run].is_void]
    run = runs.on_field(code)
    coming = list(runs.waiting(queue))
    done = sum(_is_known_done(state, runs.by_id[run_id]) for run_id in queue)
    matches = state[Matches]
    on = matches.on_field(code)
    played = [
        match.is_over for match in seen_matches(state, queued_matches(state, code)) if not match.called_off
    ]
    next_matches = islice(seen_matches(state, matches.waiting(code)), NEXT_IN_THE_SCHEDULE)
    return field_brief(state[Setup].fields[code]) | {
        "now": run_shape(state, run, public=True) if run else None,
        "next": [run_shape(state, waiting, public=True) for waiting in coming[:NEXT_IN_THE_SCHEDULE]],
        "match_now": next(
            (match_shape(state, match) for match in seen_matches(state, [on] if on else [])), None
        ),
        "next_matches": [match_shape(state, match) for match in next_matches],
        "done": done + sum(played),
        "left": len(queue) - done + len(played) - sum(played),
        "delay_min": state[Notices].delays_min.get(code, 0),
    }


def _last_shape(state: State, run: Run) -> Data | None:
    """The last confirmed run, unless its result is kept for the ceremony."""
    shape = run_shape(state, run, public=True)
    return None if shape["sealed"] else shape


def _is_known_done(state: State, run: Run) -> bool:
    seal = state[Ceremonies].seal(run.division)
    return run.id in seal.runs if seal else run.is_confirmed


KINDS: dict[str, Make] = {
    "field": field_data,
    "queue": queue_data,
    "judging": judging_data,
    "ceremony": ceremony_data,
    "standings": standings_data,
    "matches": matches_data,
    "alliances": selection_data,
    "schedule": schedule_data,
    "notices": notices_data,
    "escalations": escalations_data,
    "screen": screen_data,
}
SHEETS = "sheets"
STAFF_ONLY = frozenset({"devices", "judging", "escalations", SHEETS})


def data_of(state: State, topic: Topic) -> Data | None:
    """What a topic of the log shows; None where there is nothing of that name."""
    if topic.kind == SHEETS:
        return sheets_data(state, topic.code, topic.whose)
    return KINDS[topic.kind](state, topic.code)


@dataclass(frozen=True, slots=True)
class Topic:
    """A live topic, read from its name; ``whose`` is the account whose sheets it shows, or all of them."""

    name: str
    kind: str
    slug: str | None
    code: str
    whose: str = ""

    @property
    def changes_with(self) -> str:
        """The topic that the parts touch when this one may have changed: a judge's sheets go with their field."""
        return self.name.rpartition("/")[0] if self.kind == SHEETS else self.name

    @classmethod
    def parse(cls, name: str) -> Topic | None:
        """None where the name is no topic's."""
        match name.split("/"):
            case ["c", slug, "field", code]:
                return cls(name, "field", slug, code)
            case ["c", slug, "field", code, "queue" | "judging" as kind]:
                return cls(name, kind, slug, code)
            case ["c", slug, "field", code, "judging", whose]:
                return cls(name, SHEETS, slug, code, whose)
            case ["c", slug, "division", code, "standings" | "ceremony" | "matches" | "alliances" as kind]:
                return cls(name, kind, slug, code)
            case ["c", slug, "schedule" | "devices" | "notices" | "escalations" as kind]:
                return cls(name, kind, slug, "")
            case ["screen", screen_id]:
                return cls(name, "screen", None, screen_id)
        return None
