"""Commands of a made competition, given to the one write path many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from uuid_utils import uuid7

from ..eventlog.deciding import SYSTEM, Actor
from ..pipeline import Pipeline, make_command


class Step(NamedTuple):
    """A command as whoever plays a part would send it."""

    type: str
    target: str
    payload: dict[str, Any]
    expected_version: int | None = None


def carry_out(pipeline: Pipeline, steps: Iterable[Step], actor: Actor = SYSTEM) -> None:
    """Submit ``steps`` as one batch. Raises RuntimeError if one of them is refused: the plan contradicts the rules."""
    commands = [
        make_command(str(uuid7()), step.type, step.target, step.payload, actor, step.expected_version)
        for step in steps
    ]
    for command, receipt in zip(commands, pipeline.submit(commands, actor), strict=True):
        if receipt["status"] != "accepted":
            raise RuntimeError(f"{command.type} {command.target.address} was refused: {receipt}")
