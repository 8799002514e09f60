"""Desk pages of a field's gates: their state now, the self-test, what is wired to which channel, stray readings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...devices.health import Health
from ...devices.self_test import self_test
from ...devices.state import Controllers
from ...devices.wiring import ANY_BOARD, Wiring
from ...devices.words import ROLES, check_sentence, fault_words, reason_words
from ...eventlog.fold import State
from ...live.shapes import run_shape
from ...runs.fields import Fields
from ...runs.state import Runs
from ...schedule.state import Schedule
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash
from .wiring_form import OUTPUTS, rows, wiring_payload

blueprint = Blueprint("desk_gates", __name__, url_prefix="/desk")

READINGS_SHOWN = 50


@blueprint.get("/c/<slug>/field/<code>/gates")
@access("organiser", "referee")
def gates(slug: str, code: str) -> str:
    board = request.args.get("board", ANY_BOARD)
    with pipeline().reading():
        state = state_of(slug)
        wiring = _wiring(state, code)
        return render_template(
            "desk/gates.html",
            setup=state[Setup],
            slug=slug,
            field=state[Setup].fields[code],
            board=board,
            boards=_boards(wiring, slug, code),
            wiring=wiring,
            rows=rows(wiring, board),
            outputs={number: wiring.board(board).outputs.get(number, "") for number in range(OUTPUTS)},
            roles=ROLES,
            button=ButtonForm(),
            **_now(state, slug, code),
        )


@blueprint.get("/c/<slug>/field/<code>/gates/now")
@access("organiser", "referee")
def gates_now(slug: str, code: str) -> str:
    """Levels, checks and the test's progress alone, which the page asks for again and again."""
    with pipeline().reading():
        state = state_of(slug)
        _wiring(state, code)
        return render_template("desk/_gates_now.html", slug=slug, **_now(state, slug, code))


@blueprint.post("/c/<slug>/field/<code>/gates/<action>")
@access("organiser", "referee")
def act(slug: str, code: str, action: str) -> Any:
    """Start or end the self-test, override it, or release the field."""
    made = _command(slug, code, action) if ButtonForm().validate_on_submit() else None
    if made is None:
        abort(404)
    submit_or_flash(made[0], f"c/{slug}/field/{code}", made[1])
    return redirect(url_for("desk_gates.gates", slug=slug, code=code))


@blueprint.post("/c/<slug>/field/<code>/wiring")
@access("organiser", "referee")
def wire(slug: str, code: str) -> Any:
    """Wire one board; the others stay as they are."""
    board = request.form.get("board", ANY_BOARD)
    with pipeline().reading():
        wiring = _wiring(state_of(slug), code)
    try:
        payload = wiring_payload(wiring, board, request.form)
        version = int(request.form["version"])
    except (KeyError, ValueError):
        flash(_("A number in the wiring is not a number."), "danger")
        return redirect(url_for("desk_gates.gates", slug=slug, code=code, board=board))
    if ButtonForm().validate_on_submit() and submit_or_flash(
        "WireField", f"c/{slug}/field/{code}", payload, expected_version=version
    ):
        flash(_("The wiring is kept. The board takes it within a second."), "success")
    return redirect(url_for("desk_gates.gates", slug=slug, code=code, board=board))


@blueprint.post("/c/<slug>/field/<code>/readings")
@access("referee")
def assign(slug: str, code: str) -> Any:
    """Give a stray reading to a run, with the reason."""
    try:
        device, boot, seq = request.form["reading"].rsplit("/", 2)
        payload = {
            "device": device,
            "boot": int(boot),
            "seq": int(seq),
            "as": request.form["use"],
            "reason": request.form["reason"],
        }
        run = request.form["run"]
    except (KeyError, ValueError):
        abort(400)
    if ButtonForm().validate_on_submit() and submit_or_flash("AssignReading", f"c/{slug}/run/{run}", payload):
        flash(_("The reading counts for the run now."), "success")
    return redirect(url_for("desk_gates.gates", slug=slug, code=code))


def _command(slug: str, code: str, action: str) -> tuple[str, dict[str, Any]] | None:
    match action:
        case "self-test":
            return "StartSelfTest", {}
        case "finish":
            with pipeline().reading():
                checks = self_test(state_of(slug), code, _health().beats(slug, code))
            return "FinishSelfTest", {"checks": [check.model_dump() for check in checks]}
        case "override":
            return "OverrideSelfTest", {"reason": request.form.get("reason", "")}
        case "release":
            return "ReleaseField", {"reason": request.form.get("reason", "")}
        case _:
            return None


def _now(state: State, slug: str, code: str) -> dict[str, Any]:
    beats = _health().beats(slug, code)
    checks = self_test(state, code, beats)
    strays = [one for one in state[Controllers].unassigned.values() if one["field"] == code]
    return {
        "code": code,
        "bar": state[Fields].bar(code),
        "test": state[Controllers].tests.get(code),
        "checks": [(check.passed, check_sentence(check.code, check.facts)) for check in checks],
        "passes": all(check.passed for check in checks),
        "beats": [(beat, online, beat.model_extra or {}) for beat, online in beats],
        "wiring_of": {beat.device: state[Controllers].wiring(code).board(beat.device) for beat, _ in beats},
        "words": ROLES,
        "fault_words": fault_words,
        "strays": [one | {"why": reason_words(one["reason"])} for one in strays[-READINGS_SHOWN:]],
        "runs": [
            run_shape(state, state[Runs].by_id[run])
            for run in state[Schedule].queues.get(code, [])
            if not state[Runs].by_id[run].is_confirmed
        ],
    }


def _wiring(state: State, code: str) -> Wiring:
    if code not in state[Setup].fields:
        abort(404)
    return state[Controllers].wiring(code)


def _boards(wiring: Wiring, slug: str, code: str) -> list[str]:
    """Boards that can be wired on their own: those that are, and those that report."""
    reporting = [beat.device for beat, _ in _health().beats(slug, code)]
    return list(dict.fromkeys([ANY_BOARD, *wiring.boards, *reporting]))


def _health() -> Health:
    health: Health = current_app.extensions["health"]
    return health
