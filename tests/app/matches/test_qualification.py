"""Qualification with partners drawn for every match: drawn by the worker, played, ranked by team, on to alliances."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.jobs import huey
from app.matches.late_entries import taking_in
from app.matches.match import Match
from app.matches.queries import withdrawal
from app.matches.state import Matches
from app.pipeline import Pipeline
from scoring.contest import Advance
from tests.app.alliances.choosing import accepted, enter, pick_all
from tests.app.conftest import Send
from tests.app.desk.desking import Desk

from .contesting import DIVISION, contest, set_up, target, waiting

MATCHES = "/desk/c/demo/division/sumo/matches"
PAGE = "/desk/c/demo/division/sumo/partners"
Shape = dict[str, Any]


@pytest.fixture
def desk(client: FlaskClient, bearer: Any) -> Desk:
    return Desk(client, bearer("organiser"))


def drawn(send: Send, teams: int, rounds: int = 3) -> None:
    """The division drawn, its partners not yet."""
    set_up(send, teams, "alliance-2v2", draw=False)
    assert send("organiser", "SetNumbers", DIVISION, {"numbers": {"rounds": rounds}})["status"] == "accepted"
    given = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
    assert given["status"] == "accepted", given


def entries(pipeline: Pipeline) -> tuple[str, ...]:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Matches].contests["sumo"].entries


def draw_partners(desk: Desk) -> str:
    """Have the worker draw; the page that shows the list."""
    desk.post(PAGE, f"{PAGE}/draw", {})
    while task := huey.dequeue():
        if "partners" in str(task.args):
            huey.execute(task)
    return desk.get(PAGE)


def use(desk: Desk) -> str:
    """Use the list that the page shows now."""
    mark = re.search(r'name="list" value="(\w+)"', desk.get(PAGE))
    return desk.post(PAGE, f"{PAGE}/use", {"list": mark[1] if mark else ""})


def pair(send: Send, *matches: list[list[str]], surrogates: tuple[str, ...] = ()) -> Shape:
    """Give the qualification these matches; the last one does not count for the surrogates."""
    listed: list[Shape] = [{"sides": sides} for sides in matches]
    listed[-1]["surrogates"] = list(surrogates)
    return send("organiser", "PairQualification", DIVISION, {"matches": listed})


def by_name(pipeline: Pipeline, send: Send, names: str, surrogates: str = "") -> dict[str, str]:
    """Matches written as ``ab-cd``: letters are the entries in their order. Gives the ids by letter."""
    id_of = dict(zip("abcdefgh", entries(pipeline), strict=False))
    listed = [[[id_of[one] for one in side] for side in match.split("-")] for match in names.split()]
    receipt = pair(send, *listed, surrogates=tuple(id_of[one] for one in surrogates))
    assert receipt["status"] == "accepted", receipt
    return id_of


def test_partners_are_drawn_looked_at_and_used(
    client: FlaskClient, send: Send, pipeline: Pipeline, desk: Desk
) -> None:
    drawn(send, 9)
    assert contest(client)["partners_due"]
    assert contest(client)["matches"] == []
    assert "partners-due" in desk.get(MATCHES)
    asked = desk.get(PAGE)
    assert "9 teams" in asked
    assert "7 matches in all" in asked
    assert "1 team plays once more" in asked
    looked_at = draw_partners(desk)
    assert looked_at.count("<tr>") == 1 + 7
    assert looked_at.count("does not count for this team") == 2
    use(desk)
    told = contest(client)
    assert not told["partners_due"]
    assert len(told["matches"]) == 7
    played: Counter[str] = Counter()
    for match in told["matches"]:
        members = [one["id"] for side in match["sides"] for one in side["alliance"]["members"]]
        assert len(set(members)) == 4
        assert all(side["alliance"]["number"] is None for side in match["sides"])
        assert all(
            one["team"] in side["team"] for side in match["sides"] for one in side["alliance"]["members"]
        )
        played.update(one for one in members if one not in match["surrogates"])
    assert set(played.values()) == {3}
    assert len(played) == 9
    assert [match["number"] for match in told["matches"]] == list(range(1, 8))
    assert [match["round"] for match in told["matches"]] == [1, 1, 1, 2, 2, 3, 3]
    assert "*" in desk.get(MATCHES)
    assert "does not count for this team" in desk.get(MATCHES)


def test_a_match_counts_for_everybody_on_its_sides(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    drawn(send, 5, rounds=2)
    id_of = by_name(pipeline, send, "ab-cd ae-bc de-ab", surrogates="ab")
    first, second, third = waiting(pipeline)
    enter(send, first, id_of["a"])
    enter(send, second, id_of["a"])
    enter(send, third, id_of["a"])
    (table,) = contest(client)["phases"][0]["tables"]
    points = {row["entry"]["id"]: row["values"] for row in table}
    assert {letter: points[id_]["match_points"] for letter, id_ in id_of.items()} == {
        "a": 4, "b": 2, "c": 0, "d": 0, "e": 2,
    }  # fmt: skip
    assert {values["played"] for values in points.values()} == {2}
    assert contest(client)["choosing"]


def test_the_best_become_captains(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    drawn(send, 8, rounds=1)
    by_name(pipeline, send, "ab-cd ef-gh")
    for match in waiting(pipeline):
        enter(send, match, match.sides[0])
    assert send("organiser", "DrawLots", DIVISION, {"seed": 5})["status"] == "accepted"
    accepted(send, pipeline, "OpenAllianceSelection")
    pick_all(send, pipeline)
    accepted(send, pipeline, "FormAlliances")
    semifinals = [match for match in contest(client)["matches"] if match["phase"]["id"] == "playoff"]
    assert len(semifinals) == 2
    assert {side["alliance"]["number"] for match in semifinals for side in match["sides"]} == {1, 2, 3, 4}


def test_lists_that_do_not_fit_are_refused(send: Send, pipeline: Pipeline) -> None:
    drawn(send, 8, rounds=1)
    a, b, c, d, e, f, g, h = entries(pipeline)
    for matches in (
        [[[a, b], [c, d]]],
        [[[a, b], [c, d]], [[e, f], [g, a]]],
        [[[a, b], [c, d]], [[e, f], [g, g]]],
        [[[a, b], [c, d]], [[e, f], [g, "nobody"]]],
        [[[a, b, e], [c, d, f]], [[g, h], [a, b]]],
        [[[a, b], [c, d]], [[e, f], [g, h]], [[a, c], [b, d]]],
    ):
        assert pair(send, *matches)["code"] == "match_list_wrong", matches
    assert (
        pair(send, [[a, b], [c, d]], [[e, f], [g, h]], surrogates=("nobody",))["code"] == "match_list_wrong"
    )
    assert waiting(pipeline) == []
    assert pair(send, [[a, b], [c, d]], [[e, f], [g, h]])["status"] == "accepted"
    assert pair(send, [[a, b], [c, d]], [[e, f], [g, h]])["code"] == "partners_not_due"


def test_who_withdrew_or_came_meanwhile_makes_a_list_stale(
    send: Send, pipeline: Pipeline, desk: Desk
) -> None:
    drawn(send, 9, rounds=1)
    draw_partners(desk)
    gone = entries(pipeline)[0]
    withdrawn = send("organiser", "WithdrawEntry", f"c/demo/entry/{gone}", {"reason": "ill"})
    assert withdrawn["status"] == "accepted", withdrawn
    page = desk.get(PAGE)
    assert 'data-testid="stale"' in page
    assert 'data-testid="use"' not in page
    assert "do not fit the division" in use(desk)
    assert waiting(pipeline) == []
    assert 'data-testid="use"' in draw_partners(desk)
    use(desk)
    assert len(waiting(pipeline)) == 2
    assert all(gone not in match.entries for match in waiting(pipeline))


def test_partners_play_on_without_one_who_withdrew(send: Send, pipeline: Pipeline, desk: Desk) -> None:
    drawn(send, 8, rounds=1)
    id_of = by_name(pipeline, send, "ab-cd ef-gh")
    state = pipeline.state("c/demo")
    assert state is not None
    follows = withdrawal(state, state[Matches].contests["sumo"], id_of["a"])
    assert (follows.given, [match.number for match in follows.short], follows.kept) == ((), [1], 0)
    assert 'data-testid="short"' in desk.get(f"/desk/c/demo/division/sumo/withdraw?entry={id_of['a']}")
    for letter, given_to in (("a", None), ("b", id_of["c"])):
        send("organiser", "WithdrawEntry", f"c/demo/entry/{id_of[letter]}", {"reason": "ill"})
        match = state[Matches].contests["sumo"].at["qualification.1"]
        assert match.given_to == given_to
    assert len(waiting(pipeline)) == 1


def say(send: Send, who: str, match: Match, entry: str, absent: bool = True) -> Shape:
    """Tell that a partner is not there, or is after all."""
    payload = {"entry": entry, "absent": absent}
    return send(who, "SetPartnerAbsent", target(match), payload)


def withdraw(send: Send, entry: str, type_: str = "WithdrawEntry") -> Shape:
    return send("organiser", type_, f"c/demo/entry/{entry}", {"reason": "a broken robot"})


def points(client: FlaskClient) -> dict[str, float]:
    """Match points by the last digit of the team's name."""
    (table,) = contest(client)["phases"][0]["tables"]
    return {row["entry"]["team"][-1]: row["values"]["match_points"] for row in table}


def test_a_partner_who_was_not_there_loses(
    client: FlaskClient, send: Send, pipeline: Pipeline, bearer: Any
) -> None:
    drawn(send, 4, rounds=1)
    id_of = by_name(pipeline, send, "ab-cd")
    (match,) = waiting(pipeline)
    assert say(send, "judge", match, "x")["code"] == "not_a_partner"
    assert say(send, "judge", match, id_of["b"])["status"] == "accepted"
    assert say(send, "judge", match, id_of["a"])["code"] == "side_all_absent"
    assert contest(client)["matches"][0]["absent"] == [id_of["b"]]
    assert enter(send, match, id_of["a"])["status"] == "accepted"
    assert points(client) == {"1": 2, "2": 0, "3": 0, "4": 0}
    page = f"/desk/c/demo/match/{match.id}"
    referee = Desk(client, bearer("referee"))
    referee.post(page, f"{page}/absent", {"entry": id_of["c"], "absent": "1"})
    history = referee.post(page, f"{page}/absent", {"entry": id_of["b"], "absent": "0"})
    assert points(client) == {"1": 2, "2": 2, "3": 0, "4": 0}
    assert history.count("who of the partners is not there") == 3
    newest = _newest(pipeline, match)
    bouts = {"bouts": [{"sheet": {"points_left": 5, "points_right": 50}}], "reason": "sides mixed up"}
    assert send("referee", "CorrectMatch", target(match), bouts, newest.version)["status"] == "accepted"
    assert points(client) == {"1": 0, "2": 0, "3": 0, "4": 2}


def test_who_withdrew_before_the_match_was_not_there(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    drawn(send, 8, rounds=1)
    id_of = by_name(pipeline, send, "ab-cd ef-gh")
    first, second = waiting(pipeline)
    withdraw(send, id_of["b"])
    assert say(send, "judge", first, id_of["a"])["code"] == "side_all_absent"
    enter(send, first, id_of["a"])
    withdraw(send, id_of["b"], "ReinstateEntry")
    assert points(client) == {"1": 2, "2": 0, "3": 0, "4": 0, "5": 0, "6": 0, "7": 0, "8": 0}
    withdraw(send, id_of["a"])
    assert points(client)["1"] == 2
    say(send, "judge", second, id_of["f"])
    for letter in "gh":
        withdraw(send, id_of[letter])
    assert (points(client)["5"], points(client)["6"]) == (2, 0)
    assert contest(client)["matches"][1]["given"]


def test_absence_decides_who_goes_on(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    """As a result does: the next phase is paired by it, and it is refused once that was played."""
    drawn(send, 8, rounds=1)
    id_of = by_name(pipeline, send, "ab-cd ef-gh")
    state = pipeline.state("c/demo")
    assert state is not None
    held = state[Matches].contests["sumo"]
    qualification, playoff = held.ruleset.phases
    cut = replace(qualification, advance=Advance(top=2, ties="draw"))
    held.ruleset = replace(held.ruleset, phases=(cut, replace(playoff, alliances=None, bronze=False)))
    first, second = waiting(pipeline)
    say(send, "judge", first, id_of["a"])
    enter(send, first, id_of["a"])
    say(send, "judge", second, id_of["f"])
    enter(send, second, id_of["e"])
    (final,) = waiting(pipeline)
    assert set(final.sides) == {id_of["b"], id_of["e"]}
    say(send, "judge", second, id_of["f"], absent=False)
    say(send, "judge", second, id_of["e"])
    (final,) = waiting(pipeline)
    assert set(final.sides) == {id_of["b"], id_of["f"]}
    enter(send, final, id_of["b"])
    assert say(send, "judge", first, id_of["a"], absent=False)["code"] == "pairing_played"


def test_a_list_nobody_looked_at_is_not_used(send: Send, pipeline: Pipeline, desk: Desk) -> None:
    drawn(send, 9, rounds=1)
    looked_at = draw_partners(desk)
    while draw_partners(desk) == looked_at:
        pass
    mark = re.search(r'name="list" value="(\w+)"', looked_at)
    assert mark is not None
    assert "look at these" in desk.post(PAGE, f"{PAGE}/use", {"list": mark[1]})
    assert waiting(pipeline) == []


def test_who_was_not_drawn_does_not_come_back(send: Send, pipeline: Pipeline) -> None:
    drawn(send, 9, rounds=1)
    *others, last = entries(pipeline)
    withdraw(send, last)
    a, b, c, d, e, f, g, h = others
    assert pair(send, [[a, b], [c, d]], [[e, f], [g, h]])["status"] == "accepted"
    assert withdraw(send, last, "ReinstateEntry")["code"] == "late_partners_drawn"
    withdraw(send, a)
    assert withdraw(send, a, "ReinstateEntry")["status"] == "accepted"


def test_calendars_name_partners_and_keep_what_is_frozen(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    drawn(send, 4, rounds=1)
    by_name(pipeline, send, "ab-cd")
    (match,) = waiting(pipeline)
    match.planned_at_utc = "2026-04-01T06:00:00+00:00"
    (told,) = contest(client)["matches"]
    partner = told["sides"][0]["alliance"]["members"][1]
    assert partner["team"] in client.get(f"/c/demo/team/{partner['number']}/schedule.ics").text
    frozen = send("organiser", "FreezeStandings", DIVISION, {})
    assert frozen["status"] == "accepted", frozen
    enter(send, match, match.sides[0])
    held = send(
        "referee", "ReplayMatch", target(match), {"reason": "power cut"}, _newest(pipeline, match).version
    )
    assert held["status"] == "accepted", held
    (replay,) = waiting(pipeline)
    replay.planned_at_utc = match.planned_at_utc
    assert replay.id not in client.get("/c/demo/schedule.ics").text
    assert send("organiser", "UnfreezeStandings", DIVISION, {})["status"] == "accepted"
    assert replay.id in client.get("/c/demo/schedule.ics").text


def test_a_match_held_again_keeps_its_partners(send: Send, pipeline: Pipeline) -> None:
    drawn(send, 4, rounds=1)
    id_of = by_name(pipeline, send, "ab-cd")
    (match,) = waiting(pipeline)
    enter(send, match, id_of["c"])
    again = send(
        "referee", "ReplayMatch", target(match), {"reason": "power cut"}, _newest(pipeline, match).version
    )
    assert again["status"] == "accepted", again
    (replay,) = waiting(pipeline)
    assert replay.pairing == match.pairing
    assert replay.pairing.alliances


def test_who_comes_late_is_drawn_in_until_the_first_match(send: Send, pipeline: Pipeline) -> None:
    drawn(send, 4, rounds=1)
    id_of = by_name(pipeline, send, "ab-cd")
    rows = [
        {"division": "sumo", "team": f"Кеш {at}", "organisation": "№ 9", "members": []} for at in range(4)
    ]
    assert send("organiser", "ImportEntries", "c/demo", {"rows": rows})["status"] == "accepted"
    state = pipeline.state("c/demo")
    assert state is not None
    found = taking_in(state, "sumo")
    assert found is not None
    assert found.anew
    enter(send, waiting(pipeline)[0], id_of["a"])
    assert send("organiser", "TakeInLateEntries", DIVISION, {})["code"] == "late_partners_drawn"


def test_too_few_for_a_match_are_not_drawn(send: Send) -> None:
    set_up(send, 3, "alliance-2v2", draw=False)
    given = send("organiser", "DrawMatches", DIVISION, {"fields": ["A"], "seeding": "numbers"})
    assert (given["code"], given["facts"]["needed"]) == ("entries_too_few", 4)


def _newest(pipeline: Pipeline, match: Match) -> Match:
    state = pipeline.state("c/demo")
    assert state is not None
    return state[Matches].by_id[match.id]
