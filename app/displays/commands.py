"""Commands that put screens up and steer them."""

from __future__ import annotations

from ..competitions.commands import ORGANISER, existing
from ..competitions.state import Setup
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..registry.regions import regions
from .schemas import (
    OF_A_DIVISION,
    OF_A_FIELD,
    AddScreen,
    ClaimScreen,
    DescribeScreen,
    RemoveScreen,
    SetScreen,
    Step,
)
from .state import Screens


@command(AddScreen, on="competition", roles=ORGANISER)
def add_screen(state: State, target: Target, payload: AddScreen, context: Context) -> Decision:
    """A screen's id is its competition's slug and its code, so that it is one of a kind in the installation."""
    slug = existing(state).slug
    screen_id = f"{slug}-{payload.code}"
    if screen_id in state[Screens].by_id:
        raise Refusal("screen_exists", [Problem("screen_exists", "code")], code=payload.code)
    described = payload.model_dump(exclude={"code"})
    return Decision([Event("ScreenAdded", {"id": screen_id, "competition": slug, **described})])


@command(DescribeScreen, on="screen", roles=ORGANISER)
def describe_screen(state: State, target: Target, payload: DescribeScreen, context: Context) -> Decision:
    _existing_screen(state, target)
    return Decision([Event("ScreenDescribed", {"id": target.id, **payload.model_dump()})])


@command(ClaimScreen, on="screen", roles=ORGANISER)
def claim_screen(state: State, target: Target, payload: ClaimScreen, context: Context) -> Decision:
    _existing_screen(state, target)
    return Decision([Event("ScreenClaimed", {"id": target.id, "device": payload.device})])


@command(RemoveScreen, on="screen", roles=ORGANISER)
def remove_screen(state: State, target: Target, payload: RemoveScreen, context: Context) -> Decision:
    _existing_screen(state, target)
    return Decision([Event("ScreenRemoved", {"id": target.id})])


@command(SetScreen, on="screen", roles=ORGANISER)
def set_screen(state: State, target: Target, payload: SetScreen, context: Context) -> Decision:
    setup = existing(state)
    _existing_screen(state, target)
    for shown in payload.steps or (payload,):
        _check(setup, shown)
    return Decision([Event("ScreenSet", {"id": target.id, **payload.model_dump(mode="json")})])


def _existing_screen(state: State, target: Target) -> None:
    if target.id not in state[Screens].by_id:
        raise Refusal("screen_unknown", screen=target.id)


def _check(setup: Setup, shown: SetScreen | Step) -> None:
    """Raises Refusal where a view lacks what it is of, or names what this competition does not have."""
    if shown.field and shown.field not in setup.fields:
        raise Refusal("field_unknown", [Problem("field_unknown", "field")], field=shown.field)
    if shown.region and shown.region not in regions():
        raise Refusal("region_unknown", [Problem("region_unknown", "region")], region=shown.region)
    if shown.division and shown.division not in setup.divisions:
        raise Refusal(
            "division_unknown",
            [Problem("division_unknown", "division")],
            division=shown.division,
            known=", ".join(setup.divisions),
        )
    if shown.view in OF_A_FIELD and shown.field is None:
        raise Refusal("view_needs_field", [Problem("view_needs_field", "field")])
    if shown.view in OF_A_DIVISION and shown.division is None:
        raise Refusal("view_needs_division", [Problem("view_needs_division", "division")])
