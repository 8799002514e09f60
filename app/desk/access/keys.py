"""Desk pages of keys: programs of others (a region's site, a ministry's table) read a competition with one of them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ...accounts import queries
from ...accounts.access import access
from ...accounts.routes import open_account
from ...accounts.signing_in import TOKEN, new_token, sign_in_row
from ...competitions.state import Setup
from ...database import reader
from ..forms import ButtonForm, KeyForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_keys", __name__, url_prefix="/desk")

DEVICE = "key"


@blueprint.get("/c/<slug>/keys")
@access("organiser")
def keys(slug: str) -> str:
    return _page(slug, KeyForm())


@blueprint.post("/c/<slug>/keys")
@access("organiser")
def make(slug: str) -> Any:
    """Make a key; it is shown this once, because only its digest is kept."""
    form = KeyForm()
    if not form.validate_on_submit():
        return _page(slug, form), 400
    account = open_account(queries.READER, form.name.data, None, f"c/{slug}")
    key = new_token()
    pipeline().write(sign_in_row(key, account, DEVICE, TOKEN))
    return _page(slug, KeyForm(formdata=None), {"name": form.name.data, "key": key})


@blueprint.post("/c/<slug>/keys/<account>/revoke")
@access("organiser")
def revoke(slug: str, account: str) -> Any:
    with reader() as connection:
        known = any(key["account"] == account for key in queries.keys_of(connection, slug))
    closing = {"account": account}
    if known and ButtonForm().validate_on_submit() and submit_or_flash("RevokeAccount", f"c/{slug}", closing):
        flash(_("The key is revoked: from now on it opens nothing."), "success")
    return redirect(url_for("desk_keys.keys", slug=slug))


def _page(slug: str, form: KeyForm, made: dict[str, str] | None = None) -> str:
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    with reader() as connection:
        listed = queries.keys_of(connection, slug)
    return render_template(
        "desk/keys.html",
        setup=setup,
        slug=slug,
        zone=ZoneInfo(setup.facts["zone"]),
        keys=listed,
        form=form,
        made=made,
        address=f"{current_app.extensions['settings'].public_url}/api/v1/c/{slug}",
        button=ButtonForm(),
    )
