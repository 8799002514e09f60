"""``flask account …``: a new PIN for somebody who is locked out, an organiser above all.

Standard output is JSON only; exit 0 is ok, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from . import logs
from .cli_answers import answer, refused, settings

account_cli = AppGroup("account", help="Who may sign in.")


@account_cli.command("new-pin")
@click.argument("name")
def new_pin_command(name: str) -> None:
    """Give the account called NAME (or with that id) a new PIN and sign its devices out; the server must be stopped."""
    from .holding import hold

    if not settings().database.exists():
        raise click.UsageError(f"there is no database in {settings().data}")
    lock = hold(settings())
    if lock is None:
        answer(refused("stop_server_first", {}))
    with lock:
        logs.configure()
        answer(given(current_app._get_current_object(), name))  # type: ignore[attr-defined]


def given(app: Flask, name: str) -> dict[str, Any]:
    """The answer to asking for a new PIN: ``{"ok", "account", "name", "role", "pin"}``, or why not, as ``refused``."""
    from .accounts import queries
    from .accounts.signing_in import new_pin
    from .database import reader
    from .wiring import start

    start(app)
    try:
        with reader() as connection:
            found = queries.called(connection, name)
        if not found:
            return refused("account_unknown", {})
        if len(found) > 1:
            return refused("account_ambiguous", {"ids": ", ".join(one["id"] for one in found)})
        [account] = found
        pin = new_pin(account["role"])
        receipt = _change(app, account, pin)
        if receipt["status"] != "accepted":
            return refused(receipt["code"], receipt["facts"])
        return {
            "ok": True,
            "account": account["id"],
            "name": account["name"],
            "role": account["role"],
            "pin": pin,
        }
    finally:
        app.extensions["pipeline"].close()


def _change(app: Flask, account: dict[str, Any], pin: str) -> dict[str, Any]:
    from uuid_utils import uuid7

    from .accounts.signing_in import hash_pin
    from .eventlog.deciding import INSTALLATION, SYSTEM
    from .pipeline import make_command

    target = f"c/{account['competition']}" if account["competition"] else INSTALLATION
    payload = {"account": account["id"], "pin_hash": hash_pin(pin)}
    command = make_command(str(uuid7()), "ChangePin", target, payload, SYSTEM)
    receipt: dict[str, Any] = app.extensions["pipeline"].submit([command], SYSTEM)[0]
    return receipt
