"""What crosses the wire, and what the server's own pages ask, about accounts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..eventlog.deciding import Payload

Pin = Annotated[str, Field(pattern=r"^\d{4,12}$")]


class CreateAccount(Payload):
    """Open an account in a competition, or in the installation; the PIN comes already hashed."""

    id: str
    name: Annotated[str, Field(min_length=1, max_length=120)]
    role: Literal["organiser", "referee", "judge", "volunteer", "screen", "field_controller", "reader"]
    fields: tuple[str, ...] = ()
    pin_hash: str | None = None


class ChangePin(Payload):
    """Give an account a new PIN (hashed) and sign its devices out."""

    account: str
    pin_hash: str


class RevokeAccount(Payload):
    """Close an account and sign its devices out."""

    account: str


class SignOutDevice(Payload):
    """Sign one device out of an account, because it was lost, say; the account's other devices stay signed in."""

    account: str
    device: str


class SignInRequest(Payload):
    """Which account, and its PIN."""

    account: Annotated[str, Field(min_length=1, max_length=40)]
    pin: Annotated[str, Field(min_length=1, max_length=12)]
