"""Desk pages that set a competition up: the list, a new one, its fields, divisions and start lists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from scoring.ruleset import Ruleset

from ..accounts.access import access
from ..competitions.rulesets import pinned, shipped, shipped_text
from ..competitions.state import Setup
from ..entries.state import Entries
from ..eventlog.fold import State
from ..languages import in_language
from ..runs.order_commands import late_entries
from ..runs.state import Runs
from ..schedule.commands import TIMED
from ..schedule.state import Schedule
from ..standings.state import Standings
from .forms import ButtonForm, CompetitionForm, DivisionForm, DrawForm, FieldForm
from .submitting import pipeline, state_of, submit_form, submit_or_flash

blueprint = Blueprint("desk", __name__, url_prefix="/desk")


@blueprint.get("/")
@access("organiser")
def competitions() -> str:
    actor = current_user.actor
    with pipeline().reading():
        states = [s for s in pipeline().states() if s[Setup].exists and actor.may_reach(s.chain)]
        return render_template("desk/competitions.html", setups=[state[Setup] for state in states])


@blueprint.route("/new", methods=["GET", "POST"])
@access("organiser")
def new_competition() -> Any:
    form = CompetitionForm()
    if form.validate_on_submit():
        payload = {
            "name": _names(form),
            "venue": form.venue.data,
            "starts_on": form.starts_on.data.isoformat(),
            "ends_on": form.ends_on.data.isoformat(),
            "zone": form.zone.data,
            "level": form.level.data,
        }
        if submit_form(form, "CreateCompetition", f"c/{form.slug.data}", payload):
            return redirect(url_for("desk.competition", slug=form.slug.data))
    return render_template("desk/new_competition.html", form=form)


@blueprint.get("/c/<slug>/")
@access("organiser")
def competition(slug: str) -> str:
    return _competition_page(slug, _field_form(), _division_form())


@blueprint.post("/c/<slug>/fields")
@access("organiser")
def add_field(slug: str) -> Any:
    form = _field_form()
    payload = {"code": form.code.data, "name": form.name.data}
    if form.validate_on_submit() and submit_form(form, "AddField", f"c/{slug}", payload):
        return redirect(url_for("desk.competition", slug=slug))
    return _competition_page(slug, form, _division_form()), 400


@blueprint.post("/c/<slug>/divisions")
@access("organiser")
def add_division(slug: str) -> Any:
    form = _division_form()
    if form.validate_on_submit():
        names = _names(form)
        label = _ruleset(form.discipline.data).label
        payload = {
            "code": form.code.data,
            "name": {code: name or label[code] for code, name in names.items()},
            "discipline": form.discipline.data,
        }
        if submit_form(form, "AddDivision", f"c/{slug}", payload):
            return redirect(url_for("desk.competition", slug=slug))
    return _competition_page(slug, _field_form(), form), 400


@blueprint.post("/c/<slug>/division/<code>/draw")
@access("organiser")
def draw(slug: str, code: str) -> Any:
    with pipeline().reading():
        form = _draw_form(state_of(slug), code)
    if form.validate_on_submit():
        payload = {"field": form.field.data, "seed": int(form.seed.data) if form.seed.data else None}
        submit_or_flash("DrawStartList", f"c/{slug}/division/{code}", payload)
    return redirect(url_for("desk.competition", slug=slug) + f"#division-{code}")


@blueprint.post("/c/<slug>/division/<code>/late-entries")
@access("organiser", "referee")
def add_late_entries(slug: str, code: str) -> Any:
    """Runs for those who came in after the draw, last in each round."""
    if ButtonForm().validate_on_submit():
        submit_or_flash("AddLateEntries", f"c/{slug}/division/{code}", {})
    return redirect(url_for("desk.competition", slug=slug) + f"#division-{code}")


@blueprint.post("/c/<slug>/division/<code>/publish")
@access("organiser")
def publish(slug: str, code: str) -> Any:
    """Refused, it leads to the page that says everything that bars it, and where a reason can be given."""
    early = request.form.get("early") or None
    target = f"c/{slug}/division/{code}"
    if ButtonForm().validate_on_submit() and submit_or_flash("PublishResults", target, {"early": early}):
        return redirect(url_for("desk_results.standings", slug=slug, code=code))
    return redirect(url_for("desk_sheets.sheets", slug=slug))


def _competition_page(slug: str, field_form: FieldForm, division_form: DivisionForm) -> str:
    with pipeline().reading():
        state = state_of(slug)
        return render_template(
            "desk/competition.html",
            setup=state[Setup],
            divisions=[_division_line(state, code) for code in state[Setup].divisions],
            field_form=field_form,
            division_form=division_form,
            button=ButtonForm(),
        )


def _division_line(state: State, code: str) -> dict[str, Any]:
    """What the competition page says of a division."""
    division = state[Setup].divisions[code]
    runs = state[Runs].of(code)
    return {
        "division": division,
        "entries": len(state[Entries].of(code)),
        "start_list": state[Schedule].start_lists.get(code),
        "late": len(late_entries(state, code)) if division.ruleset.kind == TIMED else 0,
        "unconfirmed": sum(not run.is_confirmed for run in runs),
        "runs": len(runs),
        "published": code in state[Standings].published,
        "draw_form": _draw_form(state, code),
        "can_be_drawn": division.ruleset.kind == TIMED,
    }


def _field_form() -> FieldForm:
    return FieldForm(prefix="field-")


def _division_form() -> DivisionForm:
    form = DivisionForm(prefix="division-")
    form.discipline.choices = [(code, in_language(dict(_ruleset(code).label))) for code in shipped()]
    return form


def _draw_form(state: State, code: str) -> DrawForm:
    form = DrawForm(prefix=f"{code}-")
    form.field.choices = [(field.code, field.name) for field in state[Setup].fields.values()]
    return form


def _ruleset(discipline: str) -> Ruleset:
    text = shipped_text(discipline)
    assert text is not None
    return pinned(text)


def _names(form: Any) -> dict[str, str]:
    return {"kk": form.name_kk.data or "", "ru": form.name_ru.data or "", "en": form.name_en.data or ""}
