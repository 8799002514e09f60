"""Swiss rounds without avoidable rematches, round robins, groups."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.matches import Match
from scoring.matching import most_pairs
from scoring.pairing import groups, round_robin, swiss


def names(count: int) -> list[str]:
    return [f"e{number:03}" for number in range(count)]


def most_by_trying(edges: frozenset[frozenset[str]]) -> int:
    """How many pairs there can be, by trying every choice."""
    if not edges:
        return 0
    edge = next(iter(sorted(edges, key=sorted)))
    with_it = 1 + most_by_trying(frozenset(other for other in edges if not other & edge))
    return max(with_it, most_by_trying(edges - {edge}))


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from([frozenset(pair) for pair in combinations("abcdefgh", 2)]), max_size=12))
def test_blossoms_find_as_many_pairs_as_there_are(edges: set[frozenset[str]]) -> None:
    graph = {
        node: {other for edge in edges if node in edge for other in edge - {node}} for node in "abcdefgh"
    }
    mates = most_pairs(graph)
    assert all(mates[mate] == node and mate in graph[node] for node, mate in mates.items())
    assert len(mates) == 2 * most_by_trying(frozenset(edges))


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 20), st.integers(1, 25), st.integers(0, 10**6))
def test_no_rematch_while_one_is_avoidable(count: int, rounds: int, seed: int) -> None:
    random, matches = Random(seed), list[Match]()
    points = Counter[str](dict.fromkeys(names(count), 0))
    for _ in range(rounds):
        table = sorted(
            ((entry, float(points[entry])) for entry in names(count)), key=lambda line: (-line[1], line[0])
        )
        made = swiss(table, matches)
        seen = [entry for pair in made.pairs for entry in pair] + ([made.bye] if made.bye else [])
        assert sorted(seen) == names(count)
        met = {frozenset(match.sides) for match in matches if len(match.sides) == 2}
        again = [pair for pair in made.pairs if frozenset(pair) in met]
        playing = [entry for entry in names(count) if entry != made.bye]
        fresh = {e: {o for o in playing if o != e and frozenset((e, o)) not in met} for e in playing}
        assert len(again) == (len(playing) - len(most_pairs(fresh))) // 2
        assert sorted(map(sorted, again)) == sorted(map(sorted, made.rematches))
        for left, right in made.pairs:
            winner = random.choice([left, right])
            points[winner] += 1
            matches.append(Match((left, right), winner))
        if made.bye:
            points[made.bye] += 1
            matches.append(Match((made.bye,), made.bye))


def test_byes_go_round_from_the_bottom() -> None:
    table = [("a", 2.0), ("b", 1.0), ("c", 0.0)]
    assert swiss(table, []).bye == "c"
    assert swiss(table, [Match(("c",), "c")]).bye == "b"


def test_the_upper_half_of_a_score_group_meets_its_lower_half() -> None:
    assert swiss([(name, 0.0) for name in "abcdefgh"], []).pairs == (
        ("a", "e"),
        ("b", "f"),
        ("c", "g"),
        ("d", "h"),
    )


def test_a_hundred_entries_are_paired_at_once() -> None:
    first = swiss([(name, 0.0) for name in names(100)], [])
    matches = [Match(pair, pair[0]) for pair in first.pairs]
    winners = {pair[0] for pair in first.pairs}
    table = sorted(((name, float(name in winners)) for name in names(100)), key=lambda line: -line[1])
    again = swiss(table, matches)
    assert not again.rematches
    assert all((left in winners) == (right in winners) for left, right in again.pairs)


@given(st.integers(0, 15), st.integers(1, 3))
def test_round_robin_everyone_meets_everyone(count: int, legs: int) -> None:
    rounds = round_robin(names(count), legs)
    met = Counter(frozenset(pair) for made in rounds for pair in made)
    assert met == Counter({frozenset(pair): legs for pair in combinations(names(count), 2)})
    assert all(len({entry for pair in made for entry in pair}) == 2 * len(made) for made in rounds)


@given(st.integers(0, 40), st.integers(1, 8))
def test_groups_are_dealt_evenly(count: int, into: int) -> None:
    dealt = groups(names(count), into)
    assert sorted(entry for group in dealt for entry in group) == names(count)
    assert max(map(len, dealt)) - min(map(len, dealt)) <= 1
    if count >= 2 * into:
        assert [group[0] for group in dealt] == names(into)
        assert dealt[-1][1] == names(count)[into]
