"""A competition on one installation, and another installation that knows nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from uuid_utils import uuid7

from app.accounts.routes import open_account
from app.accounts.signing_in import TOKEN, new_token, sign_in_row
from app.archives.packing import pack
from app.eventlog.deciding import Actor
from app.pipeline import Pipeline, make_command
from app.settings import Settings
from app.upgrading import upgrade
from tests.app.conftest import Send, opened

MADE_AT = "2026-05-01T10:00:00.000000Z"


@dataclass
class Elsewhere:
    """Another installation, and the way its organiser reaches it."""

    app: Flask
    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def sign_in(self, role: str, target: str = "installation") -> None:
        """Go on as somebody of a role, for whom an account is opened."""
        with self.app.test_request_context():
            account = open_account(role, "Басқа қазы", None, target)
        token = new_token()
        self.pipeline.write(sign_in_row(token, account, "test", TOKEN))
        self.headers = {"Authorization": f"Bearer {token}"}

    @property
    def pipeline(self) -> Pipeline:
        found: Pipeline = self.app.extensions["pipeline"]
        return found

    @property
    def settings(self) -> Settings:
        found: Settings = self.app.extensions["settings"]
        return found


def packed(app: Flask, path: Path) -> Path:
    """The archive of the demo as it is now, at ``path``."""
    with path.open("wb") as file:
        pack(app.extensions["engine"], "c/demo", app.extensions["settings"], MADE_AT, file)
    return path


def apply_with_document(app: Flask, pages: Sequence[bytes]) -> list[str]:
    """Hand in an application with a document of these pages; the pages' digests."""
    pipeline: Pipeline = app.extensions["pipeline"]
    digests: list[str] = app.extensions["shelf"].keep(pages)
    application = str(uuid7())
    target = f"c/demo/application/{application}"
    form = {
        "team": "Шапшаң", "organisation": "№ 3 мектеп", "organisation_kind": "school", "region": "KZ-10",
        "coach": {"surname": "Тәжібай", "given_name": "Гүлнар"},
        "members": [{"surname": "Қуаныш", "given_name": "Аян", "birth_year": 2014}],
        "wanted": [{"division": "line"}],
    }  # fmt: skip
    told = {"form": form, "token_digest": "0" * 64, "salt": "0" * 32}
    document = {"document": str(uuid7()), "kind": "project", "pages": digests, "bytes": sum(map(len, pages))}
    organiser = Actor("organiser", "organiser", "organiser")
    for type_, payload in (("SubmitApplication", told), ("AttachDocument", document)):
        made = make_command(str(uuid7()), type_, target, payload, organiser)
        [receipt] = pipeline.submit([made], organiser)
        assert receipt["status"] == "accepted", receipt
    return digests


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    settings = Settings(data=tmp_path / "elsewhere")
    upgrade(settings)
    with opened(settings.data) as app:
        made = Elsewhere(app, app.test_client())
        made.sign_in("organiser")
        yield made


@pytest.fixture
def run_half(send: Send, runs: list[dict[str, Any]]) -> None:
    """Half the runs of a division confirmed, one of them with a captain's signature and a remark, one marked."""
    captain = {"outcome": "signed", "strokes": [[100, 200, 400, 500]]}
    for index, run in enumerate(runs[: len(runs) // 2]):
        payload: dict[str, Any] = {"sheet": {"time": 20.125 + index % 5}}
        if index == 0:
            payload |= {"captain": captain, "note": "Көпірден кейін тоқтады"}
        if index == 3:
            payload = {"sheet": {}, "mark": "DNF"}
        receipt = send("judge", "EnterScore", run["target"], payload, run["version"])
        assert receipt["status"] == "accepted", receipt


@pytest.fixture
def archive(app: Flask, run_half: None, tmp_path: Path) -> Path:
    """The archive of the demo, half run."""
    return packed(app, tmp_path / "demo.zip")
