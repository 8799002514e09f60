"""Contests made from a seed: as large as it says, the same again, played to the end by its own rules."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.arrivals.state import PASSED, Arrivals
from app.competitions.state import Setup
from app.entries.importing import preview
from app.entries.state import Entries
from app.eventlog.chain import utc_now
from app.eventlog.fold import State
from app.eventlog.queries import links
from app.holding import hold
from app.judging.state import Panels
from app.matches.state import Matches
from app.registry.regions import regions
from app.registry.state import People
from app.rehearsal.contest import SEED, make
from app.rehearsal.sheets import REMARK
from app.rehearsal.spreadsheet import write_spreadsheet
from app.rehearsal.teams import PLANS, Team, made_teams, read_plan
from app.runs.state import OFFICIAL, Runs
from app.settings import Settings
from app.standings.state import Standings
from tests.app.conftest import opened, tokens

YEAR = 2026


@pytest.fixture(scope="module")
def finished(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, State]]:
    """The whole contest, played once for all tests here, in a folder of its own."""
    with opened(shutil.copytree(demo_data, tmp_path_factory.mktemp("republic") / "data")) as app:
        assert make(app, "republican")["created"]
        state = app.extensions["pipeline"].state("c/republic")
        assert state is not None
        yield app, state


def test_nothing_that_a_judge_wrote_is_in_the_log(finished: tuple[Flask, State]) -> None:
    """What judges, referees and volunteers send is codes, numbers and references; words are sealed beside the log."""
    app, state = finished
    with app.extensions["engine"].connect() as connection:
        entries = [link.entry for link in links(connection, state.chain)]
    written = {text for one in entries if is_of_the_field(app, one.actor) for text in texts_in(one.data)}
    assert not {text for text in written if not text.isascii() or " " in text}
    assert not [one for one in entries if REMARK in texts_in(one.data)]
    assert list(state.texts.values()).count(REMARK) > 50, "and yet they wrote a lot"


def is_of_the_field(app: Flask, account: str) -> bool:
    roles = {one["account"]: one["role"] for one in tokens(app)["accounts"]}
    return roles.get(account) in ("judge", "referee", "volunteer")


def texts_in(data: Any) -> set[str]:
    """Every string anywhere in an event's data."""
    if isinstance(data, dict):
        return {text for value in data.values() for text in texts_in(value)}
    if isinstance(data, list):
        return {text for value in data for text in texts_in(value)}
    return {data} if isinstance(data, str) else set()


def teams_of(seed: int) -> list[Team]:
    return made_teams(read_plan("republican"), seed, YEAR)


def test_a_seed_makes_the_same_teams_again_and_another_seed_others() -> None:
    assert teams_of(SEED) == teams_of(SEED)
    assert {team.name for team in teams_of(SEED)} != {team.name for team in teams_of(SEED + 1)}


@pytest.mark.parametrize("seed", [1, SEED])
@pytest.mark.parametrize("name", PLANS)
def test_every_place_is_taken_by_a_team_its_division_takes(name: str, seed: int) -> None:
    plan = read_plan(name)
    known = {division["code"]: division for division in plan["divisions"]}
    teams = made_teams(plan, seed, YEAR)
    assert Counter(code for team in teams for code in team.divisions) == {
        code: division["teams"] for code, division in known.items()
    }
    for team in teams:
        for code in team.divisions:
            youngest, oldest = known[code]["ages"]
            assert all(youngest <= YEAR - member.birth_year <= oldest for member in team.members), team
            assert known[code]["members"][0] <= len(team.members) <= known[code]["members"][1], team


def test_the_teams_are_as_mixed_as_those_who_come() -> None:
    teams = teams_of(SEED)
    assert {team.organisation.region for team in teams} == set(regions())
    assert len({team.organisation.kind for team in teams}) >= 6
    assert len({team.name for team in teams}) == len(teams)
    by_coach = Counter((team.coach, team.organisation) for team in teams)
    assert max(by_coach.values()) > 1
    assert any(len(team.divisions) == 2 for team in teams)


def test_the_spreadsheet_of_the_teams_is_read_without_a_problem(tmp_path: Path) -> None:
    plan, teams = read_plan("republican"), teams_of(SEED)
    rows = write_spreadsheet(plan, teams, SEED, tmp_path / "teams.xlsx")
    names = {division["code"]: list(division["name"].values()) for division in plan["divisions"]}
    made = preview((tmp_path / "teams.xlsx").read_bytes(), names)
    assert made.problems == []
    assert rows == len(made.rows)
    expected = Counter(
        (code, team.name, team.organisation.name, team.organisation.region, len(team.members))
        for team in teams
        for code in team.divisions
    )
    assert expected == Counter(
        (row["division"], row["team"], row["organisation"], row["region"], len(row["members"]))
        for row in made.rows
    )


def test_the_day_is_played_to_its_end(finished: tuple[Flask, State]) -> None:
    app, state = finished
    plan = read_plan("republican")
    assert len(state[Entries].by_id) == 400
    assert len({division["discipline"] for division in plan["divisions"]}) == 12
    assert (len(plan["fields"]), len(state[Panels].by_division)) == (10, 15)
    assert set(state[Standings].published) == {division["code"] for division in plan["divisions"]}
    runs = state[Runs].by_id.values()
    assert all(run.status == OFFICIAL for run in runs)
    absent = {one for one in state[Entries].by_id if one not in state[Arrivals].checked_in}
    assert 0 < len(absent) < 20
    assert {run.entry for run in runs if run.result and run.result.mark == "DNS"} == {
        run.entry for run in runs if run.entry in absent
    }
    assert all(contest.tournament.is_over for contest in state[Matches].contests.values())
    assert {one["competition"] for one in tokens(app)["accounts"] if "competition" in one} == {"republic"}


def test_robots_of_classes_with_limits_were_inspected(finished: tuple[Flask, State]) -> None:
    _app, state = finished
    arrivals = state[Arrivals]
    for entry in state[Entries].by_id.values():
        has_limits = bool(state[Setup].divisions[entry.division].ruleset.robot)
        is_inspected = has_limits and entry.id in arrivals.checked_in
        assert (arrivals.inspection_state(entry.id) == PASSED) == is_inspected


def test_everybody_of_every_team_is_known(finished: tuple[Flask, State]) -> None:
    _app, state = finished
    teams = made_teams(read_plan("republican"), SEED, utc_now().year)
    assert len(state[People].by_id) == sum(len(team.members) + 1 for team in teams)


def test_what_is_there_is_not_made_again(finished: tuple[Flask, State]) -> None:
    app, _state = finished
    assert make(app, "republican") == {"created": False, "slug": "republic"}


def test_a_district_contest_is_played_too(app: Flask) -> None:
    assert make(app, "district")["entries"] == 24


def test_made_half_way_for_a_journey(app: Flask) -> None:
    made = make(app, "republican", "set-up", slug="empty")
    assert (made["entries"], made["divisions"]) == (0, 25)


def test_nothing_is_made_beside_a_running_server(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with hold(settings) or pytest.fail("nobody else holds it"):
        ran = create_app(settings).test_cli_runner().invoke(args=["demo", "district"])
    assert (ran.exit_code, json.loads(ran.stdout)["code"]) == (1, "server_running")
    assert not settings.database.exists()
