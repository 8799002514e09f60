"""A schedule where there is slack, or where resources fit some activities and not others: intervals, solved by CP-SAT.

It knows every rule of the format, and counts nothing together: for some hundred activities, not for thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from ortools.sat.python import cp_model

from .instance import Activity, Instance, Placed

MOST_ACTIVITIES = 250
"""Beyond these the model takes longer to build than there is time to solve it."""


class IntervalModel:
    """One instance, to end as early as it can."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._model = cp_model.CpModel()
        self._starts = {one.id: self._start(one) for one in instance.activities.values()}
        self._chosen: dict[tuple[str, str], cp_model.IntVar] = {}
        self._last = self._model.new_int_var(0, instance.horizon, "")
        for activity in instance.activities.values():
            self._model.add(self._last >= self._starts[activity.id] + activity.duration_min)
            self._meet_needs(activity)
        self._keep_resources()
        self._keep_people_apart()
        self._keep_order()
        self._begin_together()
        self._model.minimize(self._last)

    def hint(self, placed: Iterable[Placed]) -> None:
        """Begin the search from a schedule that is known."""
        for one in placed:
            self._model.add_hint(self._starts[one.activity.id], one.start)
            for id_ in one.resources:
                self._model.add_hint(self._chosen[one.activity.id, id_], True)

    def solve(self, within_s: float, seed: int, workers: int = 2) -> tuple[list[Placed] | None, int | None]:
        """A schedule, None where none was found; and the end that is proven to be the earliest possible at best.

        The second is None where it is proven that there is no schedule at all.
        """
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = within_s
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        status = solver.solve(self._model)
        if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
            return None, None
        least = max(0, round(solver.best_objective_bound))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, least
        placed = [
            Placed(
                activity,
                solver.value(self._starts[activity.id]),
                tuple(id_ for id_ in self._instance.resources if self._is_chosen(solver, activity, id_)),
            )
            for activity in self._instance.activities.values()
        ]
        return placed, least

    def _is_chosen(self, solver: cp_model.CpSolver, activity: Activity, id_: str) -> bool:
        chosen = self._chosen.get((activity.id, id_))
        return chosen is not None and bool(solver.value(chosen))

    def _start(self, activity: Activity) -> cp_model.IntVar:
        fixed = self._instance.fixed.get(activity.id)
        last = self._instance.horizon - activity.duration_min
        if self._instance.slot_min == 1 and not fixed:
            return self._model.new_int_var(0, max(last, 0), "")
        starts = [fixed.start] if fixed else range(0, max(last, 0) + 1, self._instance.slot_min)
        return self._model.new_int_var_from_domain(cp_model.Domain.from_values(list(starts)), "")

    def _meet_needs(self, activity: Activity) -> None:
        """Each need has its resources, and each resource taken serves one need, while it is open."""
        taken: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for need in activity.needs:
            options = {id_: self._model.new_bool_var("") for id_ in need.among}
            self._model.add(sum(options.values()) == need.count)
            for id_, option in options.items():
                taken[id_].append(option)
        fixed = self._instance.fixed.get(activity.id)
        for id_, options_of in taken.items():
            chosen = self._model.new_bool_var("")
            self._model.add(sum(options_of) == chosen)
            self._chosen[activity.id, id_] = chosen
            hours = [
                [opens, closes - activity.duration_min]
                for opens, closes in self._instance.resources[id_].open
                if closes - activity.duration_min >= opens
            ]
            self._model.add_linear_expression_in_domain(
                self._starts[activity.id], cp_model.Domain.from_intervals(hours)
            ).only_enforce_if(chosen)
            if fixed and fixed.resources:
                self._model.add(chosen == (id_ in fixed.resources))

    def _keep_resources(self) -> None:
        users: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        for (activity_id, id_), chosen in self._chosen.items():
            lasts = (
                self._instance.activities[activity_id].duration_min
                + self._instance.resources[id_].changeover_min
            )
            users[id_].append(
                self._model.new_optional_fixed_size_interval_var(self._starts[activity_id], lasts, chosen, "")
            )
        for id_, intervals in users.items():
            capacity = self._instance.resources[id_].capacity
            if capacity == 1:
                self._model.add_no_overlap(intervals)
            else:
                self._model.add_cumulative(intervals, [1] * len(intervals), capacity)

    def _keep_people_apart(self) -> None:
        by_person: dict[str, list[Activity]] = defaultdict(list)
        for activity in self._instance.activities.values():
            for person in self._instance.busy(activity):
                by_person[person].append(activity)
        pairs = {
            (one.id, other.id): self._instance.gap_min(one.kind, other.kind)
            for mine in by_person.values()
            for one, other in combinations(mine, 2)
        }
        for (first, second), gap_min in pairs.items():
            one, other = self._instance.activities[first], self._instance.activities[second]
            is_first = self._model.new_bool_var("")
            self._follows(other, one, gap_min).only_enforce_if(is_first)
            self._follows(one, other, gap_min).only_enforce_if(~is_first)

    def _keep_order(self) -> None:
        for rule in self._instance.before:
            for first in self._instance.activities.values():
                for then in self._instance.activities.values():
                    is_theirs = set(first.entries) & set(then.entries)
                    if is_theirs and (first.kind, then.kind) == (rule.first, rule.then) and first is not then:
                        self._follows(then, first, rule.min)

    def _follows(self, then: Activity, first: Activity, gap_min: int) -> cp_model.Constraint:
        return self._model.add(self._starts[then.id] >= self._starts[first.id] + first.duration_min + gap_min)

    def _begin_together(self) -> None:
        """Whoever takes one of a group has, for each other one of it, somebody who takes that at the same moment."""
        for group in self._instance.together:
            users = {id_: [one for one, used in self._chosen if used == id_] for id_ in group}
            for id_, mine in users.items():
                for other_id in group:
                    if other_id != id_:
                        for one in mine:
                            self._has_partner(one, id_, users[other_id], other_id)

    def _has_partner(self, one: str, id_: str, others: list[str], other_id: str) -> None:
        partners = []
        for other in others:
            if other == one:
                partners.append(self._chosen[other, other_id])
                continue
            is_partner = self._model.new_bool_var("")
            self._model.add(self._starts[other] == self._starts[one]).only_enforce_if(is_partner)
            self._model.add_implication(is_partner, self._chosen[other, other_id])
            partners.append(is_partner)
        self._model.add(sum(partners) >= 1).only_enforce_if(self._chosen[one, id_])
