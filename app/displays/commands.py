"""Commands that put screens up and steer them."""

from __future__ import annotations

from ..competitions.commands import ORGANISER, existing
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .schemas import AddScreen, SetScreen
from .state import Screens


@command(AddScreen, on="competition", roles=ORGANISER)
def add_screen(state: State, target: Target, payload: AddScreen, context: Context) -> Decision:
    """A screen's id is its competition's slug and its code, so that it is one of a kind in the installation."""
    screen_id = f"{existing(state).slug}-{payload.code}"
    if screen_id in state[Screens].by_id:
        raise Refusal("screen_exists", [Problem("screen_exists", "code")], code=payload.code)
    return Decision(
        [Event("ScreenAdded", {"id": screen_id, "name": payload.name, "competition": existing(state).slug})]
    )


@command(SetScreen, on="screen", roles=ORGANISER)
def set_screen(state: State, target: Target, payload: SetScreen, context: Context) -> Decision:
    setup = existing(state)
    if target.id not in state[Screens].by_id:
        raise Refusal("screen_unknown", screen=target.id)
    if payload.field and payload.field not in setup.fields:
        raise Refusal("field_unknown", [Problem("field_unknown", "field")], field=payload.field)
    if payload.division and payload.division not in setup.divisions:
        raise Refusal(
            "division_unknown",
            [Problem("division_unknown", "division")],
            division=payload.division,
            known=", ".join(setup.divisions),
        )
    return Decision([Event("ScreenSet", {"id": target.id, **payload.model_dump()})])
