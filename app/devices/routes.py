"""Where field controllers send readings and heartbeats."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, current_app, request
from flask_login import current_user
from pydantic import ValidationError

from ..accounts.access import access
from ..eventlog.chain import instant, utc_now
from ..eventlog.deciding import Actor, Command, Refusal, Target, pydantic_problems
from ..eventlog.fold import State
from ..live.feed import Feed
from ..pipeline import Pipeline, content_digest
from ..problems import json_response, problem
from ..runs.clock import between_us
from ..runs.fields import Fields
from ..runs.state import Runs
from .health import Health
from .schemas import Heartbeat, Reading, ReadingBatch, RecordReading
from .state import Controllers

blueprint = Blueprint("devices", __name__, url_prefix="/api/v1")


@blueprint.post("/readings")
@access("field_controller")
def post_readings() -> Response:
    """Store a batch, oldest first; a reading sent again is known by (device, boot, seq) and stored once."""
    try:
        batch = ReadingBatch.model_validate_json(request.get_data())
    except ValidationError as error:
        return problem(400, "payload_invalid", pydantic_problems(error))
    actor: Actor = current_user.actor
    pipeline: Pipeline = current_app.extensions["pipeline"]
    commands = [_command(batch, reading, actor) for reading in batch.readings]
    receipts = pipeline.submit(commands, actor) if commands else []
    refused = next((receipt for receipt in receipts if receipt["status"] != "accepted"), None)
    if refused:
        status = 409 if refused["code"] == "id_reused" else 422
        return problem(status, refused["code"], facts=refused["facts"])
    with pipeline.reading():
        state = pipeline.state(f"c/{actor.competition}")
        through = state[Controllers].stored_through(batch.device, batch.boot) if state else None
    return json_response({"stored_through": through})


@blueprint.post("/devices/heartbeat")
@access("field_controller")
def post_heartbeat() -> Response:
    """Take in a controller's health; tell it its configuration and the run it is armed for."""
    try:
        heartbeat = Heartbeat.model_validate_json(request.get_data())
    except ValidationError as error:
        return problem(400, "payload_invalid", pydantic_problems(error))
    actor: Actor = current_user.actor
    field = controller_field(actor)
    health: Health = current_app.extensions["health"]
    feed: Feed = current_app.extensions["feed"]
    health.beat(str(actor.competition), field, heartbeat)
    feed.publish_health(str(actor.competition))
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        state = pipeline.state(f"c/{actor.competition}")
        if state is None:
            return problem(404, "competition_unknown", facts={"slug": actor.competition})
        wiring = state[Controllers].wiring(field)
        config, armed = wiring.configuration(heartbeat.device), _armed(state, wiring.lanes(field))
        tested = state[Fields].is_tested(field)
    body = {"config": config, "armed": armed, "tested": tested, "server_time_utc": instant(utc_now())}
    return json_response(body | {"epoch": pipeline.epoch})


def controller_field(actor: Actor) -> str:
    """The one field a controller serves. Raises Refusal if its account names none."""
    if not actor.fields or actor.competition is None:
        raise Refusal("field_unknown", field="")
    return actor.fields[0]


def _command(batch: ReadingBatch, reading: Reading, actor: Actor) -> Command:
    """A reading's command has the id its key gives it, so that the receipt of the first sending answers all others.

    Only what the board claimed is compared: a bridge may map the same ticks to UTC a little better the second time.
    """
    payload = RecordReading(
        device=batch.device,
        boot=batch.boot,
        origin=batch.origin,
        fit=batch.fit,
        age_us=between_us(reading.at_utc, batch.sent_at_utc) if batch.sent_at_utc else None,
        reading=reading,
    )
    address = f"c/{actor.competition}/field/{controller_field(actor)}"
    key = f"{actor.competition}/{batch.device}/{batch.boot}/{reading.seq}"
    claim = [reading.channel, reading.edge, reading.ticks]
    digest = content_digest(actor.account, "RecordReading", address, None, claim)
    return Command(str(uuid5(NAMESPACE_URL, key)), "RecordReading", Target.parse(address), payload, digest)


def _armed(state: State, fields: list[str]) -> dict[str, str] | None:
    """The run that the field, or one of the lanes its boards serve, is armed for."""
    for field in fields:
        run = state[Runs].on_field(field)
        if run is not None and run.armed and run.clock.finish is None:
            return {"run": run.id}
    return None
