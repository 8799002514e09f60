"""Trying rulesets over HTTP: what a sheet comes to, and how results would be ranked, as ``flask rules`` prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from pydantic import ValidationError

from scoring.problems import RulesetError
from scoring.records import RecordsRefused, rank_json
from scoring.ruleset import Ruleset
from scoring.sheet import evaluate

from ..accounts.access import access
from ..competitions.trying import ResultsTried, RulesTried, SheetTried
from ..eventlog.deciding import pydantic_problems
from ..languages import request_locale
from ..problems import json_response, problem
from ..rules_printing import refusal, spoken
from ..standings.reasons import reason_sentence

blueprint = Blueprint("desk_trying", __name__, url_prefix="/api/v1/rules")

Tried = TypeVar("Tried", bound=RulesTried)


@blueprint.post("/score")
@access("organiser")
def score() -> Response:
    """What a sheet comes to."""
    return _answered(
        SheetTried, lambda rules, tried: spoken(evaluate(rules, tried.sheet).to_json(), request_locale())
    )


@blueprint.post("/rank")
@access("organiser")
def rank() -> Response:
    """The standings of results, each line with its reason as a sentence."""
    return _answered(ResultsTried, _ranked)


def _ranked(rules: Ruleset, tried: ResultsTried) -> dict[str, Any]:
    standings = [standing.to_json() for standing in rank_json(rules, tried.results)]
    names = {entry["id"]: entry.get("name", entry["id"]) for entry in tried.results["entries"]}
    return {
        "ok": True,
        "standings": [{**one, "sentence": reason_sentence(rules, one["reason"], names)} for one in standings],
    }


def _answered(asked: type[Tried], answer: Callable[[Ruleset, Tried], dict[str, Any]]) -> Response:
    """The answer to what was asked, or why there is none: 400 where the question is malformed, 404 without rules."""
    try:
        tried = asked.model_validate_json(request.get_data())
        rules = tried.ruleset()
        return problem(404, "not_found") if rules is None else json_response(answer(rules, tried))
    except ValidationError as error:
        return problem(400, "payload_invalid", pydantic_problems(error))
    except (RulesetError, RecordsRefused) as error:
        refused = refusal(*(found.to_json() for found in error.problems), locale=request_locale())
        return json_response(refused)
