"""Trying rulesets over HTTP: what a sheet comes to, and how results would be ranked, as ``flask rules`` prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from pydantic import ValidationError

from scoring.ruleset import Ruleset

from ...accounts.access import access
from ...competitions.trying import ResultsTried, RulesTried, SheetTried
from ...confining import Ended
from ...eventlog.deciding import pydantic_problems
from ...languages import request_locale
from ...problems import json_response, problem
from ...rules_printing import refusal, spoken
from ...standings.reasons import reason_sentence
from ...threads import in_thread
from .trying_apart import tried_apart

blueprint = Blueprint("desk_trying", __name__, url_prefix="/api/v1/rules")

Tried = TypeVar("Tried", bound=RulesTried)


@blueprint.post("/score")
@access("organiser")
def score() -> Response:
    """What a sheet comes to."""
    return _answered("score", SheetTried, lambda _tried, made: spoken(made, request_locale()))


@blueprint.post("/rank")
@access("organiser")
def rank() -> Response:
    """The standings of results, each line with its reason as a sentence."""
    return _answered("rank", ResultsTried, _ranked)


def _ranked(tried: ResultsTried, standings: list[dict[str, Any]]) -> dict[str, Any]:
    # It was read apart, within bounds; a second reading takes no longer than that one.
    rules: Ruleset | None = in_thread(tried.ruleset)
    assert rules is not None
    names = {entry["id"]: entry.get("name", entry["id"]) for entry in tried.results["entries"]}
    return {
        "ok": True,
        "standings": [{**one, "sentence": reason_sentence(rules, one["reason"], names)} for one in standings],
    }


def _answered(what: str, asked: type[Tried], shown: Callable[[Tried, Any], dict[str, Any]]) -> Response:
    """The answer to what was asked, or why there is none: 400 where the question is malformed, 404 without rules."""
    try:
        tried = asked.model_validate_json(request.get_data())
        made = tried_apart(what, tried)
    except ValidationError as error:
        return problem(400, "payload_invalid", pydantic_problems(error))
    except Ended:
        return problem(400, "trial_too_large")
    if made is None:
        return problem(404, "not_found")
    # An evaluation may have errors as well; it says whether it is one.
    if isinstance(made, dict) and made.keys() == {"errors"}:
        return json_response(refusal(*made["errors"], locale=request_locale()))
    return json_response(shown(tried, made))
