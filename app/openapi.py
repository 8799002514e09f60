"""The OpenAPI description of the JSON API, made from the schemas the server validates with."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from .accounts.schemas import SignInRequest
from .command_kinds import COMMANDS
from .competitions.trying import ResultsTried, SheetTried
from .devices.schemas import Heartbeat, ReadingBatch
from .live.begun_routes import SheetBegun
from .readers.describing import READINGS

REF = "#/components/schemas/{model}"


def description(commands_body: type[BaseModel]) -> dict[str, Any]:
    """The whole description; ``commands_body`` is the model of a posted batch of commands."""
    bodies: list[type[BaseModel]] = [
        commands_body,
        ReadingBatch,
        Heartbeat,
        SheetBegun,
        SignInRequest,
        SheetTried,
        ResultsTried,
    ]
    payloads = [kind.payload for kind in COMMANDS.values() if not kind.internal]
    _, schemas = models_json_schema(
        [(model, "validation") for model in [*bodies, *payloads]]
        + [(answer, "serialization") for _, answer in READINGS.values()],
        ref_template=REF,
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Baige", "version": "1", "description": "Commands in, live state out."},
        "paths": {
            "/api/v1/commands": {"post": _post("Carry out commands in order", commands_body, _receipts())},
            "/api/v1/readings": {
                "post": _post("Store readings of a field controller", ReadingBatch, _stored())
            },
            "/api/v1/devices/heartbeat": {
                "post": _post("Report a controller's health", Heartbeat, _object())
            },
            "/api/v1/begun-sheets": {
                "post": _post("Tell how far a sheet is that is being filled in", SheetBegun, _object())
            },
            "/api/v1/sign-in": {"post": _post("Sign in with a PIN", SignInRequest, _object())},
            "/api/v1/sign-out": {"post": {"summary": "Sign out", "responses": _responses(_object())}},
            "/api/v1/sign-in/accounts": {
                "get": {"summary": "Accounts to choose", "responses": _responses(_object())}
            },
            "/api/v1/me": {"get": {"summary": "Who is asking", "responses": _responses(_object())}},
            "/api/v1/time": {
                "get": {"summary": "The server's clock in milliseconds", "responses": _responses(_object())}
            },
            "/api/v1/rules/score": {"post": _post("Try a score sheet of a ruleset", SheetTried, _object())},
            "/api/v1/rules/rank": {"post": _post("Try how results would be ranked", ResultsTried, _object())},
            "/api/v1/openapi.json": {"get": {"summary": "This", "responses": _responses(_object())}},
            "/api/v1/live/{topic}": {
                "get": {
                    "summary": "The newest snapshot of a live topic",
                    "parameters": [
                        {"name": "topic", "in": "path", "required": True, "schema": {"type": "string"}}
                    ],
                    "responses": _responses(_object()),
                }
            },
            "/api/v1/c/{slug}/divisions/{code}/ruleset": {
                "get": {
                    "summary": "A division's ruleset as the tablet evaluates it",
                    "parameters": _parameters("/{slug}/{code}"),
                    "responses": _responses(_object()),
                }
            },
            **{path: {"get": _reading(path)} for path in READINGS},
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
        },
        "security": [{"token": []}, {"cookie": []}],
        "x-commands": {
            kind.name: {
                "payload": {"$ref": REF.format(model=kind.payload.__name__)},
                "target": sorted(kind.on),
                "roles": sorted(kind.roles),
                "versioned": kind.version_of is not None,
            }
            for kind in COMMANDS.values()
            if not kind.internal
        },
    }


def _reading(path: str) -> dict[str, Any]:
    """What the read API answers at a path, with a key."""
    summary, answer = READINGS[path]
    return {
        "summary": summary,
        "tags": ["read"],
        "security": [{"token": []}, {"cookie": []}],
        "parameters": _parameters(path),
        "responses": _responses({"$ref": REF.format(model=answer.__name__)}),
    }


def _parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _post(summary: str, body: type[BaseModel], answer: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": REF.format(model=body.__name__)}
    return {
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": _responses(answer),
    }


def _responses(answer: dict[str, Any]) -> dict[str, Any]:
    problem = {"description": "Refused", "content": {"application/problem+json": {"schema": _object()}}}
    return {
        "200": {"description": "Done", "content": {"application/json": {"schema": answer}}},
        "default": problem,
    }


def _object() -> dict[str, Any]:
    return {"type": "object"}


def _stored() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["stored_through"],
        "properties": {"stored_through": {"type": ["integer", "null"]}},
    }


def _receipts() -> dict[str, Any]:
    status = {"type": "string", "enum": ["accepted", "refused", "conflict"]}
    properties = {
        "id": {"type": "string"},
        "status": status,
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "version": {"type": ["integer", "null"]},
        "epoch": {"type": "integer"},
    }
    receipt = {"type": "object", "required": sorted(properties), "properties": properties}
    return {"type": "object", "properties": {"receipts": {"type": "array", "items": receipt}}}
