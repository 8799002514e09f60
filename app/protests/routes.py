"""The team's own page of protests, behind its secret address: its results, until when each may be challenged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from ..accounts.access import public
from ..accounts.signing_in import digest_of
from ..applications.limiting import may_use
from ..applications.routes import command, keep_private, opened, pipeline, state_of
from ..applications.state import Application
from ..competitions.state import Setup
from ..database import reader
from ..entries.state import Entries, public_entry
from ..eventlog import queries as log
from ..eventlog.chain import utc_now
from ..eventlog.fold import State
from ..live.match_shapes import match_shape, seen_match
from ..live.shapes import run_shape
from ..matches.match import Match
from ..matches.state import Matches
from ..runs.state import Run, Runs
from .challenged import Challenged, protests_about
from .state import Protest
from .window import closes_at, local_clock

blueprint = Blueprint("protests", __name__)


@blueprint.get("/c/<slug>/application/<token>/protests")
@public
def own(slug: str, token: str) -> str:
    """The results of a team that the public may see, each with its protests."""
    application = opened(slug, token)
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        notes = log.notes(connection, _note_ids(state, application))
        return render_template(
            "protests.html",
            setup=state[Setup],
            slug=slug,
            token=token,
            runs=[_run_shape(state, run, notes) for run in _runs(state, application)],
            matches=[_match_shape(state, match, notes) for match in _matches(state, application)],
            form=FlaskForm(),
        )


@blueprint.post("/c/<slug>/application/<token>/protests")
@public
def file_protest(slug: str, token: str) -> Any:
    """A protest about one of the team's own runs or matches."""
    application = opened(slug, token)
    if FlaskForm().validate_on_submit():
        with pipeline().reading():
            found = _own_result(state_of(slug), application, request.form)
        if found is not None:
            target, entry = found
            payload = {"entry": entry, "text": request.form.get("text", "")}
            receipt = command(
                slug,
                "FileProtest",
                "",
                payload,
                target=f"c/{slug}/{target}",
                allowed=may_use(digest_of(token)),
            )
            accepted = receipt["status"] == "accepted"
            said = _("The protest is filed; the jury decides it.") if accepted else receipt["detail"]
            flash(said, "success" if accepted else "danger")
    return redirect(url_for("protests.own", slug=slug, token=token))


@blueprint.after_request
def private(response: Response) -> Response:
    return keep_private(response)


def _own_result(state: State, application: Application, form: Mapping[str, str]) -> tuple[str, str] | None:
    """The address of the result a form names, and the entry it is of; None where it is no result of the team."""
    for run in _runs(state, application):
        if run.id == form.get("run"):
            return f"run/{run.id}", run.entry
    own = set(_entries(state, application))
    for match in _matches(state, application):
        if match.id == form.get("match"):
            return f"match/{match.id}", next(entry for entry in match.entries if entry in own)
    return None


def _entries(state: State, application: Application) -> list[str]:
    return [place.entry for place in application.places if place.entry in state[Entries].by_id]


def _runs(state: State, application: Application) -> list[Run]:
    """The team's confirmed runs, unless a ceremony still keeps them from the public."""
    runs = [run for entry in _entries(state, application) for run in state[Runs].attempts_of(entry)]
    return [run for run in runs if run_shape(state, run, public=True)["result"] is not None]


def _matches(state: State, application: Application) -> list[Match]:
    """The team's confirmed matches, unless a ceremony keeps them from the public; an alliance's are its captain's."""
    own = set(_entries(state, application))
    seen = (
        seen_match(state, match, public=True)
        for match in state[Matches].by_id.values()
        if own & {*match.entries}
    )
    return [match for match in seen if match is not None and match.is_confirmed and not match.practice]


def _run_shape(state: State, run: Run, notes: dict[str, str]) -> dict[str, Any]:
    return run_shape(state, run, public=True) | _challenge(state, run, [run.entry], notes)


def _match_shape(state: State, match: Match, notes: dict[str, str]) -> dict[str, Any]:
    return match_shape(state, match) | _challenge(state, match, match.entries, notes)


def _challenge(
    state: State, about: Challenged, sides: Sequence[str], notes: dict[str, str]
) -> dict[str, Any]:
    """Until when a result may be challenged, by whom, and how it was. ``sides``: whose result it is."""
    end = closes_at(state, about)
    protests = protests_about(state, about)
    division = state[Setup].divisions[about.division]
    is_open = bool(end and end > utc_now())
    return {
        "division_name": division.name,
        "asks_fee": division.ruleset.protest_fee,
        "until": local_clock(state, end) if end and is_open else None,
        "may_protest": is_open and not any(one.is_open and one.entry in sides for one in protests),
        "protests": [_protest_shape(state, sides, one, notes) for one in protests],
    }


def _protest_shape(
    state: State, sides: Sequence[str], protest: Protest, notes: dict[str, str]
) -> dict[str, Any]:
    """Another team's ground is its own affair; the ruling is everybody's whose result it is about."""
    is_own = protest.entry in sides
    ruling = protest.ruling
    return {
        "number": protest.number,
        "entry": public_entry(state, protest.entry),
        "fee": protest.fee,
        "text": notes.get((protest.text or {}).get("id", "")) if is_own else None,
        "ruling": ruling,
        "reason": notes.get((ruling.reason or {}).get("id", "")) if ruling else None,
    }


def _note_ids(state: State, application: Application) -> set[str]:
    results: list[Challenged] = [*_runs(state, application), *_matches(state, application)]
    protests = [one for about in results for one in protests_about(state, about)]
    said = [one.text for one in protests] + [one.ruling.reason for one in protests if one.ruling]
    return {reference["id"] for reference in said if reference}
