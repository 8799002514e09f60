"""The JSON API's core: commands in, and the description of everything that crosses the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from flask import Blueprint, Response, current_app, request
from flask_login import current_user
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from .accounts.access import access, public
from .accounts.handing_in import author_for
from .allowance import Allowance
from .command_kinds import COMMANDS
from .eventlog.deciding import Actor, Command, Problem, Refusal, pydantic_problems
from .messages import sentence
from .openapi import description
from .pipeline import Pipeline, Receipt, make_command
from .problems import error_shape, json_response, problem
from .runs.texts import told_event

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

MOST_COMMANDS = 200
CommandId = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-46-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"
    ),
]
"""A UUID of any version but 5: those the server makes itself, from the keys of readings."""


class SentCommand(BaseModel):
    """A command as it crosses the wire; its payload is checked by its type.

    With ``handed_in`` the sender vouches that ``made_by``, another account, made it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: CommandId
    type: Annotated[str, Field(max_length=40)]
    target: Annotated[str, Field(max_length=200)]
    expected_version: StrictInt | None = None
    made_at: Annotated[str, Field(max_length=40)] | None = None
    made_by: Annotated[str, Field(max_length=40)] | None = None
    handed_in: StrictBool = False
    payload: dict[str, Any] = {}


class SentCommands(BaseModel):
    """A batch of commands, carried out in order.

    ``epoch`` is the one the sender takes the server to be in: in another one nothing of the batch is taken.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    epoch: Annotated[StrictInt, Field(ge=1)] | None = None

    commands: Annotated[tuple[SentCommand, ...], Field(max_length=MOST_COMMANDS)]


@blueprint.post("/commands")
@access("organiser", "referee", "judge", "volunteer")
def post_commands() -> Response:
    allowance: Allowance = current_app.extensions["allowance"]
    wait_s = allowance.take(current_user.actor.account, len(request.get_data()))
    if wait_s:
        response = problem(429, "too_much_sent")
        response.headers["Retry-After"] = str(wait_s)
        return response
    try:
        sent = SentCommands.model_validate_json(request.get_data())
    except ValidationError as error:
        return problem(400, "command_malformed", pydantic_problems(error))
    if sent.epoch not in (None, _pipeline().epoch):
        # What the sender was told is stored may be lost: that comes first, before anything it made since.
        facts = {"epoch": _pipeline().epoch}
        return problem(409, "epoch_changed", [Problem("epoch_changed", "epoch", facts=facts)], facts)
    return json_response({"receipts": carry_out(sent.commands, current_user.actor)})


def carry_out(sent: tuple[SentCommand, ...], actor: Actor) -> list[dict[str, Any]]:
    """Submit what is well formed, in order; refuse the rest; a receipt for each, with its sentence."""
    pipeline = _pipeline()
    refused: dict[int, Receipt] = {}
    commands: list[Command] = []
    for index, one in enumerate(sent):
        try:
            commands.append(_checked(one, actor))
        except Refusal as refusal:
            refused[index] = _refused(one.id, refusal, pipeline.epoch)
    stored = iter(_with_texts(pipeline, commands, pipeline.submit(commands, actor)) if commands else ())
    return [receipt_shape(refused.get(index) or next(stored)) for index in range(len(sent))]


def _with_texts(pipeline: Pipeline, commands: list[Command], receipts: list[Receipt]) -> Iterator[Receipt]:
    """Receipts with the texts of the sheets that they say were changed: stored are their references alone."""
    for command, receipt in zip(commands, receipts, strict=True):
        if receipt["changed"]:
            with pipeline.reading():
                state = pipeline.state(command.target.chain)
                texts = state.texts if state else {}
                changed = [one | {"data": told_event(one["data"], texts)} for one in receipt["changed"]]
            receipt = receipt | {"changed": changed}
        yield receipt


def receipt_shape(receipt: Receipt) -> dict[str, Any]:
    """A stored receipt with its sentences, in the asker's language."""
    facts = receipt["facts"]
    errors = [error_shape(e["code"], e["field"], e["row"], e["facts"]) for e in receipt["errors"]]
    return receipt | {"detail": sentence(receipt["code"], facts), "errors": errors}


@blueprint.get("/openapi.json")
@public
def get_openapi() -> Response:
    return json_response(description(SentCommands))


def _pipeline() -> Pipeline:
    found: Pipeline = current_app.extensions["pipeline"]
    return found


def _checked(sent: SentCommand, actor: Actor) -> Command:
    if sent.type in COMMANDS and COMMANDS[sent.type].internal:
        raise Refusal("command_internal")
    author = _author(sent, actor)
    return make_command(
        sent.id, sent.type, sent.target, sent.payload, actor, sent.expected_version, author=author
    )


def _author(sent: SentCommand, actor: Actor) -> Actor | None:
    """Who made a command that ``actor`` hands in for them; None for one of their own. Raises Refusal."""
    if sent.made_by is None or sent.made_by == actor.account:
        return None
    if not sent.handed_in:
        raise Refusal("made_by_other")
    with current_app.extensions["engine"].connect() as connection:
        return author_for(connection, sent.made_by, actor, sent.type)


def _refused(command_id: str, refusal: Refusal, epoch: int) -> Receipt:
    return {
        "id": command_id,
        "status": "refused",
        "code": refusal.code,
        "facts": refusal.facts,
        "errors": [
            {"code": p.code, "field": p.field, "row": p.row, "facts": p.facts} for p in refusal.problems
        ],
        "changed": [],
        "version": None,
        "epoch": epoch,
    }
