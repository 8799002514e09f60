"""The terms of applications point by point, in words: for an organiser whose form another one overtook."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask_babel import format_datetime

from ...applications.schemas import SetApplicationTerms
from ...applications.state import CLOSED
from ...competitions.state import Setup
from ...eventlog.fold import State
from ...languages import in_language
from ..meanwhile import set_by, yes_or_no
from .application_forms import BoundsForm, TermsForm

COUNTS = ("most_of_organisation", "most_of_district", "most_of_region")
BOUNDS = ("youngest", "oldest", "most")


def terms_at(state: State, version: int) -> SetApplicationTerms:
    """The terms as a form that was opened at this version showed them."""
    entry = set_by(state, "ApplicationTermsSet", version)
    return SetApplicationTerms.model_validate(entry.data) if entry else CLOSED


def terms_said(state: State, terms: SetApplicationTerms) -> dict[str, str]:
    zone = ZoneInfo(state[Setup].facts["zone"])
    form = TermsForm(formdata=None)
    deadline = format_datetime(terms.deadline.astimezone(zone), rebase=False) if terms.deadline else "–"
    said = {
        str(form.is_open.label.text): yes_or_no(terms.is_open),
        str(form.deadline.label.text): str(deadline),
    }
    said |= {str(form[name].label.text): _count(getattr(terms, name)) for name in COUNTS}
    labels = {name: str(field.label.text) for name, field in BoundsForm()._fields.items()}
    for code, bounds in terms.divisions.items():
        division = state[Setup].divisions.get(code)
        of = in_language(division.name) if division else code
        said |= {f"{of}, {labels[name]}": _count(getattr(bounds, name)) for name in BOUNDS}
    return said


def _count(value: int | None) -> str:
    return "–" if value is None else str(value)
