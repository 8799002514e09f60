"""Rules tried in a process of its own, because rulesets and results are anybody's: within bounds on memory and time.

``python -m app.desk.rules.trying_apart``, confined, is given ``{"what", "tried"}`` (``score``, ``rank`` or ``check``)
and answers with JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from gevent.lock import BoundedSemaphore

from scoring.check import check
from scoring.problems import RulesetError
from scoring.records import RecordsRefused, rank_json
from scoring.sheet import evaluate

from ...competitions.rulesets import pinned
from ...competitions.trying import ResultsTried, RulesTried, SheetTried
from ...confining import Bounds, Ended, answer_within, confined

BOUNDS = Bounds(memory_bytes=512 * 1024 * 1024, cpu_s=10)
MOST_ANSWER_BYTES = 8 * 1024 * 1024

_turns = BoundedSemaphore(2)


def tried_apart(what: str, tried: RulesTried) -> Any:
    """What comes of it: an evaluation, standings or a report; ``{"errors"}`` where rules or results are wrong; None
    where there are no such rules. Raises Ended where it took too much."""
    order = orjson.dumps({"what": what, "tried": tried.model_dump()})
    with _turns:
        told = confined("app.desk.rules.trying_apart", order, BOUNDS)
    if len(told) > MOST_ANSWER_BYTES:
        raise Ended(what)
    return orjson.loads(told)


def answer(order: bytes) -> bytes:
    read = orjson.loads(order)
    try:
        return orjson.dumps(KINDS[read["what"]](read["tried"]))
    except (RulesetError, RecordsRefused) as error:
        return orjson.dumps({"errors": [found.to_json() for found in error.problems]})


def _score(tried: dict[str, Any]) -> Any:
    asked = SheetTried.model_validate(tried)
    rules = asked.ruleset()
    return rules and evaluate(rules, asked.sheet).to_json()


def _rank(tried: dict[str, Any]) -> Any:
    asked = ResultsTried.model_validate(tried)
    rules = asked.ruleset()
    return rules and [standing.to_json() for standing in rank_json(rules, asked.results)]


def _check(tried: dict[str, Any]) -> Any:
    """The report of a file, and whether its rules can be used."""
    text = RulesTried.model_validate(tried).text or ""
    report = check(text, "").to_json()
    try:
        pinned(text)
    except RulesetError:
        return {"report": report, "is_usable": False}
    return {"report": report, "is_usable": True}


KINDS: dict[str, Callable[[dict[str, Any]], Any]] = {"score": _score, "rank": _rank, "check": _check}

if __name__ == "__main__":
    answer_within(answer)
