"""Who may see which live topic: the public all but what is for the staff, a judge their own fields and sheets."""

from __future__ import annotations

from flask import current_app
from flask_login import current_user

from ..accounts.access import STAFF
from ..eventlog.deciding import Actor
from ..judging.state import Panels
from ..pipeline import Pipeline
from .snapshots import SHEETS, STAFF_ONLY, Topic

CHIEF = ("organiser", "referee")


def refusal(topic: str) -> str | None:
    """Why the asker may not see a topic; None where they may."""
    parsed = Topic.parse(topic)
    if parsed is None:
        return "topic_unknown"
    if parsed.kind not in STAFF_ONLY:
        return None
    if not current_user.is_authenticated:
        return "sign_in_needed"
    return None if _may_see(current_user.actor, parsed) else "not_allowed"


def _may_see(actor: Actor, topic: Topic) -> bool:
    if actor.role not in STAFF or not actor.may_reach(f"c/{topic.slug}"):
        return False
    if actor.role in CHIEF:
        return True
    if topic.kind == SHEETS:
        return topic.whose == actor.account
    return topic.kind != "judging" or _is_own_field(actor, topic)


def _is_own_field(actor: Actor, topic: Topic) -> bool:
    """Whether a judge is for this field, or sits in a panel there; one of no field in particular is for all."""
    if not actor.fields or topic.code in actor.fields:
        return True
    pipeline: Pipeline = current_app.extensions["pipeline"]
    with pipeline.reading():
        state = pipeline.state(f"c/{topic.slug}")
        return state is not None and topic.code in state[Panels].rooms_of(actor.account)
