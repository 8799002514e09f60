"""The demo competition in this process, for figures of what needs no network: its commands, and time taken."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from app.demo import create
from app.eventlog.deciding import Actor
from app.pipeline import Pipeline, make_command
from app.settings import Settings
from app.upgrading import upgrade
from app.wiring import start
from tests.serving import command

ORGANISER = Actor("bench", "bench", "organiser", None, ())


@contextmanager
def demo_app() -> Iterator[Flask]:
    """An app over data of its own, inside a request."""
    folder = Path(tempfile.mkdtemp())
    try:
        settings = Settings(data=folder)
        upgrade(settings)
        app = create_app(settings)
        create(app)
        start(app)
        with app.test_request_context():
            yield app
        app.extensions["pipeline"].close()
        app.extensions["engine"].dispose()
    finally:
        shutil.rmtree(folder)


def do(
    pipeline: Pipeline, type_: str, target: str, payload: Any, expected_version: int | None = None
) -> None:
    wanted = command(type_, target, payload)
    made = make_command(wanted["id"], type_, target, wanted["payload"], ORGANISER, expected_version)
    [receipt] = pipeline.submit([made], ORGANISER)
    assert receipt["status"] == "accepted", receipt


def best_of_three_s(make: Callable[[], None]) -> float:
    taken_s = []
    for _ in range(3):
        started_s = time.perf_counter()
        make()
        taken_s.append(time.perf_counter() - started_s)
    return min(taken_s)
