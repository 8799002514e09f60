"""Commands about accounts; names and hashes go to ordinary tables, the log keeps ids, roles and scopes."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Update, update

from ..eventlog.chain import Event
from ..eventlog.deciding import INSTALLATION, Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .models import Account, SignIn
from .schemas import ChangePin, CreateAccount, RevokeAccount, SignOutDevice
from .state import Accounts

ORGANISER = ("organiser",)
ANYWHERE = ("competition", INSTALLATION)


@command(CreateAccount, on=ANYWHERE, roles=ORGANISER, internal=True)
def create_account(state: State, target: Target, payload: CreateAccount, context: Context) -> Decision:
    account = Account(
        id=payload.id,
        name=payload.name,
        role=payload.role,
        competition=scope(target),
        fields=list(payload.fields),
        pin_hash=payload.pin_hash,
        locale=None,
        revoked_at=None,
    )
    data = {"account": payload.id, "role": payload.role, "fields": list(payload.fields)}
    return Decision([Event("AccountCreated", data)], [account])


@command(ChangePin, on=ANYWHERE, roles=ORGANISER, internal=True)
def change_pin(state: State, target: Target, payload: ChangePin, context: Context) -> Decision:
    check_open(state, payload.account)
    changed = update(Account).where(_is(payload.account, target)).values(pin_hash=payload.pin_hash)
    signed_out = _sign_out(payload.account, context)
    return Decision([Event("PinChanged", {"account": payload.account})], [], [changed, signed_out])


@command(RevokeAccount, on=ANYWHERE, roles=ORGANISER, internal=True)
def revoke_account(state: State, target: Target, payload: RevokeAccount, context: Context) -> Decision:
    if payload.account == context.actor.account:
        raise Refusal("own_account")
    check_open(state, payload.account)
    if target.chain == INSTALLATION and state[Accounts].is_last_organiser(payload.account):
        raise Refusal("last_organiser")
    closed = update(Account).where(_is(payload.account, target)).values(revoked_at=_naive(context))
    signed_out = _sign_out(payload.account, context)
    return Decision([Event("AccountRevoked", {"account": payload.account})], [], [closed, signed_out])


@command(SignOutDevice, on=ANYWHERE, roles=ORGANISER, internal=True)
def sign_out_device(state: State, target: Target, payload: SignOutDevice, context: Context) -> Decision:
    """What the device did not send stays on it, and can be exported there and imported elsewhere."""
    check_open(state, payload.account)
    signed_out = _sign_out(payload.account, context).where(SignIn.device == payload.device)
    data = {"account": payload.account, "device": payload.device}
    return Decision([Event("DeviceSignedOut", data)], [], [signed_out])


def check_open(state: State, account: str) -> None:
    """Raises Refusal unless the account was opened in this chain: nobody closes those of another competition."""
    if account not in state[Accounts].open:
        raise Refusal("account_unknown", account=account)


def scope(target: Target) -> str | None:
    """The competition an account of this target belongs to; None for the whole installation."""
    return None if target.chain == INSTALLATION else target.id


def _is(account: str, target: Target) -> ColumnElement[bool]:
    return (Account.id == account) & (Account.competition == scope(target))


def _sign_out(account: str, context: Context) -> Update:
    return update(SignIn).where(SignIn.account_id == account).values(revoked_at=_naive(context))


def _naive(context: Context) -> datetime:
    return context.now.astimezone(UTC).replace(tzinfo=None)
