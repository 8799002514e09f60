"""Commands that put screens up and steer them, and that tell the hall something."""

from __future__ import annotations

from datetime import timedelta

from uuid_utils import uuid7

from ..competitions.commands import ORGANISER, existing
from ..competitions.state import Setup
from ..eventlog.chain import Event, instant
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..matches.targets import open_match
from ..registry.regions import regions
from ..runs.targets import run_on_own_field
from .notices import Notices
from .schemas import (
    OF_A_DIVISION,
    OF_A_FIELD,
    AddScreen,
    Announce,
    CallMatch,
    CallRun,
    ClaimScreen,
    DescribeScreen,
    EndAnnouncement,
    LiftEmergency,
    RaiseEmergency,
    RemoveScreen,
    SetDelay,
    SetScreen,
    SetWall,
    Step,
)
from .state import Screens

CALLING = ("organiser", "referee")
MOST_ANNOUNCEMENTS = 3
"""At a time: more would leave a screen no room for anything else."""
LONGEST_ANNOUNCEMENT = timedelta(days=1)


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


@command(RaiseEmergency, on="competition", roles=CALLING)
def raise_emergency(state: State, target: Target, payload: RaiseEmergency, context: Context) -> Decision:
    existing(state)
    return Decision([Event("EmergencyRaised", payload.model_dump(mode="json"))])


@command(LiftEmergency, on="competition", roles=CALLING)
def lift_emergency(state: State, target: Target, payload: LiftEmergency, context: Context) -> Decision:
    existing(state)
    if state[Notices].emergency is None:
        raise Refusal("no_emergency")
    return Decision([Event("EmergencyLifted", {})])


@command(Announce, on="competition", roles=CALLING)
def announce(state: State, target: Target, payload: Announce, context: Context) -> Decision:
    existing(state)
    if not context.now < payload.until_at <= context.now + LONGEST_ANNOUNCEMENT:
        raise Refusal("announcement_over", [Problem("announcement_over", "until_at")])
    if len(state[Notices].current(context.now)) >= MOST_ANNOUNCEMENTS:
        raise Refusal("announcements_full", count=MOST_ANNOUNCEMENTS)
    data = {"id": str(uuid7()), "text": payload.text.in_all(), "until_utc": instant(payload.until_at)}
    return Decision([Event("Announced", data)])


@command(EndAnnouncement, on="competition", roles=CALLING)
def end_announcement(state: State, target: Target, payload: EndAnnouncement, context: Context) -> Decision:
    existing(state)
    if payload.announcement not in {one["id"] for one in state[Notices].announcements}:
        raise Refusal("announcement_unknown")
    return Decision([Event("AnnouncementEnded", {"id": payload.announcement})])


@command(SetWall, on="competition", roles=ORGANISER)
def set_wall(state: State, target: Target, payload: SetWall, context: Context) -> Decision:
    existing(state)
    return Decision([Event("WallSet", payload.model_dump(mode="json"))])


@command(SetDelay, on="competition", roles=CALLING)
def set_delay(state: State, target: Target, payload: SetDelay, context: Context) -> Decision:
    _check_field(existing(state), payload.field)
    return Decision([Event("DelaySet", payload.model_dump())])


@command(CallRun, on="run", roles=(*CALLING, "judge"))
def call_run(state: State, target: Target, payload: CallRun, context: Context) -> Decision:
    run = run_on_own_field(state, target, context)
    if run.is_confirmed:
        raise Refusal("run_confirmed", run=target.id)
    return Decision([Event("RunCalled", {"run": target.id})])


@command(CallMatch, on="match", roles=(*CALLING, "judge"))
def call_match(state: State, target: Target, payload: CallMatch, context: Context) -> Decision:
    match = open_match(state, target, context)
    return Decision([Event("MatchCalled", {"match": match.id})])


def _existing_screen(state: State, target: Target) -> None:
    if target.id not in state[Screens].by_id:
        raise Refusal("screen_unknown", screen=target.id)


def _check(setup: Setup, shown: SetScreen | Step) -> None:
    """Raises Refusal where a view lacks what it is of, or names what this competition does not have."""
    if shown.field:
        _check_field(setup, shown.field)
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


def _check_field(setup: Setup, code: str) -> None:
    if code not in setup.fields:
        raise Refusal("field_unknown", [Problem("field_unknown", "field")], field=code)
