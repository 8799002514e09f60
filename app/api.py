"""The JSON API's core: commands in, and the description of everything that crosses the wire."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint, Response, current_app, request
from flask_login import current_user
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .accounts.access import access, public
from .command_kinds import COMMANDS
from .eventlog.deciding import Actor, Command, Refusal, pydantic_problems
from .messages import sentence
from .openapi import description
from .pipeline import Pipeline, Receipt, make_command
from .problems import error_shape, json_response, problem

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
    """A command as it crosses the wire; its payload is checked by its type."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: CommandId
    type: Annotated[str, Field(max_length=40)]
    target: Annotated[str, Field(max_length=200)]
    expected_version: int | None = None
    made_at: Annotated[str, Field(max_length=40)] | None = None
    made_by: Annotated[str, Field(max_length=40)] | None = None
    payload: dict[str, Any] = {}


class SentCommands(BaseModel):
    """A batch of commands, carried out in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    commands: Annotated[tuple[SentCommand, ...], Field(max_length=MOST_COMMANDS)]


@blueprint.post("/commands")
@access("organiser", "referee", "judge", "volunteer")
def post_commands() -> Response:
    try:
        sent = SentCommands.model_validate_json(request.get_data())
    except ValidationError as error:
        return problem(400, "command_malformed", pydantic_problems(error))
    return json_response({"receipts": carry_out(sent.commands, current_user.actor)})


def carry_out(sent: tuple[SentCommand, ...], actor: Actor) -> list[dict[str, Any]]:
    """Submit what is well formed, in order; refuse the rest; a receipt for each, with its sentence."""
    pipeline: Pipeline = current_app.extensions["pipeline"]
    refused: dict[int, Receipt] = {}
    commands: list[Command] = []
    for index, one in enumerate(sent):
        try:
            commands.append(_checked(one, actor))
        except Refusal as refusal:
            refused[index] = _refused(one.id, refusal, pipeline.epoch)
    stored = iter(pipeline.submit(commands, actor) if commands else ())
    return [receipt_shape(refused.get(index) or next(stored)) for index in range(len(sent))]


def receipt_shape(receipt: Receipt) -> dict[str, Any]:
    """A stored receipt with its sentences, in the asker's language."""
    facts = receipt["facts"]
    errors = [error_shape(e["code"], e["field"], e["row"], e["facts"]) for e in receipt["errors"]]
    return receipt | {"detail": sentence(receipt["code"], facts), "errors": errors}


@blueprint.get("/openapi.json")
@public
def get_openapi() -> Response:
    return json_response(description(SentCommands))


def _checked(sent: SentCommand, actor: Actor) -> Command:
    if sent.made_by is not None and sent.made_by != actor.account:
        raise Refusal("made_by_other")
    if sent.type in COMMANDS and COMMANDS[sent.type].internal:
        raise Refusal("command_internal")
    return make_command(sent.id, sent.type, sent.target, sent.payload, actor, sent.expected_version)


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
