"""Score sheets on paper: printed with a code for each run, and keyed in afterwards with the keyboard alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...entries.state import Entries, public_entry
from ...eventlog.deciding import Refusal
from ...eventlog.fold import State
from ...live.shapes import panel_run_shape
from ...reports.match_sheets import match_sheets
from ...reports.score_sheets import score_sheets, unnamed_code
from ...reports.typesetting import typeset
from ...runs.state import Run, Runs
from ...threads import in_thread
from ..forms import ButtonForm
from ..judging.panels import judge_names
from ..matches.paper_matches import JUDGE, find_match, match_sheet_page, open_matches
from ..papers.reports import file_response, wanted_languages
from ..submitting import pipeline, state_of, submit
from .run_page import Errors, errors_of, refused_words
from .sheet_entry import Typed, read_sheet, typed_in

blueprint = Blueprint("desk_paper", __name__, url_prefix="/desk")

_RUN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNNAMED = re.compile(r"\s*[0-9a-f]{8}\s*")
_SPOKEN = re.compile(r"\s*№?\s*(\d{1,6})\s*[/\-. ]\s*(\d{1,3})\s*")


@blueprint.get("/c/<slug>/division/<code>/score-sheets.pdf")
@access("organiser", "referee")
def print_sheets(slug: str, code: str) -> Response:
    """A sheet for every run or match that is still to be confirmed, in the languages asked for by ``?in=kk,ru``."""
    names = judge_names(slug)
    with pipeline().reading():
        state = state_of(slug)
        division = state[Setup].divisions.get(code) or abort(404)
        runs = [run for run in state[Runs].of(code) if not run.is_confirmed]
        matches = open_matches(state, code)
        address, languages = current_app.extensions["settings"].public_url, wanted_languages()
        if matches:
            template, made = "match_sheet", match_sheets(state, division, matches, languages, address)
        elif runs:
            template, made = "score_sheet", score_sheets(state, division, runs, languages, address, names)
        else:
            abort(404)
    pdf = in_thread(lambda: typeset(template, made, datetime.now(UTC)))
    return file_response(pdf, "application/pdf", f"{slug}-{code}-score-sheets.pdf")


@blueprint.get("/c/<slug>/key")
@access("organiser", "referee")
def key(slug: str) -> Any:
    """A box for the code; with a code that is a run's or a match's, its sheet."""
    code = request.args.get("code", "")
    if not code:
        return _page(slug, None)
    with pipeline().reading():
        run, match = find_run(state_of(slug), code), find_match(state_of(slug), code)
    if run:
        return _page(slug, run.id)
    if match:
        return match_sheet_page(slug, match.id)
    flash(_("No run and no match has the code “%(code)s”.", code=code[:80]), "danger")
    return _page(slug, None), 404


@blueprint.post("/c/<slug>/run/<run_id>/key")
@access("organiser", "referee")
def store(slug: str, run_id: str) -> Any:
    """Store a sheet; refused, it comes back as it was typed, with what is wrong at each field."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    typed = typed_in(request.form)
    with pipeline().reading():
        state = state_of(slug)
        run = state[Runs].by_id.get(run_id) or abort(404)
        fields = state[Setup].divisions[run.division].ruleset.fields
    browser[JUDGE] = judge = request.form.get("judge", "").strip()
    payload = {
        "judge": judge,
        "sheet": read_sheet(fields, typed),
        "mark": request.form.get("mark") or None,
        "note": request.form.get("note") or None,
        "captain": request.form.get("captain") or None,
    }
    errors: Errors = {}
    try:
        receipt = submit(
            "KeyPaperSheet", f"c/{slug}/run/{run_id}", payload, request.form.get("version", type=int)
        )
        if receipt["status"] == "accepted":
            flash(_("Stored: %(run)s. The next paper, please.", run=_spoken(slug, run_id)), "success")
            return redirect(url_for("desk_paper.key", slug=slug))
        code, facts, errors = receipt["code"], receipt["facts"], errors_of(receipt)
    except Refusal as refusal:
        code, facts = refusal.code, refusal.facts
    flash(refused_words(fields, code, facts, errors), "danger")
    return _page(slug, run_id, typed, errors), 400


def find_run(state: State, code: str) -> Run | None:
    """The run a code is of: its id, the team's number and the attempt as ``12/2``, or the code of a blind sheet."""
    by_id = _RUN_ID.search(code)
    if by_id:
        return state[Runs].by_id.get(by_id[0])
    if _UNNAMED.fullmatch(code):
        return next((run for run in state[Runs].by_id.values() if unnamed_code(run) == code.strip()), None)
    spoken = _SPOKEN.fullmatch(code)
    if spoken is None:
        return None
    number, attempt = map(int, spoken.groups())
    entry = next((one.id for one in state[Entries].by_id.values() if one.number == number), "")
    return next((run for run in state[Runs].attempts_of(entry) if run.attempt == attempt), None)


def _page(slug: str, run_id: str | None, typed: Typed | None = None, errors: Errors | None = None) -> str:
    names = judge_names(slug)
    with pipeline().reading():
        state = state_of(slug)
        run = state[Runs].by_id[run_id] if run_id else None
        return render_template(
            "desk/key.html",
            setup=state[Setup],
            slug=slug,
            run=panel_run_shape(state, run) if run else None,
            of_panel=run is not None and run.judge is not None,
            ruleset=state[Setup].divisions[run.division].ruleset if run else None,
            typed=typed or {},
            mark=request.form.get("mark"),
            errors=errors or {},
            judge=(names.get(run.judge) if run and run.judge else None) or browser.get(JUDGE, ""),
            waiting={code: _open_runs(state, code) for code in state[Setup].divisions},
            matches={code: len(open_matches(state, code)) for code in state[Setup].divisions},
            button=ButtonForm(),
        )


def _open_runs(state: State, division: str) -> int:
    return sum(not run.is_confirmed for run in state[Runs].of(division))


def _spoken(slug: str, run_id: str) -> str:
    """A run as people speak of it: the team's number, the attempt, the team."""
    with pipeline().reading():
        state = state_of(slug)
        run = state[Runs].by_id[run_id]
        entry = public_entry(state, run.entry)
    return f"№ {entry['number']}/{run.attempt} {entry['team']}"
