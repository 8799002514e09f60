"""What crosses the wire when a judge calls the chief judge."""

from __future__ import annotations

from typing import Literal, get_args

from ..eventlog.deciding import Payload
from ..runs.schemas import Remark
from ..runs.taps import Tap

CallReason = Literal["rules", "team", "field", "safety", "judge", "other"]
Outcome = Literal["stands", "changed", "replay", "explained", "other"]
REASONS: tuple[str, ...] = get_args(CallReason)
OUTCOMES: tuple[str, ...] = get_args(Outcome)


class CallReferee(Payload):
    """Call the chief judge to a run, a match or a field: a rule is unclear, the team disagrees, the field fails,
    somebody is in danger, a judge is needed, or as the note says. ``tap`` is when it was asked, if that was offline.
    """

    reason: CallReason
    note: Remark | None = None
    tap: Tap | None = None


class AnswerEscalation(Payload):
    """Say that one is coming, or what came of it: it stands, was changed, is held again, was explained.

    ``taken_back`` is for whoever called.
    """

    answer: Literal["coming", "settled", "taken_back"]
    outcome: Outcome | None = None
    note: Remark | None = None
