"""Links and QR codes that sign a device in to an account, and for how long they do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import segno
from flask import current_app

from ...accounts.queries import LINK
from ...accounts.signing_in import new_token, sign_in_row
from ...competitions.state import Setup
from ...eventlog.chain import utc_now
from ..submitting import pipeline

AFTER_THE_LAST_DAY = timedelta(days=1)
WITHOUT_A_COMPETITION = timedelta(days=30)


def new_link(account: str, setup: Setup | None) -> str:
    """A new address that signs in to an account; only the digest of its secret is kept."""
    token = new_token()
    pipeline().write(sign_in_row(token, account, LINK, lasts(setup, utc_now())))
    return f"{current_app.extensions['settings'].public_url}/enter/{token}"


def qr_of(address: str) -> str:
    """An address's QR code as a data URI."""
    code: str = segno.make(address, error="m").png_data_uri(scale=6)
    return code


def lasts(setup: Setup | None, now: datetime) -> timedelta:
    """How long a link made now is good for: until a day after the competition, and a day at least."""
    if setup is None:
        return WITHOUT_A_COMPETITION
    zone = ZoneInfo(setup.facts["zone"])
    over = date.fromisoformat(setup.facts["ends_on"]) + timedelta(days=1)
    ends = datetime(over.year, over.month, over.day, tzinfo=zone)
    return max(ends - now, timedelta()) + AFTER_THE_LAST_DAY
