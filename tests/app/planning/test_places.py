"""Places with hours of their own, pairs of tables, judges in one place at a time, panels that see a team together."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.desk.plan.plan_defaults import minutes_of
from app.eventlog.chain import Entry, Link
from app.eventlog.fold import State
from app.pipeline import Pipeline
from app.planning.drafts import Draft
from app.planning.fillers import evened_out, is_filler
from app.planning.schemas import SetPlan
from app.planning.state import Plans
from app.settings import Settings
from scoring.planning.instance import read_instance
from scoring.planning.solving import solve
from tests.app.conftest import Send
from tests.app.judging.conftest import judges, panel, projects
from tests.app.planning.conftest import PLAN, version_in
from tests.app.planning.test_plan import ASKED, line_runs

__all__ = ["judges", "panel", "projects"]

Press = Callable[..., str]


def placed(settings: Settings, desk: Press, **asked: Any) -> dict[str, Any]:
    """What the solver finds for a form filled in so; nothing of it may break a rule."""
    desk("asked", **ASKED | asked)
    desk("solve", limit_s="10")
    page = desk()
    assert 'data-testid="violation"' not in page, page
    assert 'data-testid="missing"' not in page
    found = Draft(settings, "demo").placed
    assert found
    return found


def test_the_form_proposes_what_is_known_before_anybody_filled_it_in(desk: Press, pipeline: Pipeline) -> None:
    page = desk()
    state = pipeline.state("c/demo")
    assert state is not None
    setup = state[Setup]
    assert f'value="{setup.facts["starts_on"]}"' in page
    assert 'name="days" type="number" value="2"' in page
    minutes = minutes_of(setup.divisions["line"])
    assert f'name="minutes-line" value="{minutes}"' in page
    checked = page.split('name="fields-line" value="A"')[1].split(">")[0]
    assert "checked" in checked
    assert "checked" not in page.split('name="fields-line" value="R"')[1].split(">")[0]


def test_a_field_with_hours_of_its_own_is_used_in_them_and_drawn_closed(
    desk: Press, settings: Settings
) -> None:
    found = placed(
        settings, desk, **{"opens-field/A": "10:00", "closes-field/A": "10:30", "changeover_min": "5"}
    )
    on_a = sorted(place["start"] for place in found.values() if place["resources"] == ["field/A"])
    assert on_a
    assert all(600 <= start <= 625 for start in on_a)
    assert all(after - before >= 10 for before, after in pairwise(on_a))
    page = desk()
    assert 'data-of="field/A" data-from="540" data-until="600"' in page
    assert 'data-of="field/A" data-from="630" data-until="1080"' in page
    assert 'data-of="field/B" data-from="780" data-until="840"' in page
    late = desk(
        "move", 200, activity=next(iter(found)), start=700, resource="field/A",
        version=Draft(settings, "demo").version,
    )  # fmt: skip
    assert 'data-code="closed"' in late


def test_a_place_works_only_on_its_days(desk: Press, settings: Settings) -> None:
    found = placed(settings, desk, **{"days": "2", "days-field/A": ["1"], "days-field/B": ["0", "1"]})
    on_a = [place["start"] for place in found.values() if place["resources"] == ["field/A"]]
    assert all(start >= 1440 for start in on_a)


def test_a_later_day_has_hours_of_its_own_and_other_breaks_stay(
    desk: Press, send: Send, client: FlaskClient, bearer: Any
) -> None:
    form = ASKED | {"days": "2", "closes-day-1": "12:00"}
    desk("asked", **form)

    def open_hours() -> list[list[int]]:
        told = client.get(f"{PLAN}/instance.json", headers=bearer("organiser")).get_json()
        hours: list[list[int]] = told["resources"][0]["open"]
        return hours

    assert open_hours() == [[540, 780], [840, 1080], [1980, 2160]]
    assert 'name="closes-day-1" value="12:00"' in desk()
    first, second = ({"opens": one, "closes": two} for one, two in (("13:00", "14:00"), ("16:00", "16:15")))
    asked = {
        "first_day": ASKED["first_day"],
        "days": [{"opens": "09:00", "closes": "18:00"}],
        "breaks": [first, second],
        "divisions": [{"division": "line", "minutes": 5, "fields": ["A", "B"]}],
    }
    assert send("organiser", "SetPlan", "c/demo", asked, int(version_in(desk())))["status"] == "accepted"
    desk("asked", **ASKED)
    assert open_hours() == [[540, 780], [840, 960], [975, 1080]]
    desk("asked", 422, **form | {"closes-day-1": "08:00"})
    desk("asked", 422, **form | {"closes-day-1": "nonsense"})


def test_two_tables_begin_together_and_whoever_is_alone_plays_beside_an_empty_one(
    desk: Press, settings: Settings
) -> None:
    found = placed(settings, desk, **{"pair-A": "B"})
    by_start: dict[int, list[str]] = defaultdict(list)
    for place in found.values():
        by_start[place["start"]] += place["resources"]
    assert all(sorted(used) == ["field/A", "field/B"] for used in by_start.values())
    last = max(found, key=lambda id_: found[id_]["start"])
    version = Draft(settings, "demo").version
    alone = desk("move", 200, activity=last, start=17 * 60, resource="field/A", version=version)
    assert 'data-testid="violation"' not in alone
    desk("apply")
    assert 'data-testid="violation"' not in desk()


def test_runs_that_do_not_come_out_even_are_solved_with_empty_tables() -> None:
    tables = [
        {"id": f"field/{code}", "kind": "field", "open": [[0, 200]], "changeover_min": 0} for code in "AB"
    ]
    runs = [
        {
            "id": f"r{n}",
            "entries": [f"e{n}"],
            "kind": "run",
            "duration_min": 5,
            "needs": [{"kind": "field", "among": ["field/A", "field/B"]}],
        }
        for n in range(7)
    ]
    data = {
        "version": 1, "slot_min": 5, "resources": tables, "entries": [{"id": f"e{n}"} for n in range(7)],
        "activities": runs, "together": [["field/A", "field/B"]],
    }  # fmt: skip
    found = solve(read_instance(evened_out(data)))
    assert (found["status"], found["objective"]["last_end"]) == ("optimal", 20)
    assert len([one for one in found["assignments"] if is_filler(one["activity"])]) == 1
    assert solve(read_instance(data))["status"] == "infeasible"


def test_a_judge_who_has_a_field_and_a_panel_is_at_one_of_them_at_a_time(
    desk: Press, settings: Settings, panel: Any, judges: list[str], pipeline: Pipeline
) -> None:
    both = {"minutes-research": "10", "fields-research": ["P"], "one_judge": "y"}
    found = placed(settings, desk, **both)
    assert 'data-testid="one-at-a-time"' in desk()
    on_a = [(place["start"], id_) for id_, place in found.items() if place["resources"] == ["field/A"]]
    visits = {sheet["id"] for sheet in panel if sheet["judge"] == judges[0]}
    assert visits <= {id_ for _, id_ in on_a}
    starts = sorted(on_a)
    for (before, id_), (after, _) in pairwise(starts):
        assert after >= before + (10 if id_ in visits else 5)
    apart = placed(settings, desk, **both | {"one_judge": ""})
    assert {place["resources"][0] for id_, place in apart.items() if id_ in visits} == {f"judge/{judges[0]}"}


def test_where_the_hours_differ_runs_need_their_judge(
    desk: Press, settings: Settings, panel: Any, judges: list[str], client: FlaskClient
) -> None:
    """Field A opens later than its judge: what is held there keeps the judge from the panel all the same."""
    form = {
        "fields-line": ["A"],
        "opens-field/A": "09:30",
        "minutes-research": "10",
        "fields-research": ["P"],
    }
    found = placed(settings, desk, **form | {"one_judge": "y"})
    judge = f"judge/{judges[0]}"
    busy = sorted((place["start"], id_) for id_, place in found.items() if judge in place["resources"])
    visits = {sheet["id"] for sheet in panel if sheet["judge"] == judges[0]}
    assert visits < {id_ for _, id_ in busy}
    for (before, id_), (after, _) in pairwise(busy):
        assert after >= before + (10 if id_ in visits else 5)
    desk("apply")
    page = desk()
    assert 'data-testid="violation"' not in page
    assert 'data-testid="missing"' not in page
    assert {run["field"] for run in line_runs(client)} == {"A"}


def test_a_panel_that_sees_a_team_together_does_so_once_in_its_room(
    desk: Press, settings: Settings, panel: Any, judges: list[str]
) -> None:
    found = placed(
        settings,
        desk,
        **{"fields-line": [], "minutes-research": "15", "fields-research": ["P"], "jointly-research": "y"},
    )
    assert len(found) == len({sheet["entry"]["id"] for sheet in panel})
    assert all("field/P" in place["resources"] for place in found.values())
    starts = sorted(place["start"] for place in found.values())
    assert all(after - before >= 15 for before, after in pairwise(starts))
    first = next(iter(found))
    moved = desk(
        "move", 200, activity=first, start=900, resource="field/P", version=Draft(settings, "demo").version
    )
    assert 'data-testid="violation"' not in moved
    assert len((Draft(settings, "demo").placed or {})[first]["resources"]) > 1
    desk("apply")
    page = desk()
    assert 'data-testid="violation"' not in page
    assert 'data-testid="missing"' not in page


def test_projects_are_inspected_before_their_panel_sees_them(
    desk: Press, settings: Settings, panel: Any
) -> None:
    found = placed(
        settings,
        desk,
        **{
            "fields-line": [], "minutes-research": "10", "fields-research": ["P"], "inspection_min": "5",
            "inspected-research": "y",
        },
    )  # fmt: skip
    entry_of = {sheet["id"]: sheet["entry"]["id"] for sheet in panel}
    for id_, place in found.items():
        if id_ in entry_of:
            inspected = found[f"inspection/{entry_of[id_]}"]
            assert place["start"] >= inspected["start"] + 5 + 10
    without = placed(
        settings, desk,
        **{"fields-line": [], "minutes-research": "10", "fields-research": ["P"], "inspection_min": "5"},
    )  # fmt: skip
    assert not [id_ for id_ in without if id_.startswith("inspection/")]


def test_the_way_from_a_panel_to_a_field_takes_its_time(
    desk: Press, panel: Any, client: FlaskClient, bearer: Any
) -> None:
    desk("asked", **ASKED | {"minutes-research": "10", "fields-research": ["P"], "travel_min": "25"})
    told = client.get(f"{PLAN}/instance.json", headers=bearer("organiser")).get_json()
    instance = read_instance(told)
    assert instance.gap_min("run", "visit") == instance.gap_min("visit", "match") == 25
    assert instance.gap_min("run", "run") == instance.gap_min("visit", "visit") == 10


def test_an_inspection_that_took_place_is_planned_no_more(
    desk: Press, send: Send, client: FlaskClient, bearer: Any
) -> None:
    form = ASKED | {"inspection_min": "5", "inspected-line": "y"}
    desk("asked", **form)

    def inspections() -> set[str]:
        told = client.get(f"{PLAN}/instance.json", headers=bearer("organiser")).get_json()
        return {one["id"] for one in told["activities"] if one["kind"] == "inspection"}

    first, *others = sorted(inspections())
    target = f"c/demo/entry/{first.partition('/')[2]}"
    assert send("volunteer", "CheckIn", target, {})["status"] == "accepted"
    inspected = send("volunteer", "RecordInspection", target, {"outcome": "passed"})
    assert inspected["status"] == "accepted", inspected
    assert inspections() == set(others)


def test_what_is_late_is_late_to_every_look_at_the_proposal(desk: Press, settings: Settings) -> None:
    placed(settings, desk)
    desk("apply")
    draft = Draft(settings, "demo")
    desk("mend", kind="push", resource="field/A", closed_from="09:00", closed_until="10:00", limit_s="10")
    desk()
    draft.say(draft.said | {"closed": {"field/A": [540, 600]}})
    page = desk()
    assert 'data-of="field/A" data-from="540" data-until="600"' in page
    one = next(id_ for id_, place in (draft.placed or {}).items() if place["resources"] == ["field/A"])
    moved = desk("move", 200, activity=one, start=550, resource="field/A", version=draft.version)
    assert 'data-code="closed"' in moved


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"places": [{"place": "field/Z"}]}, "field_unknown"),
        ({"pairs": [["A", "Z"]]}, "field_unknown"),
        ({"pairs": [["A", "B"], ["B", "R"]]}, "field_unknown"),
        ({"pairs": [["A", "A"]]}, "field_unknown"),
        ({"places": [{"place": "moon"}]}, "payload_invalid"),
        ({"places": [{"place": "field/A", "opens": "12:00", "closes": "11:00"}]}, "payload_invalid"),
    ],
)
def test_places_that_cannot_be_are_refused(send: Send, more: dict[str, Any], code: str) -> None:
    asked = {
        "first_day": "2026-05-01",
        "days": [{"opens": "09:00", "closes": "18:00"}],
        "divisions": [{"division": "line", "minutes": 5, "fields": ["A"]}],
    }
    receipt = send("organiser", "SetPlan", "c/demo", asked, 0)
    assert receipt["status"] == "accepted"
    assert send("organiser", "SetPlan", "c/demo", asked | more, receipt["version"])["code"] == code


def test_a_plan_of_an_older_log_asks_for_nothing_it_did_not_know_of() -> None:
    """What was stored before these questions were asked is read as if they had been answered with the defaults."""
    old: dict[str, Any] = {
        "first_day": "2026-05-01", "days": [{"opens": "09:00:00", "closes": "18:00:00"}], "breaks": [],
        "slot_min": 5, "gap_min": 10, "divisions": [{"division": "line", "minutes": 5, "fields": ["A"]}],
        "inspection_min": 0, "inspection_tables": 1,
    }  # fmt: skip
    state = State("c/demo", [Plans])
    entry = Entry(1, "PlanSet", "2026-04-01T00:00:00.000000Z", "account", None, None, old)
    state.apply(Link(entry, "", ""))
    assert state[Plans].asked == SetPlan.model_validate_json(json.dumps(old)).model_dump(mode="json")
