"""The desk's forms: what is asked, and in which words."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from ..competitions.schemas import USUAL_ZONE

NEEDED = InputRequired(_l("This is needed."))
CODE = Regexp(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", message=_l("Latin letters, digits and hyphens only."))
SLUG = Regexp(r"^[a-z0-9][a-z0-9-]{1,39}$", message=_l("Small Latin letters, digits and hyphens only."))
ZONES = sorted(
    zone for zone in available_timezones() if zone.startswith(("Asia/", "Europe/")) or zone == "UTC"
)
LEVELS = [
    ("school", _l("School")),
    ("district", _l("District")),
    ("region", _l("Region")),
    ("republic", _l("Republic")),
]
ROLES = [
    ("judge", _l("Judge")),
    ("referee", _l("Referee")),
    ("volunteer", _l("Volunteer")),
    ("organiser", _l("Organiser")),
    ("field_controller", _l("Field controller")),
]


class CompetitionForm(FlaskForm):  # type: ignore[misc]
    """A new competition."""

    slug = StringField(_l("Address (in links)"), validators=[NEEDED, SLUG])
    name_kk = StringField(_l("Name in Kazakh"), validators=[NEEDED, Length(max=120)])
    name_ru = StringField(_l("Name in Russian"), validators=[NEEDED, Length(max=120)])
    name_en = StringField(_l("Name in English"), validators=[NEEDED, Length(max=120)])
    venue = StringField(_l("Venue"), validators=[NEEDED, Length(max=200)])
    starts_on = DateField(_l("First day"), validators=[NEEDED])
    ends_on = DateField(_l("Last day"), validators=[NEEDED])
    zone = SelectField(_l("Time zone"), choices=ZONES, default=USUAL_ZONE)
    level = SelectField(_l("Level"), choices=LEVELS, default="district")


class FieldForm(FlaskForm):  # type: ignore[misc]
    """A field to add."""

    code = StringField(_l("Code"), validators=[NEEDED, CODE])
    name = StringField(_l("Name"), validators=[NEEDED, Length(max=120)])


class DivisionForm(FlaskForm):  # type: ignore[misc]
    """A division to add; its choices of discipline are filled by the view."""

    discipline = SelectField(_l("Discipline"), validators=[NEEDED])
    code = StringField(_l("Code"), validators=[NEEDED, CODE])
    name_kk = StringField(_l("Name in Kazakh"), validators=[Optional(), Length(max=120)])
    name_ru = StringField(_l("Name in Russian"), validators=[Optional(), Length(max=120)])
    name_en = StringField(_l("Name in English"), validators=[Optional(), Length(max=120)])


class DrawForm(FlaskForm):  # type: ignore[misc]
    """Where a division runs, and the seed of its draw; its choices of field are filled by the view."""

    field = SelectField(_l("Field"), validators=[NEEDED])
    seed = StringField(
        _l("Seed (empty: drawn)"), validators=[Optional(), Regexp(r"^\d{1,18}$", message=_l("Digits only."))]
    )


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A spreadsheet of entries."""

    file = FileField(_l("XLSX, XLS, ODS or CSV file"), validators=[FileRequired(_l("Choose a file."))])


class ArchiveForm(FlaskForm):  # type: ignore[misc]
    """An archive of a competition."""

    file = FileField(_l("Archive (ZIP)"), validators=[FileRequired(_l("Choose a file."))])


class AccountForm(FlaskForm):  # type: ignore[misc]
    """An account to open; its choices of field are filled by the view."""

    role = SelectField(_l("Role"), choices=ROLES)
    name = StringField(_l("Name"), validators=[NEEDED, Length(max=120)])
    fields = SelectMultipleField(_l("Fields (none: all)"))


class OrganiserForm(FlaskForm):  # type: ignore[misc]
    """Another organiser of the whole installation."""

    name = StringField(_l("Name"), validators=[NEEDED, Length(max=120)])


class KeyForm(FlaskForm):  # type: ignore[misc]
    """A key to make for a program that reads."""

    name = StringField(_l("For whom (a site, a ministry)"), validators=[NEEDED, Length(max=120)])


class ButtonForm(FlaskForm):  # type: ignore[misc]
    """A form that is only a button: it carries the CSRF token."""
