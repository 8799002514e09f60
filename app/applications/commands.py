"""Commands of whoever applies: handing an application in, changing it, taking it back, addresses for consents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, delete, insert, update
from uuid_utils import uuid7

from ..competitions.commands import existing
from ..entries.models import EntryCard, EntryPerson
from ..eventlog.chain import Event
from ..eventlog.deciding import Actor, Context, Decision, Problem, Refusal, Target, command
from ..eventlog.fold import State
from ..eventlog.models import Note
from ..registry.commands import erasing
from ..registry.models import Person, PersonalLink
from ..registry.naming import joined
from .checks import form_problems
from .limits import Held, Home
from .schemas import (
    Applicant,
    ChangeApplication,
    Form,
    MakeConsentLinks,
    SubmitApplication,
    WithdrawApplication,
)
from .state import Application, Applications

ANYONE = ("applicant", "organiser")
Reference = dict[str, str]


def version_of(state: State, target: Target) -> int:
    """The version of an application; 0 where there is none."""
    application = state[Applications].by_id.get(target.id)
    return application.version if application else 0


@command(SubmitApplication, on="application", roles=ANYONE, internal=True, keeps_refusals=False)
def submit_application(
    state: State, target: Target, payload: SubmitApplication, context: Context
) -> Decision:
    existing(state)
    if target.id in state[Applications].by_id:
        raise Refusal("id_reused")
    check_open(state, context.actor, context.now)
    _check(state, payload.form)
    decision = Decision()
    wanted, people = _sealed(decision, state, payload.form, {}, {})
    reached = _reached(state, payload.form)
    data = {
        "application": target.id,
        "wanted": wanted,
        "people": people,
        "status": "waiting" if reached else "submitted",
    }
    decision.events.append(Event("ApplicationSubmitted", data))
    decision.statements.append(_link(state.chain, "application", target.id, payload.token_digest, context))
    return decision


@command(
    ChangeApplication,
    on="application",
    roles=ANYONE,
    version_of=version_of,
    internal=True,
    keeps_refusals=False,
)
def change_application(
    state: State, target: Target, payload: ChangeApplication, context: Context
) -> Decision:
    """One that was accepted keeps its divisions; what it says of team and people goes over to its entries."""
    application = found(state, target.id)
    check_open(state, context.actor, context.now, application)
    _check(state, payload.form)
    places = {place.division: place.entry for place in application.places}
    is_accepted = application.status == "accepted"
    if is_accepted and set(places) != {one.division for one in payload.form.wanted}:
        raise Refusal("application_accepted", [Problem("application_accepted", "wanted")])
    known = {person["id"]: person for person in application.people}
    decision = Decision()
    wanted, people = _sealed(decision, state, payload.form, places, known)
    gone = sorted(known.keys() - {person["id"] for person in people})
    dropped = sorted(set(places.values()) - {one["entry"] for one in wanted})
    decision.statements += _forgetting(application, gone)
    decision.statements.append(delete(EntryPerson).where(EntryPerson.entry_id.in_(dropped)))
    status = "accepted" if is_accepted else "submitted"
    told = {"wanted": wanted, "people": people, "gone": gone, "dropped": dropped}
    if is_accepted:
        for one in wanted:
            change = {"entry": one["entry"], "card": one["card"], "people": people, "gone": gone}
            decision.events.append(Event("EntryChanged", change))
    elif _reached(state, payload.form):
        status = "waiting"
    decision.events.append(
        Event("ApplicationChanged", {"application": application.id, "status": status, **told})
    )
    return decision


@command(
    WithdrawApplication,
    on="application",
    roles=ANYONE,
    version_of=version_of,
    internal=True,
    keeps_refusals=False,
)
def withdraw_application(
    state: State, target: Target, payload: WithdrawApplication, context: Context
) -> Decision:
    application = found(state, target.id)
    if application.status == "accepted":
        raise Refusal("application_accepted")
    people = [person["id"] for person in application.people]
    data = {"application": application.id, "people": people}
    events = [Event("ApplicationWithdrawn", data), Event("PeopleErased", {"people": people})]
    return Decision(events, [], _forgetting(application, people))


@command(MakeConsentLinks, on="application", roles=ANYONE, internal=True)
def make_consent_links(state: State, target: Target, payload: MakeConsentLinks, context: Context) -> Decision:
    application = found(state, target.id)
    if not payload.digests.keys() <= {person["id"] for person in application.people}:
        raise Refusal("person_unknown")
    statements = []
    for person, digest in payload.digests.items():
        statements.append(revoking(person, context))
        statements.append(consent_link(state.chain, person, digest, context))
    data = {"application": application.id, "people": sorted(payload.digests)}
    return Decision([Event("ConsentLinksMade", data)], [], statements)


def found(state: State, id_: str) -> Application:
    """An application that was not withdrawn. Raises Refusal where there is none."""
    application = state[Applications].by_id.get(id_)
    if application is None or application.status == "withdrawn":
        raise Refusal("application_unknown")
    return application


def new_link(state: State, application: str, digest: str, context: Context) -> Executable:
    """The statement that gives an application another address."""
    return _link(state.chain, "application", application, digest, context)


def consent_link(chain: str, person: str, digest: str, context: Context) -> Executable:
    """The statement that gives a person's parent an address to consent at."""
    return _link(chain, "consent", person, digest, context)


def revoking(subject: str, context: Context) -> Executable:
    """The statement that revokes every address of an application or person."""
    return (
        update(PersonalLink)
        .where(PersonalLink.subject == subject, PersonalLink.revoked_at.is_(None))
        .values(revoked_at=context.now.replace(tzinfo=None))
    )


def check_open(state: State, actor: Actor, now: datetime, application: Application | None = None) -> None:
    """Raises Refusal where applications may not be handed in or changed; an organiser always may.

    One that was returned is to be mended, whatever the day: whoever returned it waits for it.
    """
    terms = state[Applications].terms
    if actor.role == "organiser" or (application is not None and application.status == "returned"):
        return
    if not terms.is_open:
        raise Refusal("applications_closed")
    if terms.is_over(now):
        raise Refusal("deadline_over")


def _check(state: State, form: Form) -> None:
    problems = form_problems(state, form)
    if problems:
        raise Refusal("payload_invalid", problems)


def _reached(state: State, form: Form) -> list[Problem]:
    home = Home.of(form.organisation, form.region, form.district)
    return Held(state).reached([one.division for one in form.wanted], home)


def _sealed(
    decision: Decision,
    state: State,
    form: Form,
    entries: Mapping[str, str],
    known: Mapping[str, Reference],
) -> tuple[list[dict[str, Any]], list[Reference]]:
    """Seal cards and people into the decision; what the event says of them.

    ``entries`` are the entry ids that divisions had already, ``known`` the people who may stay as they are.
    """
    wanted = []
    for one in form.wanted:
        card = EntryCard.seal(
            str(uuid7()), state.chain, form.team, form.organisation, form.region,
            organisation_kind=form.organisation_kind, district=form.district or None, robot=one.robot or None,
        )  # fmt: skip
        decision.rows.append(card)
        reference = {"id": card.id, "digest": card.digest}
        entry = entries.get(one.division) or str(uuid7())
        wanted.append({"entry": entry, "division": one.division, "card": reference})
    parts = [(form.coach, "coach"), *((member, "member") for member in form.members)]
    people = [_person(decision, state.chain, who, part, known) for who, part in parts]
    placed = {(place, person) for place in entries.values() for person in known}
    decision.rows += [
        EntryPerson(entry_id=place["entry"], person_id=person["id"], part=person["part"])
        for place in wanted
        for person in people
        if (place["entry"], person["id"]) not in placed
    ]
    return wanted, people


def _person(
    decision: Decision, chain: str, who: Applicant, part: str, known: Mapping[str, Reference]
) -> Reference:
    if who.id is not None:
        if who.id not in known:
            raise Refusal("person_unknown")
        return known[who.id]
    details = {name: getattr(who, name) or None for name in ("patronymic", "grade", "sex", "contact")}
    full_name = joined(who.surname, who.given_name, who.patronymic)
    person = Person.seal(
        str(uuid7()),
        chain,
        full_name,
        who.birth_year,
        surname=who.surname,
        given_name=who.given_name,
        **details,
    )
    decision.rows.append(person)
    return {"id": person.id, "digest": person.digest, "part": part}


def _forgetting(application: Application, people: Iterable[str]) -> list[Executable]:
    """Delete the cards an application had, the note it was returned with, and people who are in it no longer."""
    cards = [place.card for place in application.places]
    of_note = delete(Note).where(Note.id == application.note)
    return [delete(EntryCard).where(EntryCard.id.in_(cards)), of_note, *erasing(people)]


def _link(chain: str, purpose: str, subject: str, digest: str, context: Context) -> Executable:
    return insert(PersonalLink).values(
        token_digest=digest,
        chain=chain,
        purpose=purpose,
        subject=subject,
        created_at=context.now.replace(tzinfo=None),
        revoked_at=None,
    )
