"""What the server's own pages and commands ask about archives."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..eventlog.deciding import History, Payload
from ..extensions import Base
from .contents import Digest


class TakeOverCompetition(Payload):
    """Take over a competition that was run on another installation.

    The server made ``history`` and ``rows`` of an archive with this digest, and has checked them.
    """

    model_config = Payload.model_config | {"arbitrary_types_allowed": True}

    archive: Digest
    made_at_utc: Annotated[str, Field(max_length=40)]
    history: History
    rows: list[Base]
