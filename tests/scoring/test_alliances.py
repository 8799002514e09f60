"""Alliance selection: turns, captains moving up, declines, backups; and any course of it keeps its promises."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.alliances import Backup, Selection, SelectionRefused, Turn, order_of_turns, start
from scoring.contest import AllianceRules

FOUR_BY_TWO = AllianceRules(4, 2, backups=1)


def teams(count: int) -> list[str]:
    """Named by their rank: t1 is the best."""
    return [f"t{rank}" for rank in range(1, count + 1)]


def refusal(selection: Selection, step: str, argument: object) -> str:
    with pytest.raises(SelectionRefused) as raised:
        getattr(selection, step)(argument)
    return raised.value.problem.code


def picked(selection: Selection, *entries: str) -> Selection:
    for entry in entries:
        selection = selection.pick(entry)
    return selection


def complete() -> Selection:
    return picked(start(FOUR_BY_TWO, teams(16)), *["t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12"])


@pytest.mark.parametrize(("order", "second_round"), [("serpentine", [3, 2, 1]), ("straight", [1, 2, 3])])
def test_the_even_rounds_go_back_where_the_order_is_a_serpentine(order: str, second_round: list[int]) -> None:
    turns = list(order_of_turns(AllianceRules(3, 3, order)))
    assert [turn.alliance for turn in turns] == [1, 2, 3, *second_round, 1, 2, 3]
    assert [turn.round for turn in turns] == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_alliances_form_in_the_order_of_the_turns() -> None:
    assert complete().formed == (
        ("t1", "t5", "t12"),
        ("t2", "t6", "t11"),
        ("t3", "t7", "t10"),
        ("t4", "t8", "t9"),
    )
    assert complete().turn is None


def test_a_captain_who_is_picked_moves_those_below_up() -> None:
    selection = start(FOUR_BY_TWO, teams(16))
    assert selection.captains == ("t1", "t2", "t3", "t4")
    selection = selection.pick("t3")
    assert selection.captains == ("t1", "t2", "t4", "t5")
    assert selection.pick("t5").captains == ("t1", "t2", "t4", "t6")


def test_who_declines_is_not_picked_but_may_be_captain() -> None:
    selection = start(FOUR_BY_TWO, teams(16)).decline("t4").decline("t6")
    assert selection.turn == Turn(1, 1)
    assert refusal(selection, "pick", "t4") == refusal(selection, "decline", "t6") == "not_available"
    assert {"t4", "t6"}.isdisjoint(selection.available)
    selection = picked(selection, "t2", "t5", "t8", "t9")
    assert [members[0] for members in selection.formed] == ["t1", "t3", "t4", "t6"]


@pytest.mark.parametrize("who", ["t1", "t2", "t5", "stranger"])
def test_nobody_of_an_alliance_can_be_picked(who: str) -> None:
    """t1 and t5 are the first alliance; t2 is the captain whose turn it is."""
    assert refusal(start(FOUR_BY_TWO, teams(16)).pick("t5"), "pick", who) == "not_available"


def test_there_are_captains_for_every_alliance_even_with_few_teams() -> None:
    """Of six teams and four alliances, only two can be partners."""
    selection = picked(start(FOUR_BY_TWO, teams(6)), "t2", "t4")
    assert selection.formed == (("t1", "t2"), ("t3", "t4"), ("t5",), ("t6",))
    assert selection.turn is None


def test_turns_pass_when_everybody_left_has_declined() -> None:
    selection = start(AllianceRules(2, 2), teams(5)).pick("t3").decline("t4")
    assert selection.decline("t5").formed == (("t1", "t3"), ("t2",))
    assert selection.decline("t5").turn is None


def test_fewer_teams_than_alliances_are_refused() -> None:
    with pytest.raises(SelectionRefused) as raised:
        start(FOUR_BY_TWO, teams(5), gone=["t1", "t2"])
    assert raised.value.problem.code == "entries_too_few"
    assert raised.value.problem.facts == {"found": 3, "needed": 4}


def test_who_withdraws_is_neither_captain_nor_picked_but_stays_where_it_is() -> None:
    selection = start(FOUR_BY_TWO, teams(16)).pick("t5").without({"t1", "t2", "t6"})
    assert selection.formed == (("t1", "t5"),)
    assert selection.captains == ("t1", "t3", "t4", "t7")
    assert "t6" not in selection.available
    assert "t6" in selection.without(()).available


def test_backups_come_in_the_order_of_the_ranking() -> None:
    selection = complete().decline("t13")
    assert selection.available == ("t14", "t15", "t16")
    assert refusal(selection, "call_backup", Backup(2, "t15")) == "backup_not_next"
    assert refusal(selection, "call_backup", Backup(5, "t14")) == "alliance_unknown"
    assert refusal(selection, "call_backup", Backup(2, "t14", "t1")) == "alliance_member_unknown"
    called = selection.call_backup(Backup(2, "t14", "t6"))
    assert called.rosters()[1] == ("t2", "t6", "t11", "t14")
    assert called.playing(2) == ("t2", "t11", "t14")
    assert refusal(called, "call_backup", Backup(2, "t15")) == "backups_used_up"
    assert called.call_backup(Backup(1, "t15")).playing(1) == ("t1", "t5", "t12", "t15")


def test_a_backup_waits_until_all_turns_are_over() -> None:
    assert refusal(start(FOUR_BY_TWO, teams(16)), "call_backup", Backup(1, "t5")) == "alliances_incomplete"
    assert refusal(complete(), "pick", "t13") == "alliances_complete"


RULES = st.builds(
    AllianceRules,
    count=st.integers(2, 8),
    picks=st.integers(1, 3),
    order=st.sampled_from(["serpentine", "straight"]),
    backups=st.integers(0, 2),
)


@settings(max_examples=150, deadline=None)
@given(rules=RULES, more=st.integers(0, 25), data=st.data())
def test_any_course_of_a_selection_keeps_its_promises(
    rules: AllianceRules, more: int, data: st.DataObject
) -> None:
    ranked = teams(rules.count + more)
    selection = start(rules, ranked)
    for _ in range(len(ranked) * 3):
        step = data.draw(st.sampled_from(["pick", "pick", "pick", "decline", "leave", "backup"]))
        before = selection
        selection = _step(selection, step, data)
        _check_promises(before, selection)
        if selection.turn is None and step == "backup":
            break
    if not selection.gone:
        assert selection.turn is not None or len(selection.formed) == rules.count


def _step(selection: Selection, step: str, data: st.DataObject) -> Selection:
    """One step that can be taken, or none."""
    available = selection.available
    if step == "leave":
        return selection.without(selection.gone | {data.draw(st.sampled_from(selection.ranked))})
    if step == "decline" and available:
        return selection.decline(data.draw(st.sampled_from(available)))
    if step == "pick" and available and selection.turn is not None:
        return selection.pick(data.draw(st.sampled_from(available)))
    called = Counter(backup.alliance for backup in selection.backups)
    open_ = [n for n in range(1, len(selection.formed) + 1) if called[n] < selection.rules.backups]
    if step == "backup" and available and selection.turn is None and open_:
        return selection.call_backup(Backup(data.draw(st.sampled_from(open_)), available[0]))
    return selection


def _check_promises(before: Selection, after: Selection) -> None:
    members = [entry for alliance in after.rosters() for entry in alliance]
    assert len(members) == len(set(members)), "nobody is in two alliances"
    assert set(members) <= set(after.ranked)
    ranks = [after.ranked.index(alliance[0]) for alliance in after.formed]
    if not after.gone:
        assert ranks == sorted(ranks), "captains stand in the order of the ranking"
    for kept, now in zip(before.formed, after.formed, strict=False):
        assert now[: len(kept)] == kept, "what stands stays"
    partners = {entry for alliance in after.formed for entry in alliance[1:]}
    backups = {backup.entry for backup in after.backups}
    assert not (partners | backups) & after.declined, "who declined was never taken"
    assert not set(after.available) & (set(members) | after.declined | after.gone)
    assert list(after.available) == sorted(after.available, key=after.ranked.index)
    assert all(len(alliance) <= after.rules.picks + 1 for alliance in after.formed)
    assert after.turn is None or after.available, "whose turn it is has somebody to pick"
    assert len(after.captains) <= after.rules.count
