"""Which judges of a panel mark which projects, and in which order each sees them, fair to all of them.

Judges and projects tire in the course of a day, and what is seen first sets the measure: so every judge goes round the
same circle of projects from a place of their own, evenly spread. No two judges are with one project at a time while
there are no more judges than projects, and no project comes early, or late, with all of them. (A cyclic Latin square;
Cochran and Cox: Experimental Designs, 1957, on order effects.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence

Marking = dict[str, list[str]]
"""The judges of each project."""


class TooFewJudges(Exception):
    """Projects that fewer judges may mark than the rules ask for; ``projects`` are their ids."""

    def __init__(self, projects: Sequence[str]) -> None:
        super().__init__(", ".join(projects))
        self.projects = tuple(projects)


def marking(
    projects: Sequence[str],
    judges: Sequence[str],
    judges_per_project: int,
    ties: Mapping[str, Collection[str]],
    loads: Mapping[str, int] | None = None,
) -> Marking:
    """``judges_per_project`` judges for each project, none of them tied to it, with loads as even as can be.

    ``ties`` are, by judge, the projects they must not mark; ``loads`` how many each has to mark besides. Of equally
    loaded judges, those sit together who have
    marked least together so far, so that all of them can be compared. Raises TooFewJudges.
    """
    free = {
        project: [judge for judge in judges if project not in ties.get(judge, ())] for project in projects
    }
    short = [project for project in projects if len(free[project]) < judges_per_project]
    if short:
        raise TooFewJudges(short)
    load = {judge: (loads or {}).get(judge, 0) for judge in judges}
    met: dict[frozenset[str], int] = {}
    marked_by: Marking = {}
    for project in projects:
        chosen: list[str] = []
        for _ in range(judges_per_project):
            others = [judge for judge in free[project] if judge not in chosen]
            chosen.append(
                min(others, key=lambda one: (load[one], sum(met.get(frozenset((one, c)), 0) for c in chosen)))
            )
        for at, judge in enumerate(chosen):
            load[judge] += 1
            for other in chosen[:at]:
                met[frozenset((judge, other))] = met.get(frozenset((judge, other)), 0) + 1
        marked_by[project] = sorted(chosen, key=judges.index)
    _even_out(marked_by, free, load)
    return {project: sorted(marked_by[project], key=judges.index) for project in projects}


def _even_out(marked_by: Marking, free: Marking, load: dict[str, int]) -> None:
    """Hand projects on, along chains of judges, while that makes the loads more even.

    A chain from the most loaded to one with two fewer lowers the sum of squared loads; without any such chain the
    loads are the most even there are (the argument of augmenting paths, as for semi-matchings: Harvey, Ladner, Lovász
    and Tamir, Journal of Algorithms 59, 2006).
    """
    while chain := _chain(marked_by, free, load):
        for project, giver, taker in chain:
            marked_by[project].remove(giver)
            marked_by[project].append(taker)
        load[chain[0][1]] -= 1
        load[chain[-1][2]] += 1


def _chain(marked_by: Marking, free: Marking, load: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """``(project, giver, taker)`` from some judge down to one with at least two projects fewer; empty if none is."""
    for start in sorted(load, key=lambda judge: -load[judge]):
        came: dict[str, tuple[str, str]] = {}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            if load[giver] <= load[start] - 2:
                return _back(came, start, giver)
            for project, judges in marked_by.items():
                if giver not in judges:
                    continue
                for taker in free[project]:
                    if taker != start and taker not in came and taker not in judges:
                        came[taker] = (project, giver)
                        waiting.append(taker)
    return []


def _back(came: Mapping[str, tuple[str, str]], start: str, end: str) -> list[tuple[str, str, str]]:
    chain = []
    while end != start:
        project, giver = came[end]
        chain.append((project, giver, end))
        end = giver
    return chain[::-1]


def visits(
    projects: Sequence[str], judges: Sequence[str], marked_by: Mapping[str, Collection[str]]
) -> list[tuple[str, str]]:
    """``(judge, project)`` turn after turn, in each turn at most one project for every judge."""
    count = len(projects)
    starts = [at * count // len(judges) for at in range(len(judges))]
    return [
        (judge, project)
        for turn in range(count)
        for judge, start in zip(judges, starts, strict=True)
        if judge in marked_by[project := projects[(start + turn) % count]]
    ]
