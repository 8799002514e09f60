"""Accounts of a made competition: they sign in by the link or QR code of their card, and have no PIN."""

from __future__ import annotations

import json
from collections.abc import Sequence

from uuid_utils import uuid7

from ..accounts.queries import IN_ACCESS_FILE
from ..accounts.signing_in import TOKEN, new_token, sign_in_row
from ..demo import write_access
from ..eventlog.deciding import Actor
from ..pipeline import Pipeline
from ..settings import Settings
from .steps import Step, carry_out


def open_accounts(
    pipeline: Pipeline, settings: Settings, slug: str, wanted: Sequence[tuple[str, str, tuple[str, ...]]]
) -> None:
    """Open an account for each ``(role, name, fields)`` and tell of them in DATA/access.json."""
    told = []
    for role, name, fields in wanted:
        token, id_ = new_token(), str(uuid7())
        payload = {"id": id_, "name": name, "role": role, "fields": list(fields)}
        carry_out(pipeline, [Step("CreateAccount", f"c/{slug}", payload)])
        pipeline.write(sign_in_row(token, id_, f"{IN_ACCESS_FILE}{role}", TOKEN))
        told.append(
            {"account": id_, "token": token, "role": role, "name": name, "fields": list(fields)}
            | {"competition": slug}
        )
    known = json.loads(settings.access_file.read_text("utf-8"))["accounts"]
    write_access(settings, known + told)


def actors(settings: Settings, slug: str) -> list[Actor]:
    """The accounts of a made competition, to act as them."""
    known = json.loads(settings.access_file.read_text("utf-8"))["accounts"]
    return [
        Actor(one["account"], one["name"], one["role"], slug, tuple(one["fields"]))
        for one in known
        if one.get("competition") == slug
    ]
