"""Ranking: a total preorder that does not depend on the order things come in, with a reason for every place."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.matches import Match
from scoring.ranking import Attempt, Record, Standing, Table, rank

from .making import with_results
from .shipped import shipped

JUNIOR = shipped("big-journey-junior")
SUMO = shipped("sumo-mini")

attempt = st.one_of(
    st.none(),
    st.sampled_from(["DNF", "DNS", "DSQ"]).map(lambda mark: Attempt(mark=mark)),
    st.builds(
        lambda points, time: Attempt({"points": points, "time": time}),
        st.sampled_from([0.0, 5.0, 10.0]),
        st.sampled_from([10.0, 20.5, 30.0]),
    ),
)
records = st.lists(
    st.builds(
        Record,
        st.integers(0, 99).map(lambda number: f"e{number:02}"),
        st.tuples(attempt, attempt),
        st.booleans().map(lambda drawn: drawn),
    ),
    max_size=14,
    unique_by=lambda record: record.id,
)


def places(standings: Sequence[Standing]) -> dict[str, int | None]:
    return {standing.id: standing.rank for standing in standings}


@given(records, st.randoms(use_true_random=False))
def test_does_not_depend_on_input_order(field: list[Record], random: Random) -> None:
    shuffled = random.sample(field, len(field))
    assert rank(JUNIOR, shuffled) == rank(JUNIOR, field)


@given(records)
def test_is_a_total_preorder_in_which_ties_share(field: list[Record]) -> None:
    standings = rank(JUNIOR, field)
    assert len(standings) == len(field)
    placed = [standing for standing in standings if standing.rank is not None]
    assert standings[: len(placed)] == placed
    for at, standing in enumerate(placed):
        key = (-standing.values["points"], standing.values["time"])
        better = [other for other in placed if (-other.values["points"], other.values["time"]) < key]
        assert standing.rank == len(better) + 1
        assert at >= len(better)


@given(records, records)
def test_adding_entries_never_swaps_two_others(field: list[Record], more: list[Record]) -> None:
    before = [standing.id for standing in rank(JUNIOR, field)]
    added = field + [record for record in more if record.id not in before]
    after = [standing.id for standing in rank(JUNIOR, added) if standing.id in before]
    assert after == before


@settings(max_examples=60)
@given(
    records, st.lists(st.tuples(st.integers(0, 13), st.tuples(attempt, attempt), st.booleans()), max_size=12)
)
def test_a_mended_table_is_a_table_made_anew(
    field: list[Record], changes: list[tuple[int, tuple[Attempt | None, ...], bool]]
) -> None:
    table, now = Table(JUNIOR, field), {record.id: record for record in field}
    for number, attempts, out in changes:
        record = Record(f"e{number:02}", attempts, out)
        now[record.id] = record
        table.update(record)
        if out and len(now) > 1:
            gone = sorted(now)[0]
            table.remove(gone)
            del now[gone]
    assert table.standings() == rank(JUNIOR, now.values())
    assert all(table.standing(standing.id) == standing for standing in table.standings())


def test_marks_come_after_results_in_the_order_of_the_ruleset() -> None:
    field = [
        Record("dsq", (Attempt(mark="DSQ"),)),
        Record("dns", (Attempt(mark="DNS"),)),
        Record("dnf", (Attempt(mark="DNS"), Attempt(mark="DNF"))),
        Record("nothing", (None, None)),
        Record("guest", (Attempt({"points": 99.0, "time": 1.0}),), out_of_competition=True),
        Record("last", (Attempt({"points": 0.0, "time": 180.0}),)),
        Record("struck", (Attempt({"points": 99.0, "time": 1.0}),), mark="DSQ"),
    ]
    standings = rank(JUNIOR, field)
    assert [s.id for s in standings] == ["last", "dnf", "dns", "dsq", "struck", "nothing", "guest"]
    assert [s.rank for s in standings] == [1, None, None, None, None, None, None]
    assert [s.reason["code"] for s in standings[-2:]] == ["no_result", "out_of_competition"]


def test_too_few_attempts_have_no_place() -> None:
    ruleset = with_results("attempts: {count: 3, minimum: 2}")
    made = rank(ruleset, [Record("once", (Attempt({"points": 5.0, "time": 1.0}), Attempt(mark="DNS")))])
    assert made[0].rank is None
    assert made[0].reason == {"code": "too_few_attempts", "performed": 1, "minimum": 2}


def test_every_place_has_its_reason() -> None:
    def one(entry: str, points: float, time: float) -> Record:
        return Record(entry, (Attempt({"points": points, "time": time}),))

    made = rank(JUNIOR, [one("a", 10, 5), one("b", 10, 6), one("c", 10, 6), one("d", 3, 1)])
    assert [(s.id, s.rank, s.decided_by, s.reason["code"]) for s in made] == [
        ("a", 1, "time", "ahead"),
        ("b", 2, "time", "tied"),
        ("c", 2, "time", "tied"),
        ("d", 4, "points", "behind"),
    ]
    assert made[3].reason == {
        "code": "behind",
        "criterion": "points",
        "other": "c",
        "value": 3,
        "other_value": 10,
    }


def test_second_best_attempt_breaks_ties() -> None:
    ruleset = with_results("""
        attempts: {count: 3}
        combined: [{name: second, of: points, take: nth_best, count: 2}]
        ranking: [{by: points}, {by: second}]
    """)

    def runs(entry: str, *points: float) -> Record:
        return Record(entry, tuple(Attempt({"points": value, "time": 1.0}) for value in points))

    made = rank(ruleset, [runs("a", 9, 3), runs("b", 4, 9), runs("c", 9)])
    assert [standing.id for standing in made] == ["b", "a", "c"]


def test_a_draw_is_made_once_and_stored() -> None:
    field = [Record("a"), Record("b")]
    undecided = rank(SUMO, field, [Match(("a", "b"), None)])
    assert [(s.rank, s.reason["code"]) for s in undecided] == [(1, "draw_needed"), (1, "draw_needed")]
    drawn = rank(SUMO, field, [Match(("a", "b"), None)], {"a": 2, "b": 1})
    assert [(s.id, s.rank, s.decided_by) for s in drawn] == [("b", 1, "draw"), ("a", 2, "draw")]
