"""Calls for the chief judge on the desk: who is called where and why, and what the referee answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import Connection
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from ...accounts.access import access
from ...accounts.queries import name_of
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import public_entry
from ...escalations.schemas import OUTCOMES
from ...escalations.state import Escalation, Escalations
from ...eventlog import queries as log
from ...eventlog.fold import State
from ...matches.state import Matches
from ...protests.window import local_clock
from ...runs.state import Runs
from ..forms import NEEDED, ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_escalations", __name__, url_prefix="/desk")

REASON_WORDS = {
    "rules": _l("a rule is unclear"),
    "team": _l("the team disagrees"),
    "field": _l("the field or its gates fail"),
    "safety": _l("safety"),
    "judge": _l("a judge is needed"),
    "other": _l("something else"),
}
OUTCOME_WORDS = {
    "stands": _l("the judge’s decision stands"),
    "changed": _l("the decision was changed"),
    "replay": _l("it is held again"),
    "explained": _l("explained"),
    "other": _l("otherwise"),
}


class SettledForm(FlaskForm):  # type: ignore[misc]
    """What came of a call."""

    outcome = SelectField(
        _l("What came of it"), choices=[(one, OUTCOME_WORDS[one]) for one in OUTCOMES], validators=[NEEDED]
    )
    note = StringField(_l("Note"), validators=[Optional(), Length(max=2000)])


@blueprint.get("/c/<slug>/escalations")
@access("organiser", "referee")
def calls(slug: str) -> Any:
    """The open calls alone, which a page asks for again and again; nothing where none changed since ``seq``."""
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        if state[Escalations].version == request.args.get("seq", type=int):
            return "", 204
        return render_template("desk/_escalations.html", **shown(connection, state))


@blueprint.post("/c/<slug>/escalation/<escalation_id>/coming")
@access("organiser", "referee")
def coming(slug: str, escalation_id: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("AnswerEscalation", f"c/{slug}/escalation/{escalation_id}", {"answer": "coming"})
    return redirect(url_for("desk_sheets.sheets", slug=slug))


@blueprint.post("/c/<slug>/escalation/<escalation_id>/settled")
@access("organiser", "referee")
def settled(slug: str, escalation_id: str) -> Any:
    form = SettledForm()
    if form.validate_on_submit():
        answer = {"answer": "settled", "outcome": form.outcome.data, "note": form.note.data or None}
        submit_or_flash("AnswerEscalation", f"c/{slug}/escalation/{escalation_id}", answer)
    else:
        flash(_("Say what came of it."), "danger")
    return redirect(url_for("desk_sheets.sheets", slug=slug))


def shown(connection: Connection, state: State) -> dict[str, Any]:
    """What the list of open calls is drawn from."""
    escalations = state[Escalations]
    return {
        "slug": state[Setup].slug,
        "escalations": [_shape(connection, state, one) for one in escalations.open()],
        "escalations_seq": escalations.version,
        "settled_form": SettledForm(),
        "button": ButtonForm(),
    }


def place_words(state: State, one: Escalation) -> str:
    """What a call is about, as people speak of it."""
    field = str(_("Field %(name)s", name=state[Setup].fields[one.field].name))
    if one.kind == "run":
        run = state[Runs].by_id[one.about]
        team = public_entry(state, run.entry)["team"]
        return f"{field}: {team}, {_('attempt %(number)s', number=run.attempt)}"
    if one.kind == "match":
        return f"{field}: {_('Match %(n)s', n=state[Matches].by_id[one.about].number)}"
    return field


def _shape(connection: Connection, state: State, one: Escalation) -> dict[str, Any]:
    notes = log.notes(connection, [one.note["id"]] if one.note else [])
    note = (state.texts.get(one.note["id"]) or next(iter(notes.values()), None)) if one.note else None
    return {
        "id": one.id,
        "place": place_words(state, one),
        "link": f"/desk/{state.chain}/{one.kind}/{one.about}" if one.kind != "field" else None,
        "reason": REASON_WORDS[one.reason],
        "note": note,
        "by": name_of(connection, one.by) or one.by,
        "at": local_clock(state, datetime.fromisoformat(one.at_utc)),
        "coming": name_of(connection, one.answered_by) if one.state == "coming" and one.answered_by else None,
    }
