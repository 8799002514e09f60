"""Commands about people: consenting and taking it back, how long they are kept; and how they are erased."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Executable, delete
from uuid_utils import uuid7

from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .consents import texts
from .models import Consent, Person
from .schemas import GiveConsent, RevokeConsent, SetRetention
from .state import Known, People

ORGANISER = ("organiser",)
SIGNERS = ("organiser", "guardian")
AT_A_TIME = 500
"""Ids one statement names; SQLite bounds how many it may."""


@command(SetRetention, on="competition", roles=ORGANISER)
def set_retention(state: State, target: Target, payload: SetRetention, context: Context) -> Decision:
    return Decision([Event("RetentionSet", {"until": payload.until.isoformat()})])


@command(GiveConsent, on="competition", roles=SIGNERS, internal=True)
def give_consent(state: State, target: Target, payload: GiveConsent, context: Context) -> Decision:
    person = _known(state, payload.person)
    if payload.version not in texts():
        raise Refusal("consent_text_unknown", version=payload.version)
    row = Consent(
        id=str(uuid7()),
        chain=state.chain,
        person_id=person.id,
        signed_by=payload.signed_by,
        relation=payload.relation,
    ).seal_up()
    data = {
        "person": person.id,
        "consent": {"id": row.id, "digest": row.digest},
        "version": payload.version,
        "text": texts()[payload.version].digest,
        **payload.model_dump(include={"results", "photo", "contact"}),
    }
    return Decision([Event("ConsentGiven", data)], [row])


@command(RevokeConsent, on="competition", roles=SIGNERS, internal=True, keeps_refusals=False)
def revoke_consent(state: State, target: Target, payload: RevokeConsent, context: Context) -> Decision:
    person = _known(state, payload.person)
    if person.ticks is None or person.ticks.revoked:
        raise Refusal("consent_not_given")
    return Decision([Event("ConsentRevoked", {"person": person.id})])


def erasing(people: Iterable[str]) -> list[Executable]:
    """The statements that erase people; their consents and places in teams go with them."""
    ids = list(people)
    return [
        delete(Person).where(Person.id.in_(ids[at : at + AT_A_TIME])) for at in range(0, len(ids), AT_A_TIME)
    ]


def _known(state: State, person: str) -> Known:
    known = state[People].by_id.get(person)
    if known is None:
        raise Refusal("person_unknown")
    return known
