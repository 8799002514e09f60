"""Public pages of consents: the coach gives each parent an address; the parent ticks behind it, or takes it back."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for

from ..accounts.access import public
from ..accounts.signing_in import digest_of, new_token
from ..competitions.state import Setup
from ..database import reader
from ..languages import request_locale
from ..registry import queries as people
from ..registry.consent_form import CONSENT_WORDS, ConsentForm, consent_word
from ..registry.consents import newest
from ..registry.state import People
from . import queries
from .limiting import is_a_look, may_use
from .routes import command, keep_private, opened, pipeline, state_of
from .state import Application

blueprint = Blueprint("consents", __name__)

MEMBER = "member"
"""Parents consent for the children of a team; the coach is nobody's child."""

blueprint.after_request(keep_private)


@blueprint.get("/c/<slug>/application/<token>/consents")
@public
def of_application(slug: str, token: str) -> str:
    return _list_page(slug, token, opened(slug, token), {})


@blueprint.post("/c/<slug>/application/<token>/consents")
@public
def make_links(slug: str, token: str) -> Any:
    """New addresses for everybody, shown this once, because only their digests are kept."""
    application = opened(slug, token)
    tokens = {person["id"]: new_token() for person in application.people if person["part"] == MEMBER}
    digests = {person: digest_of(made) for person, made in tokens.items()}
    receipt = command(
        slug, "MakeConsentLinks", application.id, {"digests": digests}, allowed=may_use(digest_of(token))
    )
    if receipt["status"] != "accepted":
        return _list_page(slug, token, application, {}, receipt["detail"]), 400
    base = f"{current_app.extensions['settings'].public_url}/c/{slug}/consent"
    return _list_page(slug, token, application, {p: f"{base}/{made}" for p, made in tokens.items()})


@blueprint.route("/c/<slug>/consent/<token>", methods=["GET", "POST"])
@public
def consent(slug: str, token: str) -> Any:
    """The text, and a tick for each thing apart; the same page takes it back."""
    with reader() as connection:
        person = people.subject_of(connection, digest_of(token), f"c/{slug}", "consent")
        row = people.person(connection, f"c/{slug}", person) if person else None
    if person is None or row is None:
        abort(404)
    form, refused = ConsentForm(), None
    if request.method == "POST" and ("revoke" in request.form or form.validate()):
        receipt = _carry_out(slug, token, person, form)
        if receipt["status"] == "accepted":
            return redirect(url_for("consents.consent", slug=slug, token=token))
        refused = receipt["detail"]
    with pipeline().reading():
        state = state_of(slug)
        known = state[People].by_id.get(person)
        setup, until = state[Setup], state[People].retained_until
    if known is None:
        abort(404)
    if is_a_look(digest_of(token), "consent"):
        pipeline().write(people.look(f"c/{slug}", "guardian", "consent", 1, person))
    locale = request_locale()
    page = render_template(
        "consent.html",
        setup=setup,
        slug=slug,
        person=row,
        ticks=known.ticks,
        until=until,
        form=form,
        refused=refused,
        words=CONSENT_WORDS,
        text=newest(),
        text_language=locale if locale in newest().paragraphs else "ru",
        state_word=consent_word(known.ticks),
    )
    return (page, 400) if refused or form.errors else page


def _code(address: str) -> str:
    return str(segno.make(address, error="m").svg_data_uri(scale=4))


def _carry_out(slug: str, token: str, person: str, form: ConsentForm) -> dict[str, Any]:
    """Give the consent or take it back; taking it back is a right, which nothing else that is sent uses up."""
    target = f"c/{slug}"
    if "revoke" in request.form:
        payload = {"person": person}
        return command(slug, "RevokeConsent", "", payload, target=target, role="guardian", allowed=True)
    allowed = may_use(digest_of(token))
    return command(
        slug, "GiveConsent", "", form.payload(person), target=target, role="guardian", allowed=allowed
    )


def _list_page(
    slug: str, token: str, application: Application, addresses: dict[str, str], refused: str | None = None
) -> str:
    with reader() as connection:
        listed = queries.people_of(connection, application)
    if is_a_look(digest_of(token), "consents"):
        pipeline().write(people.look(f"c/{slug}", "applicant", "consents", len(listed), application.id))
    with pipeline().reading():
        state = state_of(slug)
        known = state[People].by_id
        setup = state[Setup]
    lines = [
        {
            "name": one["full_name"],
            "state": consent_word(known[one["id"]].ticks),
            "address": addresses.get(one["id"]),
            "qr": _code(addresses[one["id"]]) if addresses else None,
        }
        for one in listed
        if one["id"] in known and one["part"] == MEMBER
    ]
    return render_template(
        "consents.html",
        setup=setup,
        slug=slug,
        token=token,
        people=lines,
        refused=refused,
        form=ConsentForm(),
    )
