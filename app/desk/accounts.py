"""Desk pages about who may sign in: accounts of a competition, new PINs shown once, QR links, revoking."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import segno
from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ..accounts import queries
from ..accounts.access import access
from ..accounts.routes import open_account
from ..accounts.signing_in import TOKEN, hash_pin, new_pin, new_token, sign_in_row
from ..competitions.state import Setup
from ..database import reader
from ..eventlog.chain import utc_now
from .forms import AccountForm, ButtonForm
from .submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_accounts", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/accounts")
@access("organiser")
def accounts(slug: str) -> str:
    return _page(slug, _form(slug), None)


@blueprint.post("/c/<slug>/accounts")
@access("organiser")
def add(slug: str) -> Any:
    """Open an account; its PIN and its QR link are shown this once, because only their digests are kept."""
    form = _form(slug)
    if not form.validate_on_submit():
        return _page(slug, form, None), 400
    person = form.role.data != "field_controller"
    pin = new_pin() if person else None
    account = open_account(form.role.data, form.name.data, pin, f"c/{slug}", tuple(form.fields.data or ()))
    token = new_token()
    pipeline().write(sign_in_row(token, account, queries.LINK if person else "controller", TOKEN))
    shown = {"name": form.name.data, "pin": pin, "token": token} | (_link(token) if person else {})
    return _page(slug, _form(slug, empty=True), shown)


@blueprint.post("/c/<slug>/accounts/<account>/pin")
@access("organiser")
def change_pin(slug: str, account: str) -> Any:
    """A new PIN for an account; whoever was signed in to it is signed out."""
    if not ButtonForm().validate_on_submit():
        return redirect(url_for("desk_accounts.accounts", slug=slug))
    pin = new_pin()
    if not submit_or_flash("ChangePin", f"c/{slug}", {"account": account, "pin_hash": hash_pin(pin)}):
        return redirect(url_for("desk_accounts.accounts", slug=slug))
    with reader() as connection:
        name = queries.name_of(connection, account)
    return _page(slug, _form(slug, empty=True), {"name": name, "pin": pin})


@blueprint.post("/c/<slug>/accounts/<account>/revoke")
@access("organiser")
def revoke(slug: str, account: str) -> Any:
    if ButtonForm().validate_on_submit() and submit_or_flash(
        "RevokeAccount", f"c/{slug}", {"account": account}
    ):
        flash(_("The account is closed and its devices are signed out."), "success")
    return redirect(url_for("desk_accounts.accounts", slug=slug))


@blueprint.post("/c/<slug>/accounts/<account>/devices/<device>/sign-out")
@access("organiser")
def sign_out_device(slug: str, account: str, device: str) -> Any:
    """For a lost tablet: one tap, and it sends nothing more."""
    if ButtonForm().validate_on_submit() and submit_or_flash(
        "SignOutDevice", f"c/{slug}", {"account": account, "device": device}
    ):
        flash(_("The tablet is signed out. What it had not sent is still on it."), "success")
    return redirect(url_for("desk_accounts.accounts", slug=slug))


def _form(slug: str, *, empty: bool = False) -> AccountForm:
    form = AccountForm(formdata=None) if empty else AccountForm()
    with pipeline().reading():
        form.fields.choices = [(field.code, field.name) for field in state_of(slug)[Setup].fields.values()]
    return form


def _page(slug: str, form: AccountForm, shown: dict[str, Any] | None) -> str:
    with reader() as connection:
        listed = queries.accounts_of(connection, slug)
        devices = queries.signed_in_devices(connection, slug, utc_now())
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    return render_template(
        "desk/accounts.html",
        setup=setup,
        zone=ZoneInfo(setup.facts["zone"]),
        slug=slug,
        accounts=listed,
        devices=devices,
        form=form,
        shown=shown,
        button=ButtonForm(),
    )


def _link(token: str) -> dict[str, str]:
    """The address that signs a tablet in, and its QR code as a data URI."""
    address = f"{current_app.extensions['settings'].public_url}/enter/{token}"
    return {"address": address, "qr": segno.make(address, error="m").png_data_uri(scale=6)}
