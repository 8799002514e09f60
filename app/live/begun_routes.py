"""Where tablets tell of the sheet that is being filled in; at best, and never in the way of what is handed in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask import Blueprint, Response, current_app, request
from flask_login import current_user
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..accounts.access import access
from ..competitions.state import Setup
from ..eventlog.chain import utc_now
from ..eventlog.deciding import Actor, Context, Refusal, Target, pydantic_problems
from ..eventlog.fold import State
from ..pipeline import Pipeline
from ..problems import json_response, problem
from ..runs.run import Run
from ..runs.targets import JUDGES, own_run
from .begun import BegunSheet, BegunSheets, Standing, without_words

blueprint = Blueprint("begun", __name__, url_prefix="/api/v1")

MOST_BYTES = 16_000
OF_AN_ACCOUNT = RateLimitItemPerMinute(120)
"""A tablet tells every two seconds at most; an account may be signed in on several."""
_limiter = FixedWindowRateLimiter(MemoryStorage())


class SheetBegun(BaseModel):
    """How far a sheet is, and how long ago it was changed last; without a ``sheet`` it is not begun any more."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: Annotated[str, Field(max_length=200)]
    version: int
    sheet: dict[str, Any] | None
    mark: Literal["DNS", "DNF", "DSQ"] | None = None
    changed_ms_ago: Annotated[int, Field(ge=0, le=86_400_000)] = 0


@blueprint.post("/begun-sheets")
@access(*JUDGES)
def post_begun_sheet() -> Response:
    actor: Actor = current_user.actor
    if (request.content_length or 0) > MOST_BYTES:
        return problem(413, "request_too_large")
    if not _limiter.hit(OF_AN_ACCOUNT, actor.account):
        return problem(429, "too_many_requests")
    try:
        told = SheetBegun.model_validate_json(request.get_data())
        target = Target.parse(told.target)
    except ValidationError as error:
        return problem(400, "payload_invalid", pydantic_problems(error))
    except ValueError:
        return problem(400, "target_unreadable")
    return _take(told, target, actor)


def _take(told: SheetBegun, target: Target, actor: Actor) -> Response:
    begun: BegunSheets = current_app.extensions["begun"]
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        state = pipeline.state(target.chain)
        if state is None or target.kind != "run" or not actor.may_reach(target.chain):
            return problem(404, "not_found")
        try:
            run = own_run(state, target, Context(actor, utc_now(), ""))
        except Refusal as refusal:
            return problem(403, refusal.code, facts=refusal.facts)
        if told.sheet is None:
            begun.drop(state.chain, run.id, actor.account)
        # What a tablet fills in from a version the run has left behind is a conflict to be, and not how it stands.
        elif told.version == run.version:
            begun.tell(_begun(state, run, told, told.sheet, actor, begun.now_s()))
    return json_response({"taken": True})


def _begun(
    state: State, run: Run, told: SheetBegun, sheet: dict[str, Any], actor: Actor, now_s: float
) -> BegunSheet:
    fields = state[Setup].divisions[run.division].ruleset.fields
    return BegunSheet(
        state.chain,
        run.id,
        actor.account,
        Standing.of(run, actor.account),
        run.armed,
        without_words(fields, sheet),
        told.mark,
        now_s - told.changed_ms_ago / 1000,
    )
