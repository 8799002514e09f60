"""The desk's page of the day: every field at this moment, and what waits for a person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template

from ...accounts.access import access
from ...backup.shipping import Shipper
from ...competitions.state import Setup
from ...devices.health import Health
from ...eventlog.chain import utc_now
from ...eventlog.fold import State
from ...live.shapes import run_shape
from ...live.snapshots import schedule_data
from ...runs.state import Runs
from ...schedule.state import Schedule
from ..submitting import pipeline, state_of
from .needs import backup_needs, minutes_left, needs, worker_needs

blueprint = Blueprint("desk_dashboard", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/now")
@access("organiser", "referee")
def now(slug: str) -> str:
    return _page(slug, "desk/dashboard.html")


@blueprint.get("/c/<slug>/now/cards")
@access("organiser", "referee")
def cards(slug: str) -> str:
    """The page's contents alone, which it asks for again and again."""
    return _page(slug, "desk/_dashboard.html")


def _panel(state: State, field: str) -> dict[str, int] | None:
    """How far the judges of a room are with their sheets; None where no panel sits."""
    runs = map(state[Runs].by_id.__getitem__, state[Schedule].queues.get(field, []))
    sheets = [run for run in runs if run.judge is not None and not run.is_void]
    return {"done": sum(run.is_confirmed for run in sheets), "all": len(sheets)} if sheets else None


def _page(slug: str, template: str) -> str:
    health: Health = current_app.extensions["health"]
    with pipeline().reading():
        state = state_of(slug)
        setup = state[Setup]
        schedule: dict[str, Any] = schedule_data(state, "") or {"fields": []}
        fields = [
            field
            | {
                "now": run_shape(state, run) if (run := state[Runs].on_field(field["code"])) else None,
                "minutes_left": minutes_left(state, field["code"]),
                "panel": _panel(state, field["code"]),
            }
            for field in schedule["fields"]
        ]
        shipper: Shipper | None = current_app.extensions["shipper"]
        backup = shipper.state() if shipper else None
        worker = worker_needs(current_app.extensions["settings"])
        waiting = [*backup_needs(backup), *worker, *needs(state, health, utc_now())]
        return render_template(template, setup=setup, slug=slug, fields=fields, needs=waiting, backup=backup)
