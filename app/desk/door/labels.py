"""The desk page from which badges, robot stickers and sign-in cards are printed on A4 sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_login import current_user

from ...accounts import queries
from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import Entry
from ...eventlog.fold import State
from ...registry.queries import look
from ...reports.labels import CARD, STICKER, badges, sheet, sign_in_cards, stickers
from ...reports.typesetting import typeset
from ...threads import in_thread
from ..access.sign_in_links import new_link
from ..forms import ButtonForm
from ..papers.reports import file_response, wanted_languages
from ..submitting import pipeline, state_of
from ..teams.team_search import teams

blueprint = Blueprint("desk_labels", __name__, url_prefix="/desk")

CARD_ROLES = ("volunteer", "judge", "referee")


@blueprint.get("/c/<slug>/labels")
@access("organiser")
def labels(slug: str) -> str:
    with reader() as connection:
        accounts = _accounts(queries.accounts_of(connection, slug), slug)
    with pipeline().reading():
        state = state_of(slug)
        return render_template(
            "desk/labels.html",
            setup=state[Setup],
            slug=slug,
            divisions=state[Setup].divisions,
            accounts=accounts,
            button=ButtonForm(),
        )


@blueprint.get("/c/<slug>/labels/badges.pdf")
@access("organiser")
def print_badges(slug: str) -> Response:
    """A card for every coach and member, of one ``?division=`` or the team of one ``?number=`` where it is named."""
    languages = wanted_languages()
    with pipeline().reading():
        state = state_of(slug)
        with reader() as connection:
            made = badges(state, connection, _chosen(state), languages, _address())
        data = sheet(state, CARD, languages, made)
    pipeline().write(look(f"c/{slug}", current_user.actor.account, "badges", len(made)))
    return _printed(data, f"{slug}-badges")


@blueprint.get("/c/<slug>/labels/stickers.pdf")
@access("organiser", "referee", "volunteer")
def print_stickers(slug: str) -> Response:
    """A sticker for every robot, of one division where ``?division=`` names it."""
    languages = wanted_languages()
    with pipeline().reading():
        state = state_of(slug)
        data = sheet(state, STICKER, languages, stickers(state, _chosen(state), languages, _address()))
    return _printed(data, f"{slug}-stickers")


@blueprint.post("/c/<slug>/labels/sign-in-cards.pdf")
@access("organiser")
def print_cards(slug: str) -> Response:
    """A card for each chosen account with a new code that signs a device in; only its digest is kept here."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    chosen = set(request.form.getlist("account"))
    with reader() as connection:
        known = _accounts(queries.accounts_of(connection, slug), slug)
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    accounts = []
    for account in known:
        if account["id"] in chosen:
            accounts.append(account | {"address": new_link(account["id"], setup)})
    languages = wanted_languages()
    with pipeline().reading():
        data = sheet(state_of(slug), CARD, languages, list(sign_in_cards(accounts, languages)))
    return _printed(data, f"{slug}-sign-in-cards")


def _chosen(state: State) -> list[Entry]:
    """Teams of the division asked for, or the one whose number was asked for; all where nothing was."""
    division, number = request.args.get("division", ""), request.args.get("number", "").strip()
    found = teams(state, number) if number else teams(state, "")
    return [entry for entry in found if not division or entry.division == division]


def _accounts(accounts: Sequence[dict[str, Any]], slug: str) -> list[dict[str, Any]]:
    """Those of this competition whose people carry a card."""
    return [one for one in accounts if one["competition"] == slug and one["role"] in CARD_ROLES]


def _printed(data: dict[str, Any], name: str) -> Response:
    """The PDF; 404 where there is nothing to print."""
    if not data["labels"]:
        abort(404)
    pdf = in_thread(lambda: typeset("label", data, datetime.now(UTC)))
    return file_response(pdf, "application/pdf", f"{name}.pdf")


def _address() -> str:
    address: str = current_app.extensions["settings"].public_url
    return address
