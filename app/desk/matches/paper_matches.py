"""Match sheets from paper, keyed in with the keyboard alone: every bout, who did not come, what the captains did."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...eventlog.deciding import Refusal
from ...eventlog.fold import State
from ...live.match_shapes import match_shape
from ...matches.match import Match
from ...matches.sheets import rules_of
from ...matches.state import Matches
from ...messages import sentence
from ..forms import ButtonForm
from ..sheets.run_page import Errors, errors_of
from ..sheets.sheet_entry import Typed, typed_in
from ..submitting import pipeline, state_of, submit
from .match_page import match_of
from .paper_bouts import COUNTDOWN, counted, read_paper, rows_of

blueprint = Blueprint("desk_paper_matches", __name__, url_prefix="/desk")

JUDGE = "paper_judge"
"""Where the browser keeps the judge's name: papers come in a pile, each pile one judge's."""
_SHEET_OF_BOUT = re.compile(r"bouts\.0\.sheet\.")
_SPOKEN = re.compile(r"\s*([a-z0-9-]{1,40})\s*/\s*(\d{1,5})\s*", re.IGNORECASE)


@blueprint.post("/c/<slug>/match/<match_id>/key")
@access("organiser", "referee")
def store(slug: str, match_id: str) -> Any:
    """Store a sheet; refused, it comes back as it was typed, with what is wrong."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    with pipeline().reading():
        state = state_of(slug)
        match = match_of(state, match_id)
        number, ruleset = match.number, state[Setup].divisions[match.division].ruleset
    browser[JUDGE] = judge = request.form.get("judge", "").strip()
    payload = read_paper(ruleset, match, request.form)
    payload |= {"judge": judge, "note": request.form.get("note") or None}
    errors: Errors = {}
    try:
        version = request.form.get("version", type=int)
        receipt = submit("KeyPaperMatch", f"c/{slug}/match/{match_id}", payload, version)
        if receipt["status"] == "accepted":
            flash(_("Stored: match %(number)s. The next paper, please.", number=number), "success")
            return redirect(url_for("desk_paper.key", slug=slug))
        code, facts = receipt["code"], receipt["facts"]
        errors = {_SHEET_OF_BOUT.sub("", path): said for path, said in errors_of(receipt).items()}
    except Refusal as refusal:
        code, facts = refusal.code, refusal.facts
    flash(sentence(code, facts), "danger")
    return match_sheet_page(slug, match_id, typed_in(request.form), errors), 400


def find_match(state: State, code: str) -> Match | None:
    """The match a code is of: its id, or the division and its number as ``sumo/12``; none that is not held."""
    spoken = _SPOKEN.fullmatch(code)
    found = [
        match
        for match in state[Matches].by_id.values()
        if match.id in code
        or (spoken and (match.division.lower(), str(match.number)) == (spoken[1].lower(), spoken[2]))
    ]
    held = (match for match in found if not (match.pairing.is_bye or match.called_off or match.replaced_by))
    return next((match for match in held if not match.practice), None)


def open_matches(state: State, division: str) -> list[Match]:
    """The matches of a division that are still to be played and confirmed."""
    contest = state[Matches].contest(division)
    return [match for match in contest.matches() if not match.is_over] if contest else []


def match_sheet_page(
    slug: str, match_id: str, typed: Typed | None = None, errors: Errors | None = None
) -> str:
    """The sheet of a match as a form; ``typed`` and ``errors`` are of one that was refused."""
    with pipeline().reading():
        state = state_of(slug)
        match = match_of(state, match_id)
        ruleset = state[Setup].divisions[match.division].ruleset
        rules = rules_of(ruleset)
        restarts = [one for one in rules.countdowns if one.then == "restart"]
        return render_template(
            "desk/key_match.html",
            setup=state[Setup],
            slug=slug,
            match=match_shape(state, match),
            ruleset=ruleset,
            rows=rows_of(rules),
            counted=counted(rules),
            restarts=[(COUNTDOWN + one.id, dict(one.label)) for one in restarts],
            typed=typed or {},
            errors=errors or {},
            judge=browser.get(JUDGE, ""),
            button=ButtonForm(),
        )
