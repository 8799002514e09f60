"""What crosses the wire about start lists."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..competitions.schemas import Code
from ..eventlog.deciding import Payload


class DrawStartList(Payload):
    """Draw the order of a division's entries on a field; the same ``seed`` draws the same order again."""

    field: Code
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
