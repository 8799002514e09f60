"""The order of a panel: loads even, ties kept, nobody meets at a project, nobody is always early."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.graph.python.max_flow import SimpleMaxFlow  # type: ignore[import-untyped]

from scoring.panel_order import Marking, TooFewJudges, marking, visits


def _names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


def _all(projects: list[str], panel: list[str]) -> Marking:
    return dict.fromkeys(projects, panel)


@given(projects=st.integers(1, 40), judges=st.integers(1, 9))
def test_every_judge_sees_every_project_once_and_alone(projects: int, judges: int) -> None:
    names, panel = _names("p", projects), _names("j", judges)
    order = visits(names, panel, _all(names, panel))
    assert sorted(order) == sorted((judge, project) for judge in panel for project in names)
    for turn in range(projects):
        now = order[turn * judges : (turn + 1) * judges]
        assert [judge for judge, _ in now] == panel
        if judges <= projects:
            assert len({project for _, project in now}) == judges


@given(projects=st.integers(3, 40), judges=st.integers(2, 9))
def test_no_project_comes_early_with_all_judges(projects: int, judges: int) -> None:
    if judges > projects:
        return
    names, panel = _names("p", projects), _names("j", judges)
    turns: dict[str, list[int]] = defaultdict(list)
    for at, (_, project) in enumerate(visits(names, panel, _all(names, panel))):
        turns[project].append(at // judges)
    for seen in turns.values():
        assert max(seen) - min(seen) >= (projects * (judges - 1)) // judges - 1


@given(st.data())
def test_ties_are_kept_and_loads_are_as_even_as_they_can_be(data: st.DataObject) -> None:
    names, panel = _names("p", data.draw(st.integers(1, 12))), _names("j", data.draw(st.integers(1, 6)))
    count = data.draw(st.integers(1, 3))
    ties = data.draw(st.dictionaries(st.sampled_from(panel), st.sets(st.sampled_from(names))))
    lacking = [one for one in names if sum(one not in ties.get(judge, ()) for judge in panel) < count]
    if lacking:
        with pytest.raises(TooFewJudges) as short:
            marking(names, panel, count, ties)
        assert list(short.value.projects) == lacking
        return
    marked_by = marking(names, panel, count, ties)
    assert all(len(set(judges)) == count for judges in marked_by.values())
    assert all(project not in ties.get(judge, ()) for project in names for judge in marked_by[project])
    load = Counter(judge for judges in marked_by.values() for judge in judges)
    most, least = max(load.values()), min(load[judge] for judge in panel)
    assert not _can_be(names, panel, count, ties, most=most - 1)
    assert not _can_be(names, panel, count, ties, least=least + 1)
    order = visits(names, panel, marked_by)
    assert sorted(order) == sorted((judge, project) for project in names for judge in marked_by[project])


def test_without_ties_judges_of_a_large_panel_all_sit_with_each_other() -> None:
    names, panel = _names("p", 40), _names("j", 8)
    marked_by = marking(names, panel, 3, {})
    pairs = Counter(
        frozenset((one, other))
        for judges in marked_by.values()
        for one in judges
        for other in judges
        if one < other
    )
    assert Counter(judge for judges in marked_by.values() for judge in judges) == dict.fromkeys(panel, 15)
    assert len(pairs) == 28
    assert max(pairs.values()) - min(pairs.values()) <= 2


def _can_be(
    projects: list[str],
    panel: list[str],
    count: int,
    ties: dict[str, set[str]],
    *,
    most: int | None = None,
    least: int = 0,
) -> bool:
    """Whether any marking has loads of ``least`` to ``most``, as a flow with lower bounds."""
    flow = SimpleMaxFlow()
    place = {name: at for at, name in enumerate([*projects, *panel])}
    source, sink, spare = len(place), len(place) + 1, len(place) + 2
    for project in projects:
        flow.add_arc_with_capacity(source, place[project], count)
        for judge in panel:
            if project not in ties.get(judge, ()):
                flow.add_arc_with_capacity(place[project], place[judge], 1)
    wanted = count * len(projects)
    if least * len(panel) > wanted:
        return False
    for judge in panel:
        flow.add_arc_with_capacity(place[judge], sink, least)
        flow.add_arc_with_capacity(place[judge], spare, (most if most is not None else wanted) - least)
    flow.add_arc_with_capacity(spare, sink, wanted - least * len(panel))
    flow.solve(source, sink)
    return bool(flow.optimal_flow() == wanted)
