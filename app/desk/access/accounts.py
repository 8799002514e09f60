"""Desk pages about who may sign in: accounts of a competition, new PINs shown once, QR links, revoking."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ...accounts import queries
from ...accounts.access import access
from ...accounts.routes import guesses, open_account
from ...accounts.signing_in import TOKEN, hash_pin, new_pin, new_token, sign_in_row
from ...competitions.state import Setup
from ...database import reader
from ...eventlog.chain import utc_now
from ..forms import AccountForm, ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash
from .device_uses import last_uses, with_uses
from .sign_in_links import new_link, qr_of

MANY_WRONG = 10
"""PINs that strangers got wrong at an account before the desk is told."""

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
    role, name, fields = form.role.data, form.name.data, tuple(form.fields.data or ())
    if role == "field_controller":
        shown = _controller(slug, name, fields)
    else:
        pin = new_pin(role)
        account = open_account(role, name, pin, f"c/{slug}", fields)
        with pipeline().reading():
            setup = state_of(slug)[Setup]
        address = new_link(account, setup)
        shown = {"name": name, "pin": pin, "address": address, "qr": qr_of(address)}
    return _page(slug, _form(slug, empty=True), shown)


@blueprint.post("/c/<slug>/accounts/<account>/pin")
@access("organiser")
def change_pin(slug: str, account: str) -> Any:
    """A new PIN for an account; whoever was signed in to it is signed out."""
    if not ButtonForm().validate_on_submit():
        return redirect(url_for("desk_accounts.accounts", slug=slug))
    shown = give_new_pin(account, f"c/{slug}")
    if shown is None:
        return redirect(url_for("desk_accounts.accounts", slug=slug))
    return _page(slug, _form(slug, empty=True), shown)


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
        flash(_("The device is signed out. What it had not sent is still on it."), "success")
    return redirect(url_for("desk_accounts.accounts", slug=slug))


def give_new_pin(account: str, target: str) -> dict[str, Any] | None:
    """Change an account's PIN: its name and the new PIN, to be shown this once; None where it was refused."""
    with reader() as connection:
        found = queries.name_and_role(connection, account)
    name, role = found or ("", "")
    pin = new_pin(role)
    if not submit_or_flash("ChangePin", target, {"account": account, "pin_hash": hash_pin(pin)}):
        return None
    guesses().forget(account)
    return {"name": name, "pin": pin}


def with_wrong_pins(accounts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of these accounts at which strangers got many PINs wrong of late, with how many."""
    counted = [account | {"wrong": guesses().of_strangers(account["id"])} for account in accounts]
    return [account for account in counted if account["wrong"] >= MANY_WRONG]


def _controller(slug: str, name: str, fields: tuple[str, ...]) -> dict[str, Any]:
    account, token = open_account("field_controller", name, None, f"c/{slug}", fields), new_token()
    pipeline().write(sign_in_row(token, account, "controller", TOKEN))
    return {"name": name, "token": token}


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
            state = state_of(slug)
            setup = state[Setup]
            devices = with_uses(devices, last_uses(connection, state, [one["device"] for one in devices]))
    return render_template(
        "desk/accounts.html",
        setup=setup,
        zone=ZoneInfo(setup.facts["zone"]),
        slug=slug,
        accounts=listed,
        guessed=with_wrong_pins(listed),
        devices=devices,
        form=form,
        shown=shown,
        button=ButtonForm(),
    )
