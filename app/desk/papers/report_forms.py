"""The forms of papers: who signs, which are issued in which languages, and the organiser's own words on them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

NAME = [Optional(), Length(min=2, max=200)]
WORDS = [Optional(), Length(max=1000)]
KINDS = [
    ("diploma", _l("Diplomas")),
    ("participation", _l("Certificates of participation")),
    ("coach", _l("Letters of thanks to coaches")),
    ("judge", _l("Judges’ certificates")),
]
LANGUAGE_CHOICES = [
    ("kk,ru", "Қазақша, русский"),
    ("kk", "Қазақша"),
    ("ru", "Русский"),
    ("en", "English"),
    ("kk,ru,en", "Қазақша, русский, English"),
]


class OfficialsForm(FlaskForm):  # type: ignore[misc]
    """Who signs a protocol; judges one a line."""

    chief_judge = StringField(_l("Chief judge"), validators=NAME)
    judges = TextAreaField(_l("Judges, one a line"), validators=[Optional(), Length(max=8000)])
    secretary = StringField(_l("Secretary"), validators=NAME)


class IssueForm(FlaskForm):  # type: ignore[misc]
    """Which papers to number; its choices of division are filled by the view."""

    kind = SelectField(_l("Kind"), choices=KINDS)
    division = SelectField(_l("Division"), choices=[], validate_choice=False)
    languages = SelectField(_l("Languages"), choices=LANGUAGE_CHOICES)


class SetForm(FlaskForm):  # type: ignore[misc]
    """How to get the papers of a kind."""

    format = SelectField(_l("File"), choices=[("pdf", _l("one PDF")), ("zip", _l("a ZIP, one PDF each"))])


class DesignForm(FlaskForm):  # type: ignore[misc]
    """The organiser's own words; empty ones leave ours."""

    title_kk = StringField(_l("Title in Kazakh"), validators=WORDS)
    title_ru = StringField(_l("Title in Russian"), validators=WORDS)
    title_en = StringField(_l("Title in English"), validators=WORDS)
    text_kk = TextAreaField(_l("Text in Kazakh"), validators=WORDS)
    text_ru = TextAreaField(_l("Text in Russian"), validators=WORDS)
    text_en = TextAreaField(_l("Text in English"), validators=WORDS)
    picture = FileField(_l("Background (PNG, JPEG or WebP, A4 upright)"))
    without_picture = BooleanField(_l("Without a background"))


def lines(written: str | None) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in (written or "").splitlines() if line.strip()]
