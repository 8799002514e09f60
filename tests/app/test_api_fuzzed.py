"""The API held against its own description with made-up requests: no server error, no answer it does not describe."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from app.api import SentCommands
from app.openapi import description
from app.readers.describing import READINGS

CHECKS = [
    not_a_server_error,
    negative_data_rejection,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
ROLES = {
    "/api/v1/readings": "field_controller:A",
    "/api/v1/devices/heartbeat": "field_controller:A",
    **dict.fromkeys(READINGS, "reader"),
}
OPERATIONS = [
    (path, method) for path, methods in description(SentCommands)["paths"].items() for method in methods
]


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    app: Flask, bearer: Callable[[str], dict[str, str]], path: str, method: str, mode: GenerationMode
) -> None:
    """Sound requests and broken ones; where nothing can be broken there is nothing to try."""
    operation = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)[path][method]
    headers = bearer(ROLES.get(path, "referee" if path.endswith("commands") else "organiser"))

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def hold(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    with contextlib.suppress(Unsatisfiable):
        hold()
