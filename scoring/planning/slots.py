"""A schedule where resources are nearly full: a yes or no for each activity and start, solved by CP-SAT.

Activities that are alike (an entry's four runs) are counted, not told apart; so are resources of a pool, which are
dealt out afterwards: of equal ones, any free one will do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from .instance import Activity, Instance, Placed
from .pools import Pool

Alike = tuple[frozenset[str], str, int, tuple[tuple[tuple[str, ...], int], ...]]


MOST_CHOICES = 1_500_000
"""Beyond these the model takes longer to build, and more memory, than there is time to solve it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``placed`` where one was found; ``is_impossible`` where it is proven that there is none by that end."""

    placed: list[Placed] | None
    is_impossible: bool


def is_too_large(instance: Instance, end: int) -> bool:
    return len(instance.activities) * (end // instance.slot_min) > MOST_CHOICES


class SlotModel:
    """One instance, to end by ``end``.

    ``in_rhythm`` looks only where each pool goes on without a pause from the moment it opens, and, where entries are
    all alike, has them come to one pool in their order: far fewer places to look, and nearly always enough.
    """

    def __init__(self, instance: Instance, pools: list[Pool], end: int, *, in_rhythm: bool = False) -> None:
        self._instance, self._pools, self._end = instance, pools, end
        self._beats = _beats(pools, end) if in_rhythm else {}
        self._model = cp_model.CpModel()
        self._alike: dict[Alike, list[Activity]] = defaultdict(list)
        for activity in instance.activities.values():
            self._alike[_likeness(instance, activity)].append(activity)
        self._starts: dict[tuple[Alike, int], cp_model.IntVar] = {}
        self._place()
        self._keep_people_apart()
        self._keep_before()
        self._keep_pools()
        if in_rhythm:
            self._keep_order()

    def solve(self, within_s: float, seed: int, workers: int = 1, effort: float | None = None) -> Outcome:
        """``effort`` bounds the search in CP-SAT's deterministic seconds: work done, not time gone by."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = within_s
        if effort is not None:
            solver.parameters.max_deterministic_time = effort
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        status = solver.solve(self._model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Outcome(self._dealt_out(solver), False)
        return Outcome(None, status == cp_model.INFEASIBLE)

    def _place(self) -> None:
        instance = self._instance
        for alike, activities in self._alike.items():
            first = activities[0]
            pinned = [instance.fixed[one.id].start for one in activities if one.id in instance.fixed]
            fixed = set(pinned)
            if len(fixed) < len(pinned):
                self._model.add_bool_or([])  # one person cannot begin two things at once
            for start in range(0, self._end - first.duration_min + 1, instance.slot_min):
                if start in fixed or self._may_start(first, start):
                    self._starts[alike, start] = self._model.new_bool_var("")
            for start in fixed:
                # One that ends too late leaves nothing to choose.
                self._model.add(self._starts[alike, start] == 1 if (alike, start) in self._starts else False)
            self._model.add(sum(self._of(alike).values()) == len(activities))

    def _may_start(self, activity: Activity, start: int) -> bool:
        end = start + activity.duration_min
        if any(start not in self._beats.get(need.among[0], (start,)) for need in activity.needs):
            return False
        return all(
            self._instance.resources[id_].is_open(start, end)
            for need in activity.needs
            for id_ in need.among[:1]
        )

    def _of(self, alike: Alike) -> dict[int, cp_model.IntVar]:
        return {start: chosen for (one, start), chosen in self._starts.items() if one == alike}

    def _keep_people_apart(self) -> None:
        """At every moment at most one activity of a person, its free minutes after it counted in."""
        by_person: dict[str, list[Alike]] = defaultdict(list)
        for alike in self._alike:
            for person in alike[0]:
                by_person[person].append(alike)
        starts = {alike: self._of(alike) for alike in self._alike}
        for mine in by_person.values():
            self._apart(mine, starts)

    def _apart(self, mine: list[Alike], starts: dict[Alike, dict[int, cp_model.IntVar]]) -> None:
        gap = self._instance.gap_min
        pairs = [(one, other) for one, other in combinations(mine, 2)] + [(one, one) for one in mine]
        least = min((gap(one[1], other[1]) for one, other in pairs), default=0)
        self._at_most_one(mine, least, starts)
        for one in mine:
            own = gap(one[1], one[1])
            if own > least and len(self._alike[one]) > 1:
                self._at_most_one([one], own, starts)
        for one, other in combinations(mine, 2):
            between = gap(one[1], other[1])
            if between > least:
                self._apart_by(starts[one], one[2], starts[other], other[2], between)

    def _at_most_one(
        self, alikes: Iterable[Alike], gap_min: int, starts: dict[Alike, dict[int, cp_model.IntVar]]
    ) -> None:
        by_moment: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for alike in alikes:
            for start, chosen in starts[alike].items():
                for moment in range(start, start + alike[2] + gap_min, self._instance.slot_min):
                    by_moment[moment].append(chosen)
        for chosen_now in by_moment.values():
            if len(chosen_now) > 1:
                self._model.add_at_most_one(chosen_now)

    def _apart_by(
        self,
        ones: dict[int, cp_model.IntVar],
        one_min: int,
        others: dict[int, cp_model.IntVar],
        other_min: int,
        gap_min: int,
    ) -> None:
        for start, chosen in ones.items():
            for other_start, other in others.items():
                if start - other_min - gap_min < other_start < start + one_min + gap_min:
                    self._model.add_at_most_one([chosen, other])

    def _keep_before(self) -> None:
        """Where something that must come after begins, none of what comes before is still to end."""
        for rule in self._instance.before:
            thens = [alike for alike in self._alike if alike[1] == rule.then]
            for first in (alike for alike in self._alike if alike[1] == rule.first):
                for then in thens:
                    if set(self._alike[first][0].entries) & set(self._alike[then][0].entries):
                        self._come_after(then, first, rule.min)

    def _come_after(self, then: Alike, first: Alike, least_min: int) -> None:
        firsts, count = self._of(first), len(self._alike[first])
        for start, chosen in self._of(then).items():
            late = [one for at, one in firsts.items() if at + first[2] + least_min > start]
            if late and first != then:
                self._model.add(sum(late) + count * chosen <= count)

    def _keep_pools(self) -> None:
        for pool in self._pools:
            users = self._users(pool)
            by_moment: dict[int, list[cp_model.LinearExprT]] = defaultdict(list)
            by_start: dict[int, list[cp_model.LinearExprT]] = defaultdict(list)
            for alike, count in users.items():
                for start, chosen in self._of(alike).items():
                    by_start[start].append(count * chosen)
                    for moment in range(
                        start, start + alike[2] + pool.changeover_min, self._instance.slot_min
                    ):
                        by_moment[moment].append(count * chosen)
            for used in by_moment.values():
                self._model.add(sum(used) <= pool.size)
            size = self._group_size(pool)
            if size > 1:
                for used in by_start.values():
                    groups = self._model.new_int_var(0, pool.size // size, "")
                    self._model.add(sum(used) == size * groups)

    def _keep_order(self) -> None:
        """Of entries that are all alike one is as good as another: have them come to one pool in their order."""
        kinds: dict[frozenset[str], set[tuple[str, int]]] = defaultdict(set)
        for alike, activities in self._alike.items():
            kinds[alike[0]].add((alike[1], len(activities)))
        once = [alike for alike, activities in self._alike.items() if len(activities) == 1]
        if len({frozenset(one) for one in kinds.values()}) != 1 or not once:
            return
        kind = min(alike[1] for alike in once)
        pool = next((pool for pool in self._pools if any(one.kind == kind for one, _ in pool.users)), None)
        if pool is None:
            return
        beats = self._beats.get(pool.resources[0].id, ())
        line = [alike for alike in self._alike if alike[1] == kind]
        for at, alike in enumerate(line):
            turn = at // pool.size
            if turn < len(beats) and (alike, beats[turn]) in self._starts:
                self._model.add(self._starts[alike, beats[turn]] == 1)

    def _users(self, pool: Pool) -> dict[Alike, int]:
        return {_likeness(self._instance, activity): count for activity, count in pool.users}

    def _group_size(self, pool: Pool) -> int:
        """How many of the pool begin together; 1 where each may begin alone."""
        ids = {resource.id for resource in pool.resources}
        groups = [group for group in self._instance.together if set(group) <= ids]
        is_all = {id_ for group in groups for id_ in group} == ids and pool.size == len(ids)
        sizes = {len(group) for group in groups}
        return sizes.pop() if is_all and len(sizes) == 1 else 1

    def _dealt_out(self, solver: cp_model.CpSolver) -> list[Placed]:
        chosen: list[tuple[int, Activity]] = []
        for alike, activities in self._alike.items():
            starts = sorted(start for start, one in self._of(alike).items() if solver.value(one))
            chosen += zip(starts, _fixed_first(self._instance, activities, starts), strict=True)
        return list(deal_out(self._instance, chosen))


def _beats(pools: list[Pool], end: int) -> dict[str, tuple[int, ...]]:
    """By resource: when activities begin that follow each other without a pause, where all last equally long."""
    found: dict[str, tuple[int, ...]] = {}
    for pool in pools:
        durations = {activity.duration_min for activity, _ in pool.users}
        if len(durations) == 1:
            [duration] = durations
            step = duration + pool.changeover_min
            for resource in pool.resources:
                found[resource.id] = tuple(
                    start
                    for opens, closes in resource.open
                    for start in range(opens, min(closes, end) - duration + 1, step)
                )
    return found


def _likeness(instance: Instance, activity: Activity) -> Alike:
    needs = tuple((tuple(sorted(need.among)), need.count) for need in activity.needs)
    # What keeps nobody busy is like nothing else: any number of it may begin at a moment.
    return (
        instance.busy(activity) or frozenset({f"/{activity.id}"}),
        activity.kind,
        activity.duration_min,
        needs,
    )


def _fixed_first(instance: Instance, activities: list[Activity], starts: list[int]) -> list[Activity]:
    """Activities in the order of the starts they get: a fixed one gets its own."""
    at = {instance.fixed[one.id].start: one for one in activities if one.id in instance.fixed}
    others = iter([one for one in activities if one.id not in instance.fixed])
    return [at[start] if start in at else next(others) for start in starts]


def deal_out(instance: Instance, chosen: list[tuple[int, Activity]]) -> Iterator[Placed]:
    """Give each activity free resources, in the order of starts; groups that begin together are filled first."""
    free_from: dict[str, list[int]] = {
        resource.id: [0] * resource.capacity for resource in instance.resources.values()
    }
    group_of = {id_: group for group in instance.together for id_ in group}
    begun: set[tuple[int, tuple[str, ...]]] = set()
    for start, activity in sorted(chosen, key=lambda one: (one[0], one[1].id)):
        taken: list[str] = []
        fixed = instance.fixed.get(activity.id)
        for need in activity.needs:
            free = [id_ for id_ in need.among if min(free_from[id_]) <= start and id_ not in taken]
            free.sort(key=lambda id_: ((start, group_of.get(id_, ())) not in begun, need.among.index(id_)))
            wanted = [id_ for id_ in free if fixed and id_ in fixed.resources] or free
            taken += wanted[: need.count]
        for id_ in taken:
            times = free_from[id_]
            end = start + activity.duration_min + instance.resources[id_].changeover_min
            times[times.index(min(times))] = end
            if id_ in group_of:
                begun.add((start, group_of[id_]))
        yield Placed(activity, start, tuple(taken))
