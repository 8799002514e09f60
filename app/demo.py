"""The demo competition: three fields, two disciplines and matches, real-looking teams, and an account for each role."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from flask import Flask
from uuid_utils import uuid7

from .accounts.queries import IN_ACCESS_FILE
from .accounts.signing_in import TOKEN, hash_pin, new_pin, new_token, sign_in_row
from .eventlog.chain import utc_now
from .eventlog.deciding import SYSTEM
from .pipeline import Pipeline, make_command
from .settings import Settings, write_private

DEMO_FILE = Path(__file__).parents[1] / "config" / "demo" / "demo.json"
SLUG = "demo"


def create(app: Flask) -> dict[str, Any]:
    """Open the installation, create the demo in it, and close it again: ``{"ok", "created"}``."""
    from .wiring import start

    start(app)
    try:
        return {"ok": True, "created": fill(app)}
    finally:
        app.extensions["pipeline"].close()


def fill(app: Flask) -> bool:
    """Create the demo where there is none yet; whether anything was created. One cut short is completed."""
    settings: Settings = app.extensions["settings"]
    pipeline: Pipeline = app.extensions["pipeline"]
    if settings.access_file.exists():
        write_access(settings, json.loads(settings.access_file.read_text("utf-8"))["accounts"])
        return False
    demo = json.loads(DEMO_FILE.read_text("utf-8"))
    if not pipeline.state(f"c/{SLUG}"):
        _set_up(pipeline, demo)
    write_access(settings, [_open_account(pipeline, account) for account in demo["accounts"]])
    return True


def _set_up(pipeline: Pipeline, demo: dict[str, Any]) -> None:
    today = utc_now().date()
    facts = demo["competition"] | {
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=1)).isoformat(),
        "demo": True,
    }
    here = f"c/{SLUG}"
    steps = [("CreateCompetition", here, facts)]
    steps += [("AddField", here, field) for field in demo["fields"]]
    steps += [("AddDivision", here, division) for division in demo["divisions"]]
    steps.append(("ImportEntries", here, {"rows": demo["entries"]}))
    steps += [("DrawStartList", f"{here}/division/{d['code']}", {"field": d["field"]}) for d in demo["draws"]]
    steps += [
        ("DrawMatches", f"{here}/division/{c['code']}", {"fields": c["fields"]}) for c in demo["contests"]
    ]
    steps += [("AddScreen", here, screen) for screen in demo["screens"]]
    steps += [("SetScreen", f"{here}/screen/{SLUG}-{s['code']}", s["shows"]) for s in demo["steering"]]
    _submit(pipeline, steps)


def _submit(pipeline: Pipeline, steps: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    commands = [
        make_command(str(uuid7()), type_, target, payload, SYSTEM) for type_, target, payload in steps
    ]
    for receipt in pipeline.submit(commands, SYSTEM):
        if receipt["status"] != "accepted":
            raise RuntimeError(f"the demo was refused: {receipt}")


def _open_account(pipeline: Pipeline, account: dict[str, Any]) -> dict[str, Any]:
    """Open one account with a PIN of its own and a token; what access.json tells of it."""
    pin, token, id_ = new_pin(account["role"]), new_token(), str(uuid7())
    people = account["role"] not in ("field_controller", "reader")
    payload = {
        "id": id_,
        "name": account["name"],
        "role": account["role"],
        "fields": account.get("fields", []),
        "pin_hash": hash_pin(pin) if people else None,
    }
    target = "installation" if account["role"] == "organiser" else f"c/{SLUG}"
    _submit(pipeline, [("CreateAccount", target, payload)])
    pipeline.write(sign_in_row(token, id_, f"{IN_ACCESS_FILE}{account['role']}", TOKEN))
    told = {
        "account": id_,
        "token": token,
        **{k: account[k] for k in ("role", "name")},
        "fields": payload["fields"],
    }
    return told | ({"pin": pin} if people else {})


def write_access(settings: Settings, accounts: list[dict[str, Any]]) -> None:
    """Write DATA/access.json, readable by its owner alone, with links to where the server is now."""
    roles: dict[str, Any] = {}
    for account in accounts:
        if account["role"] != "field_controller":
            account["sign_in_url"] = f"{settings.public_url}/enter/{account['token']}"
        roles.setdefault(account["role"], account)
    body = {
        "url": settings.public_url,
        "competition": SLUG,
        "roles": roles,
        "accounts": accounts,
        "controllers": {a["fields"][0]: a["token"] for a in accounts if a["role"] == "field_controller"},
    }
    write_private(settings.access_file, orjson.dumps(body, option=orjson.OPT_INDENT_2))
