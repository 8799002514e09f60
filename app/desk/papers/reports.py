"""Desk pages of papers: what is published and what waits, who signs, and each division's protocol as PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import Entries, public_entry
from ...eventlog.fold import State
from ...languages import NAMES, in_language, request_locale
from ...matches.state import Matches
from ...papers.codes import shown_code
from ...papers.degrees import degrees_of
from ...papers.queries import official_names
from ...papers.state import Papers, current_overall, is_current, is_drawn, unofficial
from ...registry.queries import look
from ...reports.counts import counts
from ...reports.overall import overall_protocol
from ...reports.protocol import protocol
from ...reports.results import FORMATS
from ...reports.typesetting import typeset
from ...reports.workbook import all_results, as_workbook
from ...runs.state import Runs
from ...settings import LOCALES
from ...threads import in_thread
from ...typed_numbers import whole_number
from ..forms import ButtonForm
from ..submitting import pipeline, state_of, submit_form, submit_or_flash
from .report_forms import OfficialsForm, lines

blueprint = Blueprint("desk_reports", __name__, url_prefix="/desk")


@blueprint.get("/c/<slug>/papers")
@access("organiser")
def papers(slug: str) -> str:
    return papers_page(slug)


@blueprint.post("/c/<slug>/papers/officials")
@access("organiser")
def set_officials(slug: str) -> Any:
    form = OfficialsForm()
    payload = {
        "chief_judge": form.chief_judge.data or None,
        "judges": lines(form.judges.data),
        "secretary": form.secretary.data or None,
    }
    if form.validate_on_submit() and submit_form(form, "SetOfficials", f"c/{slug}", payload):
        flash(_("Saved: these people sign."), "success")
        return redirect(url_for("desk_reports.papers", slug=slug))
    return papers_page(slug, form), 400


@blueprint.post("/c/<slug>/division/<code>/tie")
@access("organiser")
def decide_tie(slug: str, code: str) -> Any:
    degree = whole_number(request.form.get("degree"))
    if ButtonForm().validate_on_submit() and degree is not None:
        payload = {"degree": degree, "decision": request.form.get("decision")}
        submit_or_flash("DecideTie", f"c/{slug}/division/{code}", payload)
    return redirect(url_for("desk_reports.papers", slug=slug))


@blueprint.get("/c/<slug>/division/<code>/protocol.pdf")
@access("organiser", "referee")
def protocol_pdf(slug: str, code: str) -> Response:
    """The protocol in the languages asked for by ``?in=kk,ru``; a draft until the results are official."""
    with pipeline().reading():
        state = state_of(slug)
        division = state[Setup].divisions.get(code)
        if division is None:
            abort(404)
        with reader() as connection:
            names = official_names(connection, state[Papers].officials)
        address = current_app.extensions["settings"].public_url
        made = protocol(state, division, wanted_languages(), names, address)
    pipeline().write(look(f"c/{slug}", current_user.actor.account, "protocol", len(made["signatures"])))
    pdf = in_thread(lambda: typeset("protocol", made, datetime.now(UTC)))
    return file_response(pdf, "application/pdf", f"{slug}-{code}-protocol.pdf")


@blueprint.get("/c/<slug>/protocol.pdf")
@access("organiser", "referee")
def overall_pdf(slug: str) -> Response:
    """The overall protocol in the languages asked for; a draft until every division is official."""
    with pipeline().reading():
        state = state_of(slug)
        with reader() as connection:
            names = official_names(connection, state[Papers].officials)
            told = counts(state, connection)
        address = current_app.extensions["settings"].public_url
        made = overall_protocol(state, told, wanted_languages(), names, address)
    pipeline().write(look(f"c/{slug}", current_user.actor.account, "protocol", len(made["signatures"])))
    pdf = in_thread(lambda: typeset("overall", made, datetime.now(UTC)))
    return file_response(pdf, "application/pdf", f"{slug}-protocol.pdf")


@blueprint.post("/c/<slug>/papers/publish")
@access("organiser")
def publish_overall(slug: str) -> Any:
    """Make the overall protocol official; it gets a code of its own."""
    if ButtonForm().validate_on_submit():
        submit_or_flash("PublishOverall", f"c/{slug}", {})
    return redirect(url_for("desk_reports.papers", slug=slug))


@blueprint.get("/c/<slug>/results.xlsx")
@access("organiser", "referee")
def results_workbook(slug: str) -> Response:
    """All divisions' results as one workbook."""
    with pipeline().reading():
        state = state_of(slug)
        content = as_workbook(state, all_results(state))
    response = file_response(content, FORMATS["xlsx"].content_type, f"{slug}-results.xlsx")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-results.xlsx"'
    return response


def papers_page(slug: str, officials: OfficialsForm | None = None) -> str:
    """The page of all papers of a competition."""
    with pipeline().reading():
        state = state_of(slug)
        with reader() as connection:
            names = official_names(connection, state[Papers].officials)
        return render_template(
            "desk/papers.html",
            setup=state[Setup],
            slug=slug,
            divisions=[_division_line(state, code) for code in state[Setup].divisions],
            overall=_overall_line(state),
            officials=officials or _officials_form(names),
            issued=_issued_by_kind(state),
            languages=NAMES,
            button=ButtonForm(),
        )


def wanted_languages() -> list[str]:
    """The languages asked for, each once; the reader's where none was."""
    asked = [part for part in request.args.get("in", "").split(",") if part in LOCALES]
    return list(dict.fromkeys(asked)) or [request_locale() or LOCALES[0]]


def file_response(content: bytes, content_type: str, name: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _division_line(state: State, code: str) -> dict[str, Any]:
    """What the page says of a division: what is published, which runs wait, which ties the jury must settle."""
    papers = state[Papers]
    publication = papers.last(code)
    unconfirmed = [run for run in state[Runs].of(code) if not run.is_confirmed]
    division = state[Setup].divisions[code]
    return {
        "division": division,
        "entries": len(state[Entries].of(code)),
        "undecided": _undecided(state, code),
        "is_drawn": is_drawn(state, code),
        "unconfirmed": [
            {"entry": public_entry(state, run.entry), "attempt": run.attempt, "field": run.field}
            for run in unconfirmed
        ],
        "publication": publication,
        "code": shown_code(publication.code) if publication else None,
        "is_current": publication is not None and is_current(state, publication),
        "ties": [
            {"degree": degree, "names": [public_entry(state, entry)["team"] for entry in degree.level]}
            for degree in degrees_of(state, division)
            if degree.level
        ],
    }


def _overall_line(state: State) -> dict[str, Any]:
    """How the overall protocol stands: what was made official last, if it still holds, and what it waits for."""
    made = state[Papers].overall[-1] if state[Papers].overall else None
    return {
        "made": made,
        "code": shown_code(made.code) if made else None,
        "is_current": made is not None and current_overall(state) is made,
        "waits": [in_language(state[Setup].divisions[code].name) for code in unofficial(state)],
        "may": bool(state[Papers].publications),
    }


def _undecided(state: State, code: str) -> int:
    """How many matches of a contest are still to be decided before its results can be published."""
    contest = state[Matches].contest(code)
    return sum(not match.is_over for match in contest.matches()) if contest else 0


def _officials_form(names: dict[str, list[str]]) -> OfficialsForm:
    return OfficialsForm(
        formdata=None,
        chief_judge="".join(names.get("chief_judge", ())),
        judges="\n".join(names.get("judges", ())),
        secretary="".join(names.get("secretary", ())),
    )


def _issued_by_kind(state: State) -> dict[str, int]:
    counts: dict[str, int] = {}
    for issued in state[Papers].issued.values():
        counts[issued.kind] = counts.get(issued.kind, 0) + 1
    return counts
