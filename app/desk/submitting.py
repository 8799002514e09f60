"""From a form to a command: submitted as whoever is signed in, refusals brought back to the form's fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash
from flask_login import current_user
from flask_wtf import FlaskForm
from uuid_utils import uuid7

from ..competitions.state import Setup
from ..eventlog.deciding import Actor, Refusal
from ..eventlog.fold import State
from ..messages import sentence
from ..pipeline import Pipeline, Receipt, make_command
from ..problems import error_shape


def submit(type_: str, target: str, payload: dict[str, Any], expected_version: int | None = None) -> Receipt:
    """Carry out one command. Raises Refusal where its payload is not even well formed."""
    actor: Actor = current_user.actor
    command = make_command(str(uuid7()), type_, target, payload, actor, expected_version)
    return pipeline().submit([command], actor)[0]


def submit_form(
    form: FlaskForm,
    type_: str,
    target: str,
    payload: dict[str, Any],
    expected_version: int | None = None,
    on_conflict: Callable[[Receipt], object] | None = None,
) -> bool:
    """Carry out what a form asks; whether it was accepted. What was refused is said at its field, or above the form.

    A page that tells more of a conflict than that there was one takes its receipt with ``on_conflict``.
    """
    try:
        receipt = submit(type_, target, payload, expected_version)
    except Refusal as refusal:
        errors = [error_shape(p.code, p.field, p.row, p.facts) for p in refusal.problems]
        return _show(form, errors, sentence(refusal.code, refusal.facts))
    if receipt["status"] == "accepted":
        return True
    if receipt["status"] == "conflict" and receipt["changed"] and on_conflict:
        on_conflict(receipt)
        return False
    errors = [error_shape(e["code"], e["field"], e["row"], e["facts"]) for e in receipt["errors"]]
    return _show(form, errors, sentence(receipt["code"], receipt["facts"]))


def submit_or_flash(
    type_: str, target: str, payload: dict[str, Any], expected_version: int | None = None
) -> bool:
    """Carry out a button's command; a refusal is said at the top of the next page."""
    try:
        receipt = submit(type_, target, payload, expected_version)
        code, facts = receipt["code"], receipt["facts"]
    except Refusal as refusal:
        receipt, code, facts = None, refusal.code, refusal.facts
    accepted = receipt is not None and receipt["status"] == "accepted"
    if not accepted:
        flash(sentence(code, facts), "danger")
    return accepted


def pipeline() -> Pipeline:
    found: Pipeline = current_app.extensions["pipeline"]
    return found


def state_of(slug: str) -> State:
    """A competition's state; 404 where there is none. Read it inside ``pipeline().reading()``."""
    state = pipeline().state(f"c/{slug}")
    if state is None or not state[Setup].exists:
        abort(404)
    return state


def _show(form: FlaskForm, errors: list[dict[str, Any]], above: str) -> bool:
    placed = False
    for error in errors:
        name = (error["field"] or "").replace(".", "_")
        if name in form:
            form[name].errors = [*form[name].errors, error["detail"]]
            placed = True
    if not placed:
        flash(above, "danger")
    return False
