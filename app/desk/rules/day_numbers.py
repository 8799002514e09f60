"""Desk pages for what the day decides about a division's rules: the numbers they leave open, and lots."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Division, Setup
from ...eventlog.fold import State
from ...languages import in_language
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_day_numbers", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/division/<code>/numbers")
@access("organiser")
def numbers(slug: str, code: str) -> str:
    with pipeline().reading():
        state = state_of(slug)
        division = _division(state, code)
        return render_template(
            "desk/day_numbers.html",
            setup=state[Setup],
            division=division,
            numbers=[one for one in division.ruleset.parameters if one.on_the_day],
            button=ButtonForm(),
        )


@blueprint.post("/c/<slug>/division/<code>/numbers")
@access("organiser")
def set_numbers(slug: str, code: str) -> Any:
    with pipeline().reading():
        parameters = [one for one in _division(state_of(slug), code).ruleset.parameters if one.on_the_day]
    given: dict[str, float] = {}
    for parameter in parameters:
        written = request.form.get(parameter.name, "").strip().replace(",", ".")
        try:
            given[parameter.name] = float(written)
        except ValueError:
            label = in_language(dict(parameter.label))
            flash(_("%(label)s: “%(written)s” is not a number.", label=label, written=written), "danger")
    is_sound = ButtonForm().validate_on_submit() and len(given) == len(parameters)
    if is_sound and submit_or_flash("SetNumbers", f"c/{slug}/division/{code}", {"numbers": given}):
        flash(_("The numbers are set."), "success")
    return redirect(url_for("desk_day_numbers.numbers", slug=slug, code=code))


@blueprint.post("/c/<slug>/division/<code>/lots")
@access("organiser", "referee")
def draw_lots(slug: str, code: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("DrawLots", f"c/{slug}/division/{code}", {})
    return redirect(url_for("desk_results.standings", slug=slug, code=code))


def _division(state: State, code: str) -> Division:
    division = state[Setup].divisions.get(code)
    return division if division is not None else abort(404)
