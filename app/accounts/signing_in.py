"""Signing in: PINs, the secrets devices carry, and how often one may try."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_login import UserMixin
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Engine, Executable, insert, select
from uuid_utils import uuid7

from ..eventlog.deciding import Actor
from .models import Account, SignIn

PIN_DIGITS = 6
SESSION = timedelta(days=3)
TOKEN = timedelta(days=400)
TRIES_OF_A_DEVICE = RateLimitItemPerMinute(5)
TRIES_OF_AN_ACCOUNT = RateLimitItemPerMinute(20)

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_limiter = MovingWindowRateLimiter(MemoryStorage())

_FIND = (
    select(
        SignIn.id.label("sign_in"),
        SignIn.device,
        SignIn.expires_at,
        Account.id,
        Account.name,
        Account.role,
        Account.competition,
        Account.fields,
        Account.locale,
    )
    .join(Account, Account.id == SignIn.account_id)
    .where(SignIn.revoked_at.is_(None), Account.revoked_at.is_(None))
)


class User(UserMixin):  # type: ignore[misc]
    """The signed-in party of a request, as Flask-Login wants it; the rest of the server sees its ``actor``."""

    def __init__(self, sign_in: str, actor: Actor) -> None:
        self.id = sign_in
        self.actor = actor


def new_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_pin(pin: str) -> str:
    """The argon2id hash of a PIN. Takes tens of milliseconds: made in a real thread, off the event loop."""
    hashed: str = gevent.get_hub().threadpool.apply(_hasher.hash, (pin,))
    return hashed


def pin_fits(pin_hash: str, pin: str) -> bool:
    """Whether a PIN is the hashed one; checked in a real thread, off the event loop."""
    fits: bool = gevent.get_hub().threadpool.apply(_verify, (pin_hash, pin))
    return fits


def may_try(account: str, device: str) -> bool:
    """Count a try at a PIN. Limits are per account, and per account and device: a whole hall shares one address."""
    if not _limiter.test(TRIES_OF_AN_ACCOUNT, account):
        return False
    return _limiter.hit(TRIES_OF_A_DEVICE, account, device) and _limiter.hit(TRIES_OF_AN_ACCOUNT, account)


class SignIns:
    """Who carries which token. Kept in memory, because every request asks; forgotten at each write to the tables."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, tuple[User, datetime]] = {}

    def find(self, token: str) -> User | None:
        """Whoever carries ``token``, unless it expired or was revoked."""
        digest = digest_of(token)
        known = self._known.get(digest) or self._look_up(digest)
        if known is None:
            return None
        user, expires_at = known
        return user if expires_at > _naive_now() else None

    def forget(self) -> None:
        """Ask the tables again: something in them changed."""
        self._known.clear()

    def _look_up(self, digest: str) -> tuple[User, datetime] | None:
        with self._engine.connect() as connection:
            row = connection.execute(_FIND.where(SignIn.token_digest == digest)).first()
        if row is None:
            return None
        actor = Actor(row.id, row.name, row.role, row.competition, tuple(row.fields), row.device, row.locale)
        self._known[digest] = User(row.sign_in, actor), row.expires_at
        return self._known[digest]


def sign_in_row(token: str, account_id: str, device: str, lasts: timedelta = SESSION) -> Executable:
    """The statement that signs a device in."""
    now = _naive_now()
    return insert(SignIn).values(
        id=str(uuid7()),
        token_digest=digest_of(token),
        account_id=account_id,
        device=device,
        created_at=now,
        expires_at=now + lasts,
    )


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _verify(pin_hash: str, pin: str) -> bool:
    try:
        return _hasher.verify(pin_hash, pin)
    except VerificationError:
        return False


def _naive_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
