"""Signing in: PINs, and the secrets devices carry."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_login import UserMixin
from sqlalchemy import Engine, Executable, insert, select
from uuid_utils import uuid7

from ..eventlog.deciding import Actor
from .models import Account, SignIn

PIN_DIGITS = 6
ORGANISERS_PIN_DIGITS = 8
"""Theirs opens everything, and they type it on a keyboard."""
SESSION = timedelta(days=3)
TOKEN = timedelta(days=400)

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

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


def new_pin(role: str) -> str:
    digits = ORGANISERS_PIN_DIGITS if role == "organiser" else PIN_DIGITS
    return f"{secrets.randbelow(10**digits):0{digits}}"


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


class SignIns:
    """Who carries which token. Kept in memory, because every request asks; forgotten at each write to the tables."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, tuple[User, datetime]] = {}
        self._seen: dict[tuple[str, str | None], datetime] = {}

    def find(self, token: str) -> User | None:
        """Whoever carries ``token``, unless it expired or was revoked."""
        digest = digest_of(token)
        known = self._known.get(digest) or self._look_up(digest)
        if known is None:
            return None
        user, expires_at = known
        if expires_at <= _naive_now():
            return None
        self._seen[user.actor.account, user.actor.device] = datetime.now(UTC)
        return user

    def last_seen(self, account: str, device: str) -> datetime | None:
        """When a device last asked for something as an account, since the server was started."""
        return self._seen.get((account, device))

    def forget(self) -> None:
        """Ask the tables again: something in them changed."""
        self._known.clear()

    def standing(self, ids: Collection[str]) -> set[str]:
        """Which of these sign-ins still open anything."""
        if not ids:
            return set()
        with self._engine.connect() as connection:
            rows = connection.execute(_FIND.where(SignIn.id.in_(ids), SignIn.expires_at > _naive_now()))
            return {row.sign_in for row in rows}

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
