"""`flask standings rebuild`: the log folded anew, every sheet scored again, the standings held side by side."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from sqlalchemy import Engine

from scoring.sheet import evaluate

from ..competitions.state import Division, Setup
from ..eventlog import queries
from ..eventlog.fold import State
from ..runs.state import Run, Runs
from ..runs.texts import ERASED, text_ids, told
from .state import Standings, ranked_anew


def rebuild(engine: Engine) -> dict[str, Any]:
    """``{"ok", "divisions": [{"competition", "division", "entries", "digest", "same", "differing": [run], …}]}``.

    ``same``: the order mended step by step equals the one ranked anew. ``differing`` names runs whose sheet no
    longer scores what the log says it scored.
    """
    from ..states import open_state

    divisions = []
    with engine.connect() as connection:
        for chain in queries.chains(connection):
            state = open_state(connection, chain)
            divisions += [rebuilt(state, division) for division in state[Setup].divisions.values()]
    ok = all(division["same"] and not division["differing"] for division in divisions)
    return {"ok": ok, "divisions": divisions}


def rebuilt(state: State, division: Division) -> dict[str, Any]:
    """A division's part of what ``rebuild`` tells."""
    standings = [standing.to_json() for standing in ranked_anew(state, division)]
    kept = [standing.to_json() for standing in state[Standings].of(division.code)]
    runs = state[Runs].of(division.code)
    return {
        "competition": state[Setup].slug,
        "division": division.code,
        "entries": len(standings),
        "digest": hashlib.sha256(orjson.dumps(standings, option=orjson.OPT_SORT_KEYS)).hexdigest(),
        "standings": standings,
        "same": standings == kept,
        "differing": [run.id for run in runs if _differs(state, division, run)],
    }


def _differs(state: State, division: Division, run: Run) -> bool:
    if run.result is None or run.result.mark is not None:
        return False
    evaluation = evaluate(division.ruleset, told(run.result.sheet, state.texts, ERASED))
    if not evaluation.ok and any(text not in state.texts for text in text_ids(run.result.sheet)):
        return False  # the rules ask something of a text that was erased
    return not evaluation.ok or dict(evaluation.results) != run.result.results
