"""Commands that set a competition up."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from .rulesets import pinned, shipped, shipped_text
from .schemas import AddDivision, AddField, CreateCompetition, Slug
from .state import Setup

ORGANISER = ("organiser",)


@command(CreateCompetition, on="competition", roles=ORGANISER)
def create_competition(
    state: State, target: Target, payload: CreateCompetition, context: Context
) -> Decision:
    if context.actor.competition is not None:
        raise Refusal("not_allowed", role=context.actor.role)
    if state[Setup].exists:
        raise Refusal("competition_exists", [Problem("competition_exists", "slug")], slug=target.id)
    try:
        TypeAdapter(Slug).validate_python(target.id)
    except ValidationError:
        raise Refusal("slug_invalid", [Problem("slug_invalid", "slug")], slug=target.id) from None
    return Decision([Event("CompetitionCreated", {"slug": target.id, **payload.model_dump(mode="json")})])


@command(AddField, on="competition", roles=ORGANISER)
def add_field(state: State, target: Target, payload: AddField, context: Context) -> Decision:
    setup = existing(state)
    if payload.code in setup.fields:
        raise Refusal("field_exists", [Problem("field_exists", "code")], code=payload.code)
    return Decision([Event("FieldAdded", payload.model_dump())])


@command(AddDivision, on="competition", roles=ORGANISER)
def add_division(state: State, target: Target, payload: AddDivision, context: Context) -> Decision:
    setup = existing(state)
    if payload.code in setup.divisions:
        raise Refusal("division_exists", [Problem("division_exists", "code")], code=payload.code)
    text = shipped_text(payload.discipline)
    if text is None:
        raise Refusal(
            "discipline_unknown", [Problem("discipline_unknown", "discipline")], known=", ".join(shipped())
        )
    data = payload.model_dump() | {"ruleset": text, "ruleset_digest": pinned(text).digest}
    return Decision([Event("DivisionAdded", data)])


def existing(state: State) -> Setup:
    """The set-up of a competition that exists. Raises Refusal if it does not."""
    setup = state[Setup]
    if not setup.exists:
        raise Refusal("competition_unknown", slug=state.chain.removeprefix("c/"))
    return setup
