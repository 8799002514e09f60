"""Repairs late in the day, from the quick to the thorough: push forward, re-solve with the fewest moves, swap by hand.

None of them touches the past, the running or the called. What each proposes is for a person to look at and approve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from ortools.sat.python import cp_model

from .checking import broken_rules
from .day import Board, Now, apart, clusters
from .instance import Activity, Instance, Placed

MOVE = 10_000
"""What one more move costs, against a minute of shift: fewest moves first, then the smallest."""
ELSEWHERE = 5
"""What another resource costs, in minutes of shift."""
WIDER = (0, 40, 150)
"""How many activities near those that are touched may move as well, if it does not go without them."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The schedule as it would be; ``left_out`` has no place any more."""

    placed: list[Placed]
    left_out: list[Placed]


@dataclass(frozen=True, slots=True)
class Move:
    """What a repair does to one activity."""

    before: Placed
    after: Placed


def moves(before: Iterable[Placed], after: Iterable[Placed]) -> list[Move]:
    """The difference of two schedules, by new start."""
    was = {one.activity.id: one for one in before}
    changed = [
        Move(was[one.activity.id], one)
        for one in after
        if (was[one.activity.id].start, set(was[one.activity.id].resources))
        != (one.start, set(one.resources))
    ]
    return sorted(changed, key=lambda move: (move.after.start, move.after.activity.id))


def push(instance: Instance, placed: Sequence[Placed], now: Now) -> Repair:
    """Everything in its order and where it was, each as soon as it can be and no sooner than planned."""
    settled = [one for one in placed if now.is_settled(one)]
    board, done = Board(instance, settled), list(settled)
    left_out: list[Placed] = []
    after_of: dict[str, int] = {}
    for cluster in clusters(instance, (one for one in placed if not now.is_settled(one))):
        used = {id_ for one in cluster for id_ in one.resources}
        least = max([now.minute, cluster[0].start, *(after_of.get(id_, 0) for id_ in used)])
        shifted = _soonest(instance, board, cluster, least)
        if shifted is None:
            left_out += cluster
            continue
        for one in shifted:
            board.add(one)
        done += shifted
        # The next one on these resources comes no sooner than this one: the order stays.
        after_of |= dict.fromkeys(used, shifted[0].start)
    return Repair(done, left_out)


def _soonest(instance: Instance, board: Board, cluster: list[Placed], least: int) -> list[Placed] | None:
    slot = instance.slot_min
    for start in range(-(-least // slot) * slot, instance.horizon, slot):
        shifted = [replace(one, start=start) for one in cluster]
        if all(board.may_stand(one) for one in shifted):
            return shifted
    return None


def swapped(instance: Instance, placed: Sequence[Placed], now: Now, first: str, second: str) -> Repair:
    """Two activities in each other's places. Raises KeyError for one that is not placed, ValueError for a settled one.

    Whether the result keeps the rules is for the checker to say.
    """
    by_id = {one.activity.id: one for one in placed}
    one, other = by_id[first], by_id[second]
    if now.is_settled(one) or now.is_settled(other):
        raise ValueError("settled")
    by_id[first] = replace(one, start=other.start, resources=other.resources)
    by_id[second] = replace(other, start=one.start, resources=one.resources)
    return Repair(list(by_id.values()), [])


def fewest_moves(
    instance: Instance, placed: Sequence[Placed], now: Now, within_s: float = 20.0, seed: int = 0
) -> Repair | None:
    """The schedule mended by moving as few activities as can be, each as little as can be; None where none was found.

    Only what is touched may move at first: what breaks a rule as things are now, or should have begun. Then more and
    more around it.
    """
    touched = _touched(instance, placed, now)
    if not touched:
        return Repair(list(placed), [])
    for more in WIDER:
        free = touched | _nearest(instance, placed, now, touched, more)
        found = _Mending(instance, placed, now, free).solve(within_s / len(WIDER), seed)
        if found is not None:
            return Repair(found, [])
    return None


def _touched(instance: Instance, placed: Sequence[Placed], now: Now) -> set[str]:
    """What breaks a rule and may move, with whoever begins together with it."""
    broken = {id_ for one in broken_rules(instance, placed) for id_ in one["activities"]}
    broken |= {one.activity.id for one in placed if now.is_overdue(one)}
    may_move = {one.activity.id for one in placed if not now.is_settled(one)}
    touched = set(broken)
    for cluster in clusters(instance, placed):
        ids = {one.activity.id for one in cluster}
        if ids & broken:
            touched |= ids
    return touched & may_move


def _nearest(
    instance: Instance, placed: Sequence[Placed], now: Now, touched: set[str], count: int
) -> set[str]:
    """The movable activities closest in time that share a kind of resource or a person with what is touched."""
    theirs = [one for one in placed if one.activity.id in touched]
    kinds = {need.kind for one in theirs for need in one.activity.needs}
    people = {person for one in theirs for person in instance.busy(one.activity)}
    near = [
        (min(abs(one.start - other.start) for other in theirs), one.activity.id)
        for one in placed
        if not now.is_settled(one)
        and one.activity.id not in touched
        and (kinds & {need.kind for need in one.activity.needs} or people & instance.busy(one.activity))
    ]
    return {id_ for _, id_ in sorted(near)[:count]}


class _Mending:
    """A yes or no for each place that an activity which may move could have, beside those that stay."""

    def __init__(self, instance: Instance, placed: Sequence[Placed], now: Now, free: set[str]) -> None:
        self._instance, self._now = instance, now
        self._stay = [one for one in placed if one.activity.id not in free]
        self._free = [one for one in placed if one.activity.id in free]
        self._model = cp_model.CpModel()
        board = Board(instance, self._stay)
        self._options: dict[str, list[tuple[Placed, cp_model.IntVar]]] = {
            one.activity.id: [(place, self._model.new_bool_var("")) for place in self._places(board, one)]
            for one in self._free
        }
        for options in self._options.values():
            self._model.add(sum(chosen for _, chosen in options) == 1)
        self._keep_resources()
        self._keep_people_apart()
        self._begin_together()
        self._model.minimize(sum(self._costs()))

    def solve(self, within_s: float, seed: int) -> list[Placed] | None:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = within_s
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = 1
        if solver.solve(self._model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        mended = [
            place for options in self._options.values() for place, chosen in options if solver.value(chosen)
        ]
        return [*self._stay, *mended]

    def _places(self, board: Board, one: Placed) -> Iterator[Placed]:
        activity, slot = one.activity, self._instance.slot_min
        first = -(-self._now.minute // slot) * slot
        for used in _choices(activity):
            for start in range(first, self._instance.horizon - activity.duration_min + 1, slot):
                place = replace(one, start=start, resources=used)
                if board.may_stand(place):
                    yield place

    def _costs(self) -> Iterator[cp_model.LinearExprT]:
        for one in self._free:
            for place, chosen in self._options[one.activity.id]:
                is_elsewhere = set(place.resources) != set(one.resources)
                if place.start != one.start or is_elsewhere:
                    yield (MOVE + abs(place.start - one.start) + ELSEWHERE * is_elsewhere) * chosen

    def _keep_resources(self) -> None:
        """At every moment no more than a resource takes, those that stay and changeovers counted in."""
        slot = self._instance.slot_min
        used: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        for options in self._options.values():
            for place, chosen in options:
                for id_ in place.resources:
                    rest = self._instance.resources[id_].changeover_min
                    for moment in range(place.start, place.end + rest, slot):
                        used[id_, moment].append(chosen)
        taken: dict[tuple[str, int], int] = defaultdict(int)
        for one in self._stay:
            for id_ in one.resources:
                for moment in range(one.start, one.end + self._instance.resources[id_].changeover_min, slot):
                    taken[id_, moment] += 1
        for (id_, moment), chosen_now in used.items():
            left = self._instance.resources[id_].capacity - taken[id_, moment]
            self._model.add(sum(chosen_now) <= max(0, left))

    def _keep_people_apart(self) -> None:
        for one, other in combinations(self._free, 2):
            if self._instance.busy(one.activity) & self._instance.busy(other.activity):
                self._keep_apart(one.activity, other.activity)

    def _keep_apart(self, one: Activity, other: Activity) -> None:
        mine, theirs = self._by_start(one), self._by_start(other)
        for (start, ours), (other_start, others) in product(mine.items(), theirs.items()):
            if not apart(self._instance, Placed(one, start, ()), Placed(other, other_start, ())):
                self._model.add(sum(ours) + sum(others) <= 1)

    def _by_start(self, activity: Activity) -> dict[int, list[cp_model.IntVar]]:
        found: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for place, chosen in self._options[activity.id]:
            found[place.start].append(chosen)
        return found

    def _begin_together(self) -> None:
        """At each moment from now on the resources of a group begin equally often."""
        for group in self._instance.together:
            begun: dict[str, dict[int, list[cp_model.LinearExprT]]] = {
                id_: defaultdict(list) for id_ in group
            }
            for one in self._stay:
                for id_ in set(one.resources) & set(group):
                    begun[id_][one.start].append(1)
            for options in self._options.values():
                for place, chosen in options:
                    for id_ in set(place.resources) & set(group):
                        begun[id_][place.start].append(chosen)
            starts = {start for by_start in begun.values() for start in by_start if start >= self._now.minute}
            for start in starts:
                for other in group[1:]:
                    self._model.add(sum(begun[other][start]) == sum(begun[group[0]][start]))


def _choices(activity: Activity) -> Iterator[tuple[str, ...]]:
    """The sets of resources that meet its needs."""
    seen: set[frozenset[str]] = set()
    for parts in product(*(combinations(need.among, need.count) for need in activity.needs)):
        used = tuple(id_ for part in parts for id_ in part)
        if len(set(used)) == len(used) and frozenset(used) not in seen:
            seen.add(frozenset(used))
            yield used
