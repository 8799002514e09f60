"""Desk pages of the ceremony: freeze a division for the public, then reveal it step by step with one button."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, url_for

from ...accounts.access import access
from ...ceremony.reveal import Ceremony
from ...ceremony.state import Ceremonies
from ...competitions.state import Division, Setup
from ...entries.state import Entries, public_entry
from ...eventlog.fold import State
from ...live.shapes import standing_shape
from ...runs.state import Runs
from ...standings.criteria import shown_columns
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_or_flash
from .ceremony_forms import BeginForm, FreezeForm, StepForm

blueprint = Blueprint("desk_ceremony", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/division/<code>/ceremony")
@access("organiser")
def ceremony(slug: str, code: str) -> str:
    return _page(slug, code)


@blueprint.post("/c/<slug>/division/<code>/ceremony/freeze")
@access("organiser")
def freeze(slug: str, code: str) -> Any:
    form = FreezeForm()
    if not form.validate_on_submit():
        return _page(slug, code, freeze_form=form), 400
    with pipeline().reading():
        zone = ZoneInfo(state_of(slug)[Setup].facts["zone"])
    at: datetime | None = form.at.data
    at_utc = at.replace(tzinfo=zone).astimezone(UTC).isoformat() if at else None
    submit_or_flash("FreezeStandings", f"c/{slug}/division/{code}", {"at_utc": at_utc})
    return _back(slug, code)


@blueprint.post("/c/<slug>/division/<code>/ceremony/unfreeze")
@access("organiser")
def unfreeze(slug: str, code: str) -> Any:
    if ButtonForm().validate_on_submit():
        submit_or_flash("UnfreezeStandings", f"c/{slug}/division/{code}", {})
    return _back(slug, code)


@blueprint.post("/c/<slug>/division/<code>/ceremony/begin")
@access("organiser")
def begin(slug: str, code: str) -> Any:
    with pipeline().reading():
        form = _begin_form(state_of(slug), code)
    if not form.validate_on_submit():
        return _page(slug, code, begin_form=form), 400
    awards = [_award(one) for one in form.awards.data if one["entry"]]
    payload = {"places": form.places.data, "awards": awards}
    submit_or_flash("BeginCeremony", f"c/{slug}/division/{code}", payload)
    return _back(slug, code)


@blueprint.post("/c/<slug>/division/<code>/ceremony/reveal")
@access("organiser")
def reveal(slug: str, code: str) -> Any:
    return _step(slug, code, "RevealNext")


@blueprint.post("/c/<slug>/division/<code>/ceremony/undo")
@access("organiser")
def undo(slug: str, code: str) -> Any:
    return _step(slug, code, "UndoReveal")


def _step(slug: str, code: str, type_: str) -> Any:
    form = StepForm()
    if form.validate_on_submit() and form.step.data.isdecimal():
        submit_or_flash(type_, f"c/{slug}/division/{code}", {"step": int(form.step.data)})
    return _back(slug, code)


def _page(
    slug: str, code: str, freeze_form: FreezeForm | None = None, begin_form: BeginForm | None = None
) -> str:
    with pipeline().reading():
        state = state_of(slug)
        division = _division(state, code)
        ceremonies = state[Ceremonies]
        under_way = ceremonies.ceremonies.get(code)
        return render_template(
            "desk/ceremony.html",
            setup=state[Setup],
            slug=slug,
            division=division,
            seal=ceremonies.seal(code),
            planned=_local(state, ceremonies.planned.get(code)),
            frozen=_local(state, seal.at_utc) if (seal := ceremonies.seal(code)) else None,
            unconfirmed=sum(not run.is_confirmed for run in state[Runs].of(code)),
            ceremony=under_way,
            coming=_coming(state, under_way) if under_way else [],
            columns=shown_columns(division.ruleset),
            freeze_form=freeze_form or FreezeForm(),
            begin_form=begin_form or _begin_form(state, code),
            step_form=StepForm(step=under_way.step) if under_way else None,
            button=ButtonForm(),
        )


def _coming(state: State, ceremony: Ceremony) -> list[dict[str, Any]]:
    """Who the next step reveals, for the presenter to read ahead."""
    shown = [standing_shape(state, standing) for standing in ceremony.coming]
    prize = ceremony.step - len(ceremony.places) - 1
    if 0 <= prize < len(ceremony.awards):
        award = ceremony.awards[prize]
        shown.append({"title": award["title"], "entry": public_entry(state, award["entry"])})
    return shown


def _begin_form(state: State, code: str) -> BeginForm:
    form = BeginForm()
    entries = [(e.id, f"{e.number} · {public_entry(state, e.id)['team']}") for e in state[Entries].of(code)]
    for award in form.awards:
        award.entry.choices = [("", "–"), *entries]
    return form


def _award(form: dict[str, str]) -> dict[str, Any]:
    """A prize named in one language only has that name in all."""
    titles = {code: form[f"title_{code}"] for code in ("kk", "ru", "en")}
    named = next(filter(None, titles.values()), "")
    return {"title": {code: title or named for code, title in titles.items()}, "entry": form["entry"]}


def _local(state: State, at_utc: str | None) -> datetime | None:
    zone = ZoneInfo(state[Setup].facts["zone"])
    return datetime.fromisoformat(at_utc).astimezone(zone) if at_utc else None


def _division(state: State, code: str) -> Division:
    found = state[Setup].divisions.get(code)
    if found is None:
        abort(404)
    return found


def _back(slug: str, code: str) -> Any:
    return redirect(url_for("desk_ceremony.ceremony", slug=slug, code=code))
