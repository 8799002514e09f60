"""Commands that decide who runs when."""

from __future__ import annotations

import random
import secrets

from uuid_utils import uuid7

from ..competitions.commands import ORGANISER, existing
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .schemas import DrawStartList
from .state import Schedule

TIMED = "timed"
"""The kind of ruleset whose entries run one by one; matches and judged projects need draws of their own."""


@command(DrawStartList, on="division", roles=ORGANISER)
def draw_start_list(state: State, target: Target, payload: DrawStartList, context: Context) -> Decision:
    """Every entry runs its first attempt in the drawn order, then all their second ones, and so on."""
    setup = existing(state)
    division = setup.divisions.get(target.id)
    if division is None:
        raise Refusal("division_unknown", division=target.id, known=", ".join(setup.divisions))
    if payload.field not in setup.fields:
        raise Refusal("field_unknown", [Problem("field_unknown", "field")], field=payload.field)
    if target.id in state[Schedule].start_lists:
        raise Refusal("start_list_drawn", division=target.id)
    if division.ruleset.kind != TIMED:
        raise Refusal("division_not_timed", division=target.id)
    entries = state[Entries].to_draw(target.id)
    if not entries:
        raise Refusal("division_empty", division=target.id)
    seed = secrets.randbits(32) if payload.seed is None else payload.seed
    random.Random(seed).shuffle(entries)  # noqa: S311 (a draw that can be shown again)
    runs = [
        {"id": str(uuid7()), "entry": entry, "attempt": attempt}
        for attempt in range(1, division.ruleset.attempts.count + 1)
        for entry in entries
    ]
    data = {"division": target.id, "field": payload.field, "seed": seed, "entries": entries, "runs": runs}
    return Decision([Event("StartListDrawn", data)])
