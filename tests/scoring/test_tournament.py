"""Whole contests played to the end with random winners, withdrawals among them: one winner, and nobody lost."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from scoring.model import Ruleset
from scoring.situation import Decided, Pairing, Situation
from scoring.tournament import Tournament, given_away, unfold
from tests.scoring.making import made

HEAD = """
id: test
version: "1"
kind: head_to_head
label: {kk: Сынақ, ru: Проба, en: Test}
sources: [{where: made for this test}]
"""
MATCHES = """
match: {bouts: 1}
ranking: [{by: match_points}, {by: buchholz}, {by: draw}]
phases:
"""
LABEL = "label: {kk: Кезең, ru: Этап, en: Phase}"
FORMATS = {
    "round_robin": "{format: round_robin, legs: 2}",
    "swiss": "{format: swiss}",
    "single": "{format: single_elimination, bronze: true, best_of: 3}",
    "double": "{format: double_elimination, final_reset: true, final_best_of: 3}",
    "groups": "{format: round_robin, groups: 3, advance: {of_each_group: 2, ties: draw}}",
    "swiss_cut": "{format: swiss, rounds: 3, advance: {top: 4, ties: extra_run}}",
}


def contest(*formats: str) -> Ruleset:
    lines = [FORMATS[name].replace("{", f"{{id: p{at}, {LABEL}, ", 1) for at, name in enumerate(formats)]
    return made(MATCHES + "\n".join(f"  - {line}" for line in lines), HEAD)


def decide(situation: Situation, pairing: Pairing, winner: str | None) -> Situation:
    scores = tuple(float(side == winner) for side in pairing.sides)
    return replace(
        situation,
        decided={**situation.decided, pairing.place: Decided(winner, scores)},
        begun=situation.begun | {pairing.place},
    )


def paired(ruleset: Ruleset, situation: Situation) -> tuple[Tournament, Situation]:
    """The contest with everybody paired who can be now."""
    now = unfold(ruleset, situation)
    return now, replace(situation, paired=tuple(one.pairing for one in now.meetings), seeds=now.seeds)


def begin(ruleset: Ruleset, count: int) -> Situation:
    entries = tuple(f"e{at}" for at in range(count))
    lots = {entry: at for at, entry in enumerate(entries, 1)}
    return paired(ruleset, Situation(entries, lots=lots))[1]


@pytest.mark.parametrize(
    "formats",
    [("round_robin",), ("swiss",), ("single",), ("double",), ("groups", "single"), ("swiss_cut", "double")],
    ids="-".join,
)
@pytest.mark.parametrize("count", [2, 3, 5, 8, 13])
@pytest.mark.parametrize("withdrawals", [0, 2])
def test_every_contest_ends_with_one_winner(formats: tuple[str, ...], count: int, withdrawals: int) -> None:
    ruleset = contest(*formats)
    chance = random.Random(f"{formats} {count} {withdrawals}")
    situation = begin(ruleset, count)
    leaving = {
        chance.randrange(1, 12): entry
        for entry in chance.sample(situation.entries, min(withdrawals, count - 1))
    }
    for step in range(400):
        if step in leaving:
            situation = replace(situation, withdrawn=situation.withdrawn | {leaving[step]})
        now, situation = paired(ruleset, situation)
        waiting = [one.pairing for one in now.meetings if not one.is_over]
        if not waiting:
            break
        pairing = chance.choice(waiting)
        is_table = pairing.part in ("group", "swiss")
        winner = chance.choice([*pairing.sides, None] if is_table else pairing.sides)
        kept = {
            one.pairing.place: one.pairing for one in now.meetings if one.pairing.place in situation.begun
        }
        situation = decide(situation, pairing, winner)
        after = {one.pairing.place: one.pairing for one in unfold(ruleset, situation).meetings}
        assert kept.items() <= after.items(), "what was played stays paired as it was"
    assert now.is_over, list(now.ties)
    assert len(now.stages) == len(formats)
    last = now.stages[-1]
    if last.bracket is not None:
        assert last.bracket.champion is not None
        places = now.places()
        assert list(places.values()).count(1) == 1
        assert set(places) == set(last.entries)


@pytest.mark.parametrize(
    "formats",
    [("swiss",), ("single",), ("double",), ("groups", "single"), ("swiss_cut", "double")],
    ids="-".join,
)
@pytest.mark.parametrize("count", [2, 5, 8])
def test_a_contest_ends_though_neither_side_comes_to_some_matches(
    formats: tuple[str, ...], count: int
) -> None:
    ruleset = contest(*formats)
    chance = random.Random(f"{formats} {count}")
    situation = begin(ruleset, count)
    for _step in range(400):
        now, situation = paired(ruleset, situation)
        waiting = [one.pairing for one in now.meetings if not one.is_over]
        if not waiting:
            break
        pairing = chance.choice(waiting)
        nobody_came = chance.random() < 0.4
        situation = decide(situation, pairing, None if nobody_came else chance.choice(pairing.sides))
        if nobody_came:
            both = Decided(None, lost_by_both=True)
            situation = replace(situation, decided={**situation.decided, pairing.place: both})
    assert now.is_over, list(now.ties)
    last = now.stages[-1]
    if last.bracket is not None:
        assert set(now.places()) == set(last.entries)


@pytest.mark.parametrize(
    "formats", [("round_robin",), ("swiss",), ("groups", "single"), ("swiss_cut", "double")], ids="-".join
)
@pytest.mark.parametrize("count", [3, 5, 8, 13])
def test_who_comes_late_plays_and_nothing_played_is_paired_otherwise(
    formats: tuple[str, ...], count: int
) -> None:
    ruleset = contest(*formats)
    chance = random.Random(f"{formats} {count}")
    situation = begin(ruleset, count)
    for step in range(400):
        if step in (1, 2):
            before = paired(ruleset, situation)[0]
            late = f"late{step}"
            lots = {**situation.lots, late: 100 + step}
            entries = (*situation.entries, late)
            situation = replace(situation, entries=entries, late=(*situation.late, late), lots=lots)
            after = {one.pairing.place: one.pairing for one in unfold(ruleset, situation).meetings}
            begun = [one.pairing for one in before.meetings if one.pairing.place in situation.begun]
            assert all(after[pairing.place] == pairing for pairing in begun)
        now, situation = paired(ruleset, situation)
        waiting = [one.pairing for one in now.meetings if not one.is_over]
        if not waiting:
            break
        pairing = chance.choice(waiting)
        situation = decide(situation, pairing, chance.choice(pairing.sides))
    assert now.is_over, list(now.ties)
    first = now.stages[0]
    meetings = [one.pairing.sides for one in first.meetings]
    for late in situation.late:
        assert sum(late in sides for sides in meetings) > 0
        assert any(late == standing.id for table in first.tables for standing in table)
    if first.phase.format == "round_robin":
        sizes = [len(table) for table in first.tables]
        assert len(meetings) == first.phase.legs * sum(size * (size - 1) // 2 for size in sizes)


def test_a_swiss_round_waits_for_the_one_before_and_stays_once_begun() -> None:
    ruleset = contest("swiss")
    situation = begin(ruleset, 4)
    first = [one.pairing for one in unfold(ruleset, situation).meetings]
    assert [one.round for one in first] == [1, 1]
    for pairing in first:
        situation = decide(situation, pairing, pairing.sides[0])
    now, situation = paired(ruleset, situation)
    second = [one.pairing for one in now.meetings if one.pairing.round == 2]
    assert set(second[0].sides) == {pairing.sides[0] for pairing in first}
    mended = decide(situation, first[0], first[0].sides[1])
    assert [one.pairing for one in unfold(ruleset, mended).meetings if one.pairing.round == 2] != second
    begun = decide(decide(situation, second[0], None), first[0], first[0].sides[1])
    assert [one.pairing for one in unfold(ruleset, begun).meetings if one.pairing.round == 2] == second


def test_a_tie_at_the_line_waits_until_lots_or_a_referee_settle_it() -> None:
    ruleset = contest("swiss_cut", "single")
    situation = replace(begin(ruleset, 5), lots={})
    for _ in range(3):
        for one in unfold(ruleset, situation).meetings:
            if not one.is_over:
                situation = decide(situation, one.pairing, None)
        _, situation = paired(ruleset, situation)
    stuck = unfold(ruleset, situation)
    (tie,) = stuck.ties
    assert (tie.key, tie.needed, len(stuck.stages)) == ("p0", "extra_run", 1)
    chosen = tie.level[: tie.places]
    settled = unfold(ruleset, replace(situation, settled={"p0": chosen}))
    assert settled.stages[1].entries[-tie.places :] == chosen
    wrong = unfold(ruleset, replace(situation, settled={"p0": tie.level}))
    assert wrong.ties == (tie,)
    lots = {entry: -at for at, entry in enumerate(situation.entries)}
    assert len(unfold(ruleset, replace(situation, lots=lots)).stages) == 2


def test_groups_meet_other_groups_first() -> None:
    ruleset = contest("groups", "single")
    situation = begin(ruleset, 12)
    for one in unfold(ruleset, situation).meetings:
        strongest = min(one.pairing.sides, key=lambda side: int(side[1:]))
        situation = decide(situation, one.pairing, strongest)
    now = unfold(ruleset, situation)
    group_of = {one.id: at for at, table in enumerate(now.stages[0].tables) for one in table}
    playoff = [one.pairing for one in now.meetings if one.pairing.phase == "p1"]
    assert len(playoff) == 2
    assert all(len({group_of[side] for side in one.sides}) == 2 for one in playoff)


def test_what_a_withdrawal_gives_away_is_said_beforehand() -> None:
    ruleset = contest("round_robin")
    situation = begin(ruleset, 3)
    before = unfold(ruleset, situation)
    gone = situation.entries[0]
    after = unfold(ruleset, replace(situation, withdrawn=frozenset({gone})))
    lost = given_away(before, after)
    assert len(lost) == 4
    assert all(gone in pairing.sides for pairing in lost)
