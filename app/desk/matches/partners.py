"""The desk page on which partners are drawn for a qualification's matches: asked of the worker, looked at, used."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

import orjson
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from scoring.planning.match_list import Asked, AskedTooMuch
from scoring.qualification import asked_of
from scoring.stages import Stage

from ...accounts.access import access
from ...competitions.state import Setup
from ...entries.state import public_entry
from ...eventlog.deciding import Refusal
from ...eventlog.fold import State
from ...matches.contest import Contest
from ...matches.partner_commands import partners_due, to_pair
from ...matches.targets import contest_of
from ...messages import sentence
from ...planning.jobs import Work
from ...settings import Settings
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash

blueprint = Blueprint("desk_partners", __name__, url_prefix="/desk")

PAGE = "/c/<slug>/division/<code>/partners"
LIMIT_S = 300
"""Lists of real contests take some seconds; one of two thousand teams takes minutes."""
SEEDS = 2**31
Json = dict[str, Any]


@blueprint.get(PAGE)
@access("organiser", "referee")
def partners(slug: str, code: str) -> Any:
    with pipeline().reading():
        state = state_of(slug)
        due = _due(state, code)
        if due is None:
            return _to_matches(slug, code)
        contest, stage = due
        asked, refused = _asked(contest, stage)
        drawn = _work(slug, code)
        answer = drawn.answer
        return render_template(
            "desk/partners.html",
            setup=state[Setup],
            slug=slug,
            code=code,
            division=state[Setup].divisions[code],
            phase=stage.phase,
            asked=asked,
            refused=refused,
            is_under_way=drawn.is_under_way,
            answer=answer,
            mark=_mark(answer or {}),
            is_stale=_is_stale(answer or {}, contest, stage),
            teams={entry: public_entry(state, entry) for entry in stage.entries},
            button=ButtonForm(),
        )


@blueprint.get(f"{PAGE}/work")
@access("organiser", "referee")
def work(slug: str, code: str) -> Any:
    """Nothing while the worker draws; the whole page anew once it is done."""
    if _work(slug, code).is_under_way:
        return "", 204
    return "", 200, {"HX-Refresh": "true"}


@blueprint.post(f"{PAGE}/draw")
@access("organiser")
def draw(slug: str, code: str) -> Any:
    if ButtonForm().validate_on_submit():
        with pipeline().reading():
            due = _due(state_of(slug), code)
            if due is None:
                return _to_matches(slug, code)
            asked, _why = _asked(*due)
            if asked is not None:
                _work(slug, code).ask(_order(asked, to_pair(*due)))
    return _back(slug, code)


@blueprint.post(f"{PAGE}/cancel")
@access("organiser")
def cancel(slug: str, code: str) -> Any:
    if ButtonForm().validate_on_submit():
        _work(slug, code).cancel()
    return _back(slug, code)


@blueprint.post(f"{PAGE}/use")
@access("organiser")
def use(slug: str, code: str) -> Any:
    """The matches as they were looked at become the qualification."""
    drawn = _work(slug, code)
    answer = drawn.answer
    if not ButtonForm().validate_on_submit() or not answer or "matches" not in answer:
        return _back(slug, code)
    if request.form.get("list") != _mark(answer):
        flash(_("Somebody drew other partners meanwhile: look at these."), "warning")
        return _back(slug, code)
    if not submit_or_flash("PairQualification", f"c/{slug}/division/{code}", {"matches": answer["matches"]}):
        return _back(slug, code)
    drawn.cancel()
    return _to_matches(slug, code)


def _due(state: State, code: str) -> tuple[Contest, Stage] | None:
    try:
        contest = contest_of(state, code)
        return contest, partners_due(contest)
    except Refusal:
        return None


def _asked(contest: Contest, stage: Stage) -> tuple[Asked | None, str | None]:
    """What the rules ask for so many teams, or why there can be no list."""
    entries = len(to_pair(contest, stage))
    try:
        return asked_of(stage.phase, entries), None
    except AskedTooMuch as asked:
        if asked.code == "too_few_entries":
            return None, sentence("entries_too_few", {"found": entries, "needed": asked.limit})
        return None, sentence("too_many_to_pair", {"most": asked.limit})


def _order(asked: Asked, entries: list[str]) -> Json:
    return {
        "kind": "partners",
        "entries": entries,
        "rounds": asked.rounds,
        "side": asked.side,
        "min_gap": asked.min_gap,
        "limit_s": LIMIT_S,
        "seed": secrets.randbelow(SEEDS),
    }


def _mark(answer: Json) -> str:
    """What tells one list from another."""
    return sha256(orjson.dumps(answer.get("matches", []))).hexdigest()


def _is_stale(answer: Json, contest: Contest, stage: Stage) -> bool:
    """Whether somebody withdrew or came since the list was drawn."""
    listed = {entry for match in answer.get("matches", ()) for side in match["sides"] for entry in side}
    return "matches" in answer and listed != set(to_pair(contest, stage))


def _work(slug: str, code: str) -> Work:
    settings: Settings = current_app.extensions["settings"]
    return Work(settings.partner_work, f"{slug}.{code}")


def _back(slug: str, code: str) -> Any:
    return redirect(url_for(".partners", slug=slug, code=code))


def _to_matches(slug: str, code: str) -> Any:
    return redirect(url_for("desk_matches.matches", slug=slug, code=code))
