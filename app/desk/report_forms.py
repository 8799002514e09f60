"""The forms of papers: who signs, and the organiser's own words on diplomas."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

NAME = [Optional(), Length(min=2, max=200)]


class OfficialsForm(FlaskForm):  # type: ignore[misc]
    """Who signs a protocol; judges one a line."""

    chief_judge = StringField(_l("Chief judge"), validators=NAME)
    judges = TextAreaField(_l("Judges, one a line"), validators=[Optional(), Length(max=8000)])
    secretary = StringField(_l("Secretary"), validators=NAME)


def lines(written: str | None) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in (written or "").splitlines() if line.strip()]
