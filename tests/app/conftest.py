"""A whole server inside the test's process: its own data folder, the demo competition, no sockets opened.

gevent is not monkey-patched here: the pipeline's greenlets and its writer thread work either way, and the test's own
threads stay real ones.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app import create_app
from app.demo import create
from app.pipeline import Pipeline
from app.settings import Settings
from app.upgrading import upgrade
from app.wiring import start
from tests.serving import command

Send = Callable[..., dict[str, Any]]
WITHOUT_WAITING = {"early": "every team has signed"}
"""For publishing results that may still be protested."""


@pytest.fixture(scope="session", autouse=True)
def builders_made_once() -> Iterator[None]:
    """Werkzeug compiles how each address is built: most of what making an app takes, and the same for every app."""
    compiled, made = Rule._compile_builder, {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown
        if key not in made:
            made[key] = compiled(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", builder)
        yield


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo in it. Hashing its PINs takes a while, so tests get copies of this one."""
    settings = Settings(data=tmp_path_factory.mktemp("demo"))
    upgrade(settings)
    made = create_app(settings)
    create(made)
    made.extensions["engine"].dispose()
    return settings.data


@contextmanager
def opened(data: Path) -> Iterator[Flask]:
    """An app on a data folder; shut at the end."""
    made = create_app(Settings(data=data))
    start(made)
    try:
        yield made
    finally:
        made.extensions["pipeline"].close()
        made.extensions["engine"].dispose()


def tokens(app: Flask) -> dict[str, Any]:
    """What DATA/access.json tells."""
    told: dict[str, Any] = json.loads(app.extensions["settings"].access_file.read_text("utf-8"))
    return told


@pytest.fixture
def app(demo_data: Path, tmp_path: Path) -> Iterator[Flask]:
    data = shutil.copytree(demo_data, tmp_path / "data")
    (data / "worker.alive").touch()
    with opened(data) as made:
        yield made


@pytest.fixture
def pipeline(app: Flask) -> Pipeline:
    found: Pipeline = app.extensions["pipeline"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def access(app: Flask) -> dict[str, Any]:
    return tokens(app)


@pytest.fixture
def bearer(app: Flask) -> Callable[[str], dict[str, str]]:
    """The header of a role's account; ``judge:B`` names a field's."""
    return bearer_of(app)


@pytest.fixture
def send(app: Flask) -> Send:
    """Send one command as a role; its receipt."""
    return sender(app)


def bearer_of(app: Flask) -> Callable[[str], dict[str, str]]:
    accounts = tokens(app)["accounts"]

    def header(role: str) -> dict[str, str]:
        role, _, field = role.partition(":")
        account = next(a for a in accounts if a["role"] == role and (not field or field in a["fields"]))
        return {"Authorization": f"Bearer {account['token']}"}

    return header


def sender(app: Flask) -> Send:
    """A function that sends one command to an app as a role, and returns its receipt."""
    client, bearer = app.test_client(), bearer_of(app)

    def sending(
        role: str, type_: str, target: str, payload: Any = None, version: int | None = None, **more: Any
    ) -> dict[str, Any]:
        body = {"commands": [command(type_, target, payload, version) | more]}
        answer = client.post("/api/v1/commands", json=body, headers=bearer(role))
        assert answer.status_code == 200, answer.text
        receipt: dict[str, Any] = answer.get_json()["receipts"][0]
        return receipt

    return sending


@pytest.fixture
def runs(client: FlaskClient) -> list[dict[str, Any]]:
    """The runs of the demo's field A, as its queue shows them."""
    queue: list[dict[str, Any]] = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
    return queue
