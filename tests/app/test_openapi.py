"""The OpenAPI description is well formed, names every route of the API, and says what the server really takes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from app.command_kinds import COMMANDS


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    body: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return body


def test_every_route_of_the_api_is_described(app: Flask, described: dict[str, Any]) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert paths == routes


def test_path_parameters_are_described(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for operation in methods.values():
            named = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"]
            assert named == re.findall(r"{(\w+)}", path), path
            assert operation["summary"]
            assert {"200", "default"} <= operation["responses"].keys()


def test_every_reference_leads_somewhere_and_schemas_are_schemas(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]

    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [ref for value in part.values() for ref in references(value)]
        return [ref for value in part for ref in references(value)] if isinstance(part, list) else []

    for reference in references(described):
        assert reference.removeprefix("#/components/schemas/") in schemas
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_every_command_that_may_be_sent_is_described(described: dict[str, Any]) -> None:
    open_to_all = {name for name, kind in COMMANDS.items() if not kind.internal}
    assert described["x-commands"].keys() == open_to_all
    assert described["x-commands"]["EnterScore"]["versioned"] is True
    assert described["x-commands"]["AssignReading"]["roles"] == ["referee"]
