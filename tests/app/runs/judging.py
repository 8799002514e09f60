"""The queue of field A as its judges see it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient


def judging(client: FlaskClient, bearer: Any) -> list[dict[str, Any]]:
    """The runs of the demo's field A, with what only staff may see."""
    answer = client.get("/api/v1/live/c/demo/field/A/judging", headers=bearer("referee"))
    runs: list[dict[str, Any]] = answer.get_json()["data"]["runs"]
    return runs
