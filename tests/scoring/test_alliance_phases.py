"""A contest whose later phases are played by alliances: it waits for them, plays them, and places all of each."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scoring.ruleset import RulesetError
from scoring.situation import Situation
from scoring.tournament import Tournament

from .making import made
from .test_tournament import HEAD, LABEL, MATCHES, begin, contest, decide, paired

SWISS = "{format: swiss, rounds: 2}"
KNOCK_OUT = "{format: single_elimination, alliances: {count: 4, picks: 1}}"
EIGHT = KNOCK_OUT.replace("single_elimination", "alliances_of_8")
GROUP = "{format: round_robin, alliances: {count: 3, picks: 2}, advance: {top: 2}}"
FINAL = "{format: single_elimination}"
ALLIANCES = (("e0", "e5"), ("e1", "e4"), ("e2", "e6"), ("e3", "e7"))


def of_phases(*phases: str) -> str:
    lines = [phase.replace("{", f"{{id: p{at}, {LABEL}, ", 1) for at, phase in enumerate(phases)]
    return MATCHES + "\n".join(f"  - {line}" for line in lines)


def played(body: str, situation: Situation, chance: Random) -> tuple[Tournament, Situation]:
    """Played on with random winners until it ends or waits for something."""
    ruleset = made(body, HEAD)
    for _ in range(200):
        now, situation = paired(ruleset, situation)
        waiting = [one.pairing for one in now.meetings if not one.is_over]
        if not waiting:
            return now, situation
        situation = decide(situation, waiting[0], chance.choice(waiting[0].sides))
    raise AssertionError("the contest does not end")


def qualified(body: str, count: int = 10) -> tuple[Tournament, Situation]:
    return played(body, begin(contest("swiss"), count), Random(7))


def test_a_phase_of_alliances_waits_for_them() -> None:
    now, _ = qualified(of_phases(SWISS, KNOCK_OUT))
    assert now.choice is not None
    assert (now.choice.phase.id, len(now.choice.ranked)) == ("p1", 10)
    assert (now.is_over, len(now.stages)) == (False, 1)
    assert now.choice.ranked == tuple(one.id for one in now.stages[0].tables[0])


def test_captains_meet_and_all_of_an_alliance_share_its_place() -> None:
    body = of_phases(SWISS, KNOCK_OUT)
    _, situation = qualified(body)
    now, _ = played(body, replace(situation, alliances={"p1": ALLIANCES}), Random(3))
    assert now.is_over
    assert now.stages[1].entries == ("e0", "e1", "e2", "e3")
    places = now.places()
    assert all(places[captain] == places[partner] for captain, partner in ALLIANCES)
    assert sorted(places.values()) == [1, 1, 2, 2, 3, 3, 3, 3]
    assert now.individual == now.stages[:1]


def test_alliances_start_from_nothing_and_keep_together_through_later_phases() -> None:
    body = of_phases(SWISS, GROUP, FINAL)
    _, situation = qualified(body)
    three = tuple((*members, f"e{7 + at}") for at, members in enumerate(ALLIANCES[:3]))
    now, _ = played(body, replace(situation, alliances={"p1": three}), Random(4))
    assert now.is_over
    assert [one.values["played"] for one in now.stages[1].tables[0]] == [2, 2, 2]
    places = now.places()
    assert sorted(places.values()) == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert now.is_of_alliances("p2")
    assert not now.is_of_alliances("p0")


def test_an_alliance_is_out_once_all_of_it_have_withdrawn() -> None:
    body = of_phases(SWISS, KNOCK_OUT)
    _, situation = qualified(body)
    situation = replace(situation, alliances={"p1": ALLIANCES}, withdrawn=frozenset({"e0"}))
    now, situation = paired(made(body, HEAD), situation)
    assert not any(one.given for one in now.stages[1].meetings)
    now, _ = paired(made(body, HEAD), replace(situation, withdrawn=frozenset({"e0", "e5"})))
    given = [one for one in now.stages[1].meetings if one.given]
    assert [one.decided.winner for one in given if one.decided] == ["e3"]


def test_level_entries_need_lots_before_captains_are_named() -> None:
    body = of_phases(SWISS, KNOCK_OUT)
    _, situation = qualified(body)
    without, _ = paired(made(body, HEAD), replace(situation, lots={}))
    withs, _ = paired(made(body, HEAD), situation)
    assert without.choice is not None
    assert withs.choice is not None
    assert (without.choice.needs_lots, withs.choice.needs_lots) == (True, False)


def test_the_first_phase_may_be_of_alliances() -> None:
    now, _ = qualified(of_phases(KNOCK_OUT), count=8)
    assert now.choice is not None
    assert now.choice.ranked == tuple(f"e{at}" for at in range(8))


@pytest.mark.parametrize(
    ("phases", "field", "code"),
    [
        ((KNOCK_OUT, KNOCK_OUT), "phases.1.alliances", "alliances_twice"),
        ((KNOCK_OUT.replace("4", "1"),), "phases.0.alliances.count", "alliances_too_few"),
        ((EIGHT,), "phases.0.alliances.count", "alliances_not_eight"),
        ((KNOCK_OUT.replace("picks", "pics"),), "phases.0.alliances", "key_missing"),
    ],
)
def test_alliances_that_cannot_be_are_refused(phases: tuple[str, ...], field: str, code: str) -> None:
    with pytest.raises(RulesetError) as raised:
        made(of_phases(*phases), HEAD)
    assert (field, code) in [(one.field, one.code) for one in raised.value.problems]
