"""Signing in and out, by PIN or by a link, and the first account of an installation."""

from __future__ import annotations

import hmac
import secrets
from math import ceil
from typing import Any
from urllib.parse import urlparse

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user
from pydantic import ValidationError
from sqlalchemy import update
from uuid_utils import uuid7

from ..database import reader
from ..eventlog.chain import instant, utc_now
from ..eventlog.deciding import INSTALLATION, SYSTEM, Actor, Refusal, pydantic_problems
from ..judging.state import Panels
from ..pipeline import Pipeline, make_command
from ..problems import json_response, problem
from . import queries
from .access import ROLES, access, public
from .forms import FirstAccountForm
from .guessing import Guesses, Trier
from .models import SignIn
from .schemas import SignInRequest
from .signing_in import SignIns, digest_of, hash_pin, new_token, pin_fits, sign_in_row

blueprint = Blueprint("accounts", __name__)

HOMES = {"organiser": "/desk/", "referee": "/judge/", "judge": "/judge/", "screen": "/"}
VOLUNTEERS_HOME = "/desk/c/{competition}/check-in"


@blueprint.get("/api/v1/sign-in/accounts")
@public
def get_accounts() -> Response:
    with reader() as connection:
        return json_response({"accounts": queries.choices(connection)})


@blueprint.post("/api/v1/sign-in")
@public
def post_sign_in() -> Response:
    """Check a PIN and sign this device in. Wrong ones hold up the next try."""
    try:
        asked = SignInRequest.model_validate_json(request.get_data())
    except ValidationError as error:
        return problem(400, "payload_invalid", pydantic_problems(error))
    refusal = try_pin(asked.account, asked.pin)
    if refusal is None:
        return json_response(who())
    response = problem(_status_of(refusal), refusal.code, facts=refusal.facts)
    if "seconds" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["seconds"])
    return response


@blueprint.post("/api/v1/sign-out")
@access(*ROLES)
def post_sign_out() -> Response:
    token = session.pop("token", None)
    if token:
        pipeline().write(
            update(SignIn).where(SignIn.token_digest == digest_of(token)).values(revoked_at=utc_now())
        )
    return json_response({"signed_out": True})


@blueprint.get("/api/v1/me")
@access(*ROLES)
def get_me() -> Response:
    return json_response(who())


@blueprint.get("/sign-in")
@public
def sign_in_page() -> str:
    with reader() as connection:
        accounts = queries.choices(connection)
    return render_template("sign_in.html", accounts=accounts, chosen=None, wrong=None, next=_next())


@blueprint.post("/sign-in")
@public
def sign_in_form() -> Any:
    """The same without a script; a form that failed comes back with the account still chosen."""
    chosen = request.form.get("account", "")
    refusal = try_pin(chosen, request.form.get("pin", ""))
    if refusal is None:
        actor: Actor = _user_now()
        return redirect(_next() or home_of(actor))
    with reader() as connection:
        accounts = queries.choices(connection)
    page = render_template("sign_in.html", accounts=accounts, chosen=chosen, wrong=refusal, next=_next())
    return page, _status_of(refusal)


@blueprint.get("/enter/<token>")
@public
def enter(token: str) -> Any:
    """What a QR code opens: the token in it signs this device in, unless somebody else is: then it asks first."""
    actor = _actor_of_link(token)
    if current_user.is_authenticated and current_user.actor.account != actor.account:
        return render_template(
            "enter.html", now=current_user.actor, coming=actor, home=home_of(current_user.actor)
        )
    _sign_in_device(actor.account)
    return redirect(home_of(actor))


@blueprint.post("/enter/<token>")
@public
def enter_instead(token: str) -> Any:
    """Whoever is signed in here knows that they are to be somebody else from now on."""
    actor = _actor_of_link(token)
    _sign_in_device(actor.account)
    return redirect(home_of(actor))


@blueprint.post("/sign-out")
@access(*ROLES)
def sign_out_form() -> Any:
    post_sign_out()
    return redirect(url_for("accounts.sign_in_page"))


@blueprint.route("/setup/<token>", methods=["GET", "POST"])
@public
def setup(token: str) -> Any:
    """The first organiser's account, behind the one-time address that `make run` prints."""
    if not _setup_token_fits(token):
        abort(404)
    form = FirstAccountForm()
    if not form.validate_on_submit():
        return render_template("setup.html", form=form)
    account = open_account("organiser", form.name.data, form.pin.data, INSTALLATION)
    current_app.extensions["settings"].setup_token_file.unlink(missing_ok=True)
    _sign_in_device(account)
    return redirect(HOMES["organiser"])


def home_of(actor: Actor) -> str:
    """The page a person begins with."""
    if actor.role == "volunteer" and actor.competition:
        return VOLUNTEERS_HOME.format(competition=actor.competition)
    return HOMES.get(actor.role, "/")


def try_pin(account: str, pin: str) -> Refusal | None:
    """Sign this device in if the PIN fits; otherwise why not."""
    with reader() as connection:
        stored = queries.pin_hash(connection, account)
        known = queries.has_signed_in(connection, account, device_id())
    if stored is None:
        # Not counted: names made up by a stranger would fill the memory.
        return Refusal("pin_wrong")
    trier = Trier(account, device_id(), request.remote_addr or "", known)
    wait_s = guesses().begin(trier)
    if wait_s:
        return Refusal("too_many_tries", seconds=ceil(wait_s), minutes=ceil(wait_s / 60))
    if not pin_fits(stored, pin):
        return Refusal("pin_wrong")
    guesses().right(trier)
    _sign_in_device(account)
    return None


def open_account(role: str, name: str, pin: str | None, target: str, fields: tuple[str, ...] = ()) -> str:
    """Open an account through the write path; its id. Raises Refusal.

    ``target`` is ``installation`` or ``c/<slug>``.
    """
    account = str(uuid7())
    payload = {
        "id": account,
        "name": name,
        "role": role,
        "fields": fields,
        "pin_hash": hash_pin(pin) if pin else None,
    }
    actor: Actor = current_user.actor if current_user and current_user.is_authenticated else SYSTEM
    command = make_command(str(uuid7()), "CreateAccount", target, payload, actor)
    receipt = pipeline().submit([command], actor)[0]
    if receipt["status"] != "accepted":
        raise Refusal(receipt["code"])
    return account


def who() -> dict[str, Any]:
    """Who is asking, as the API tells it."""
    actor = _user_now()
    return {
        "account": {
            "id": actor.account,
            "name": actor.name,
            "role": actor.role,
            "competition": actor.competition,
            "fields": _fields_of(actor),
            "locale": actor.locale,
        },
        "device": actor.device,
        "epoch": pipeline().epoch,
        "server_time_utc": instant(utc_now()),
    }


def _fields_of(actor: Actor) -> tuple[str, ...]:
    """The fields an account is for, with the rooms of the panels it sits in; none means all."""
    state = pipeline().state(f"c/{actor.competition}") if actor.competition and actor.fields else None
    if state is None:
        return actor.fields
    with pipeline().reading():
        rooms = state[Panels].rooms_of(actor.account)
    return (*actor.fields, *(room for room in rooms if room not in actor.fields))


def device_id() -> str:
    """This browser's own name, kept in its cookie: what rate limits and the log call the device."""
    device: str = session.setdefault("device", secrets.token_hex(8))
    session.permanent = True
    return device


def pipeline() -> Pipeline:
    found: Pipeline = current_app.extensions["pipeline"]
    return found


def guesses() -> Guesses:
    found: Guesses = current_app.extensions["guesses"]
    return found


def sign_ins() -> SignIns:
    found: SignIns = current_app.extensions["sign_ins"]
    return found


def _sign_in_device(account: str) -> None:
    token = new_token()
    pipeline().write(sign_in_row(token, account, device_id()))
    session["token"] = token


def _user_now() -> Actor:
    user = sign_ins().find(session["token"]) if "token" in session else None
    actor: Actor = user.actor if user else current_user.actor
    return actor


def _actor_of_link(token: str) -> Actor:
    """Whom a link signs in; 404 where it ran out, was revoked, or is a token of another kind."""
    user = sign_ins().find(token)
    if user is None or not queries.is_link(user.actor.device or ""):
        abort(404)
    actor: Actor = user.actor
    return actor


def _status_of(refusal: Refusal) -> int:
    return 429 if refusal.code == "too_many_tries" else 401


def _setup_token_fits(token: str) -> bool:
    file = current_app.extensions["settings"].setup_token_file
    return file.exists() and hmac.compare_digest(file.read_bytes().strip(), token.encode())


def _next() -> str | None:
    """Where to go after signing in: a path of ours, never another site's."""
    wanted = request.values.get("next", "")
    try:
        host = urlparse(wanted).netloc
    except ValueError:
        return None
    ours = wanted.startswith("/") and not wanted.startswith("//") and not host and "\\" not in wanted
    return wanted if ours else None
