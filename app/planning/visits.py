"""A panel that sees a team together, in its room: the sheets its judges have of a project are one activity."""

from __future__ import annotations

from ..arrivals.state import Arrivals
from ..eventlog.fold import State
from .places import INSPECTION
from .starts import VISIT, Start, start, visits_of
from .state import Plans

PANEL = "panel"


def joint_id(division: str, entry: str) -> str:
    return f"{PANEL}/{division}/{entry}"


def is_joint(state: State, one: Start) -> bool:
    plan = next((plan for plan in state[Plans].asked["divisions"] if plan["division"] == one.division), None)
    return one.kind == VISIT and plan is not None and bool(plan["jointly"])


def starts_behind(state: State, id_: str) -> list[Start]:
    """The starts that an activity of the plan is: one, or the sheets of a panel that sees a team together."""
    kind, _, rest = id_.partition("/")
    if kind == PANEL:
        return visits_of(state, rest.partition("/")[2])
    known = start(state, id_)
    return [known] if known else []


def is_settled(state: State, id_: str) -> bool:
    """Whether no plan moves it any more: it began, is over, or was called; an inspection, once there was one."""
    kind, _, entry = id_.partition("/")
    if kind == INSPECTION:
        return bool(state[Arrivals].inspections.get(entry))
    return any(one.is_settled for one in starts_behind(state, id_))
