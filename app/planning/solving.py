"""The solver's process: ``python -m app.planning.solving ORDER`` reads an order and puts the answer beside it.

An order is ``{"kind", "instance", "limit_s", "seed"}``; ``push`` and ``repair`` have ``"placed"``, ``"now"`` (the
minute it is), ``"held"`` (activities that began or were called), ``"late"`` (those whose time came and that have not
begun) and ``"closed"`` (``{resource: [from, to]}``), too.
The answer is ``{"status", "bound", "short", "placed", "left_out"}``, with the order's ``"closed"`` if it has it.

``partners`` has ``{"entries": [id], "rounds", "side", "min_gap"}`` instead of an instance, and is answered by
``{"status", "matches": [{"sides", "surrogates"}], "told"}``: ids, and the figures of ``match_list.measured``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from scoring.planning.annealing import anneal
from scoring.planning.checking import read_placed
from scoring.planning.day import Now, closed
from scoring.planning.instance import Instance, Placed, read_instance
from scoring.planning.match_list import Asked, measured
from scoring.planning.repairing import Repair, fewest_moves, push
from scoring.planning.solving import solve

from ..settings import write_private


def answer(order: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Carry out an order; ``tell`` hears how far it is."""
    if order["kind"] == "partners":
        return _partners(order)
    instance = read_instance(order["instance"])
    if order["kind"] == "solve":
        found = solve(instance, order["limit_s"], order["seed"], tell)
        placed = {
            one["activity"]: {"start": one["start"], "resources": one["resources"]}
            for one in found["assignments"]
        }
        return {key: found.get(key) for key in ("status", "bound", "short")} | {
            "placed": placed,
            "left_out": [],
        }
    return _mended(instance, order) | {"closed": order["closed"]}


def _partners(order: dict[str, Any]) -> dict[str, Any]:
    entries = order["entries"]
    asked = Asked(len(entries), order["rounds"], order["side"], order["min_gap"])
    found = anneal(asked, order["seed"])
    matches = [
        {
            "sides": [[entries[at] for at in side] for side in match.sides],
            "surrogates": [entries[at] for at in sorted(match.surrogates)],
        }
        for match in found
    ]
    return {"status": "feasible", "matches": matches, "told": measured(asked, found)}


def _mended(instance: Instance, order: dict[str, Any]) -> dict[str, Any]:
    hours = {id_: (start, end) for id_, (start, end) in order["closed"].items()}
    narrowed = closed(instance, hours)
    assignments = [{"activity": id_, **place} for id_, place in order["placed"].items()]
    before = read_placed(
        narrowed, {"status": "feasible", "objective": None, "bound": None, "assignments": assignments}
    )
    now = Now(order["now"], frozenset(order["held"]), frozenset(order["late"]))
    if order["kind"] == "push":
        repair: Repair | None = push(narrowed, before, now)
    else:
        repair = fewest_moves(narrowed, before, now, order["limit_s"], order["seed"])
    if repair is None:
        return {"status": "unknown", "bound": None, "short": [], "placed": {}, "left_out": []}
    return {
        "status": "feasible",
        "bound": None,
        "short": [],
        "placed": _as_json(repair.placed),
        "left_out": [one.activity.id for one in repair.left_out],
    }


def _as_json(placed: Iterable[Placed]) -> dict[str, Any]:
    return {one.activity.id: {"start": one.start, "resources": list(one.resources)} for one in placed}


def main(path: Path) -> None:
    def tell(what: str, facts: dict[str, Any]) -> None:
        write_private(path.with_suffix(".progress"), orjson.dumps({"what": what, **facts}))

    order = orjson.loads(path.read_bytes())
    write_private(path.with_suffix(".answer"), orjson.dumps(answer(order, tell)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
