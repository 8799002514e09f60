"""Commands of the organiser: the terms applications come in under, and the answer to each."""

from __future__ import annotations

from uuid_utils import uuid7

from ..competitions.commands import ORGANISER, existing
from ..entries.state import Entries
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..eventlog.instants import is_in_our_years
from ..eventlog.models import Note
from .commands import found, new_link, revoking, version_of
from .limits import reached_by
from .schemas import (
    AcceptApplication,
    PutOnWaitingList,
    ReplaceApplicationLink,
    ReturnApplication,
    SetApplicationTerms,
)
from .state import Application, Applications


def terms_version(state: State, target: Target) -> int:
    """The version of the terms; 0 until they were set."""
    return state[Applications].terms_version


@command(
    SetApplicationTerms,
    on="competition",
    roles=ORGANISER,
    version_of=terms_version,
    changed_by=["ApplicationTermsSet"],
)
def set_application_terms(
    state: State, target: Target, payload: SetApplicationTerms, context: Context
) -> Decision:
    unknown = payload.divisions.keys() - existing(state).divisions.keys()
    if unknown:
        facts = {"division": ", ".join(sorted(unknown)), "known": ", ".join(existing(state).divisions)}
        raise Refusal("division_unknown", [Problem("division_unknown", "divisions")], **facts)
    if payload.deadline is not None and not is_in_our_years(payload.deadline):
        raise Refusal("payload_invalid", [Problem("field_year_wrong", "deadline")])
    return Decision([Event("ApplicationTermsSet", payload.model_dump(mode="json"))])


@command(AcceptApplication, on="application", roles=ORGANISER, version_of=version_of)
def accept_application(
    state: State, target: Target, payload: AcceptApplication, context: Context
) -> Decision:
    application = _undecided(state, target)
    reached = reached_by(state, application)
    if reached:
        raise Refusal("limits_reached", reached)
    first = state[Entries].next_number
    events = [
        Event(
            "EntryRegistered",
            {
                "entry": place.entry,
                "number": number,
                "division": place.division,
                "card": {"id": place.card, "digest": place.card_digest},
                "people": list(application.people),
            },
        )
        for number, place in enumerate(application.places, first)
    ]
    return Decision([*events, Event("ApplicationAccepted", {"application": application.id})])


@command(ReturnApplication, on="application", roles=ORGANISER, version_of=version_of)
def return_application(
    state: State, target: Target, payload: ReturnApplication, context: Context
) -> Decision:
    application = _undecided(state, target)
    note = Note.seal(str(uuid7()), state.chain, payload.note)
    data = {"application": application.id, "note": {"id": note.id, "digest": note.digest}}
    return Decision([Event("ApplicationReturned", data)], [note])


@command(PutOnWaitingList, on="application", roles=ORGANISER, version_of=version_of)
def put_on_waiting_list(
    state: State, target: Target, payload: PutOnWaitingList, context: Context
) -> Decision:
    application = _undecided(state, target)
    return Decision([Event("ApplicationPutOnWaitingList", {"application": application.id})])


@command(ReplaceApplicationLink, on="application", roles=ORGANISER, internal=True)
def replace_application_link(
    state: State, target: Target, payload: ReplaceApplicationLink, context: Context
) -> Decision:
    application = found(state, target.id)
    statements = [revoking(application.id, context)]
    if payload.token_digest:
        statements.append(new_link(state, application.id, payload.token_digest, context))
    renewed = payload.token_digest is not None
    data = {"application": application.id, "renewed": renewed}
    return Decision([Event("ApplicationLinkReplaced", data)], [], statements)


def _undecided(state: State, target: Target) -> Application:
    application = found(state, target.id)
    if application.status == "accepted":
        raise Refusal("application_accepted")
    return application
