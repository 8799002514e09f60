"""The chief judge's desk: every sheet of a competition live, what is escalated first, and what bars publishing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import Entries, public_entry
from ...eventlog.chain import utc_now
from ...eventlog.fold import State
from ...live.shapes import result_shape
from ...matches.state import Matches
from ...messages import sentence
from ...runs.state import Runs
from ...standings.readiness import WINDOW_OPEN, blocks
from ...standings.state import Standings
from ..judging.panels import judge_names
from ..submitting import pipeline, state_of, submit_or_flash
from .chief_forms import PracticeForm, PracticeMatchForm
from .escalating import shown as calls_shown
from .protesting import with_ids
from .sheet_states import WORDS, SheetLine, sheet_lines

blueprint = Blueprint("desk_sheets", __name__, url_prefix="/desk")

CHIEF = ("organiser", "referee")
MOST_LINES = 100
"""Drawing a thousand lines every two seconds would hold up the hall's screens."""


@blueprint.get("/c/<slug>/sheets")
@access(*CHIEF)
def sheets(slug: str) -> str:
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        return render_template(
            "desk/sheets.html",
            **_list(state) | calls_shown(connection, state),
            divisions=[_division(state, code) for code in state[Setup].divisions if _is_drawn(state, code)],
            contests=[one for one in state[Setup].divisions.values() if one.ruleset.match is not None],
            practice=_practice_form(state),
            practice_match=_practice_match_form(state),
        )


@blueprint.get("/c/<slug>/sheets/table")
@access(*CHIEF)
def table(slug: str) -> Any:
    """The list alone, which the page asks for again and again; nothing where the log has not grown since ``seq``."""
    with pipeline().reading():
        state = state_of(slug)
        if state.seq == request.args.get("seq", type=int):
            return "", 204
        return render_template("desk/_sheets_table.html", **_list(state))


@blueprint.post("/c/<slug>/sheets/practice")
@access("organiser", "referee")
def add_practice(slug: str) -> Any:
    with pipeline().reading():
        form = _practice_form(state_of(slug))
    if form.validate_on_submit():
        target = f"c/{slug}/field/{form.field.data}"
        if submit_or_flash("AddPracticeRun", target, {"entry": form.entry.data}):
            flash(_("The practice run comes next on field %(field)s.", field=form.field.data), "success")
    return redirect(url_for("desk_sheets.sheets", slug=slug))


@blueprint.post("/c/<slug>/sheets/practice-match")
@access("organiser", "referee")
def add_practice_match(slug: str) -> Any:
    with pipeline().reading():
        form = _practice_match_form(state_of(slug))
    if form.validate_on_submit():
        target = f"c/{slug}/field/{form.field.data}"
        if submit_or_flash("AddPracticeMatch", target, {"entries": [form.left.data, form.right.data]}):
            flash(_("The practice match comes next on field %(field)s.", field=form.field.data), "success")
    return redirect(url_for("desk_sheets.sheets", slug=slug))


def _list(state: State) -> dict[str, Any]:
    """The runs of the division asked for, or of all; the first hundred, unless ``?all=1`` asks for every one."""
    division, is_whole = request.args.get("division") or None, bool(request.args.get("all"))
    lines = sheet_lines(state, division)
    return {
        "setup": state[Setup],
        "slug": state[Setup].slug,
        "division": division,
        "seq": state.seq,
        "words": WORDS,
        "judges": judge_names(state[Setup].slug),
        "lines": [_shown(state, line) for line in (lines if is_whole else lines[:MOST_LINES])],
        "left": 0 if is_whole else max(0, len(lines) - MOST_LINES),
        "is_whole": is_whole,
    }


def _shown(state: State, line: SheetLine) -> dict[str, Any]:
    run, division = line.run, state[Setup].divisions[line.run.division]
    return {
        "run": run,
        "entry": public_entry(state, run.entry),
        "result": result_shape(state, division, run.result, public=False) if run.result else None,
        "state": line.state,
        "escalated": line.is_escalated,
    }


def _is_drawn(state: State, code: str) -> bool:
    return bool(state[Runs].of(code)) or state[Matches].contest(code) is not None


def _division(state: State, code: str) -> dict[str, Any]:
    """A division with everything that bars its publishing, as sentences; ``early`` where only a window does."""
    division = state[Setup].divisions[code]
    found = blocks(state, division, utc_now())
    return {
        "division": division,
        "blocks": [sentence(block.code, block.facts) for block in found],
        "early": [block.code for block in found] == [WINDOW_OPEN],
        "published": code in state[Standings].published,
    }


def _practice_form(state: State) -> PracticeForm:
    form = PracticeForm()
    form.field.choices = _fields(state)
    form.entry.choices = _teams(state, of_matches=False)
    return form


def _practice_match_form(state: State) -> PracticeMatchForm:
    form = with_ids(PracticeMatchForm(), "match")
    form.field.choices = _fields(state)
    form.left.choices = form.right.choices = _teams(state, of_matches=True)
    return form


def _fields(state: State) -> list[tuple[str, str]]:
    return [(field.code, field.name) for field in state[Setup].fields.values()]


def _teams(state: State, *, of_matches: bool) -> list[tuple[str, str]]:
    """The entries of divisions whose rules have matches, or of all the others."""
    divisions = state[Setup].divisions
    return [
        (entry.id, f"{entry.number} · {public_entry(state, entry.id)['team']}")
        for entry in state[Entries].by_id.values()
        if (divisions[entry.division].ruleset.match is not None) is of_matches
    ]
