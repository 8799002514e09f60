"""Desk pages about the organisers of the whole installation: new ones, new PINs, closing, signing devices out."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts import queries
from ...accounts.access import access
from ...accounts.routes import open_account
from ...accounts.signing_in import new_pin
from ...competitions.schemas import USUAL_ZONE
from ...database import reader
from ...eventlog.chain import utc_now
from ...eventlog.deciding import INSTALLATION
from ..forms import ButtonForm, OrganiserForm
from ..submitting import submit_or_flash
from .accounts import give_new_pin, with_wrong_pins
from .device_uses import with_uses
from .sign_in_links import new_link, qr_of

blueprint = Blueprint("desk_installation_accounts", __name__, url_prefix="/desk/accounts")


@blueprint.before_request
def check_reach() -> None:
    """Only who reaches the whole installation may see who else does."""
    if current_user.is_authenticated and current_user.actor.competition is not None:
        abort(403)


@blueprint.get("")
@access("organiser")
def accounts() -> str:
    return _page(OrganiserForm(), None)


@blueprint.post("")
@access("organiser")
def add() -> Any:
    """Open another organiser's account; its PIN and link are shown this once, because only their digests are kept."""
    form = OrganiserForm()
    if not form.validate_on_submit():
        return _page(form, None), 400
    pin = new_pin("organiser")
    address = new_link(open_account("organiser", form.name.data, pin, INSTALLATION), None)
    shown = {"name": form.name.data, "pin": pin, "address": address, "qr": qr_of(address)}
    return _page(OrganiserForm(formdata=None), shown)


@blueprint.post("/<account>/pin")
@access("organiser")
def change_pin(account: str) -> Any:
    """A new PIN for an organiser; every device of theirs is signed out, this one too where it is their own."""
    shown = give_new_pin(account, INSTALLATION) if ButtonForm().validate_on_submit() else None
    if shown is None:
        return _back()
    return _page(OrganiserForm(formdata=None), shown)


@blueprint.post("/<account>/revoke")
@access("organiser")
def revoke(account: str) -> Any:
    closing = {"account": account}
    if ButtonForm().validate_on_submit() and submit_or_flash("RevokeAccount", INSTALLATION, closing):
        flash(_("The account is closed and its devices are signed out."), "success")
    return _back()


@blueprint.post("/<account>/devices/<device>/sign-out")
@access("organiser")
def sign_out_device(account: str, device: str) -> Any:
    lost = {"account": account, "device": device}
    if ButtonForm().validate_on_submit() and submit_or_flash("SignOutDevice", INSTALLATION, lost):
        flash(_("The device is signed out. What it had not sent is still on it."), "success")
    return _back()


def _back() -> Any:
    return redirect(url_for("desk_installation_accounts.accounts"))


def _page(form: OrganiserForm, shown: dict[str, Any] | None) -> str:
    with reader() as connection:
        listed = queries.accounts_of(connection, None)
        devices = with_uses(queries.signed_in_devices(connection, None, utc_now()), {})
    return render_template(
        "desk/installation_accounts.html",
        zone=ZoneInfo(USUAL_ZONE),
        accounts=listed,
        guessed=with_wrong_pins(listed),
        devices=devices,
        form=form,
        shown=shown,
        button=ButtonForm(),
    )
