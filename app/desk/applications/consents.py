"""The desk page of a team's consents: how each stands, and an address with a code for each parent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, render_template
from flask_login import current_user
from segno import make as make_code

from ...accounts.access import access
from ...accounts.signing_in import digest_of, new_token
from ...competitions.state import Setup
from ...database import reader
from ...entries.queries import registered
from ...entries.state import Entries, public_entry
from ...registry.consent_form import consent_word
from ...registry.queries import look
from ...registry.state import People
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_consents", __name__, url_prefix="/desk")


@blueprint.route("/c/<slug>/entries/<entry_id>/consents", methods=["GET", "POST"])
@access("organiser")
def consents(slug: str, entry_id: str) -> Any:
    """New addresses are shown this once, because only their digests are kept."""
    with pipeline().reading():
        state = state_of(slug)
        entry = state[Entries].by_id.get(entry_id)
        if entry is None or entry.id in state[Entries].taken_down:
            abort(404)
    with reader() as connection:
        found = registered(connection, f"c/{slug}", [entry], ())
    members = [(id_, name) for team in found for id_, name, part in team.people if part == "member"]
    tokens: dict[str, str] = {}
    if members and ButtonForm().validate_on_submit():
        made = {id_: new_token() for id_, _name in members}
        digests = {id_: digest_of(token) for id_, token in made.items()}
        target = f"c/{slug}/entry/{entry_id}"
        if submit_or_flash("MakeConsentLinksOfEntry", target, {"digests": digests}):
            tokens = made
    account = current_user.actor.account
    pipeline().write(look(f"c/{slug}", account, "consents", len(members), entry_id))
    base = f"{current_app.extensions['settings'].public_url}/c/{slug}/consent"
    with pipeline().reading():
        state = state_of(slug)
        known = state[People].by_id
        lines = [
            {
                "id": id_,
                "name": name,
                "state": consent_word(known[id_].ticks),
                "address": f"{base}/{tokens[id_]}" if tokens else None,
                "qr": make_code(f"{base}/{tokens[id_]}", error="m").svg_data_uri(scale=4) if tokens else None,
            }
            for id_, name in members
            if id_ in known
        ]
        return render_template(
            "desk/consents.html",
            setup=state[Setup],
            slug=slug,
            entry=public_entry(state, entry_id),
            people=lines,
            button=ButtonForm(),
        )
