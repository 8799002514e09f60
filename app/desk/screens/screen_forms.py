"""The forms of the page that steers screens; their choices are filled by the view."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from ..forms import CODE, NEEDED

LANGUAGES = [("rotate", _l("in turn")), ("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
VOLUMES = [("0", _l("no sound")), ("25", "25 %"), ("50", "50 %"), ("100", "100 %")]
STEPS = 6


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """The code a fresh screen shows, and what it is to be called, or which screen it replaces."""

    pairing = StringField(
        _l("Code on the screen"),
        validators=[NEEDED, Regexp(r"^\d{4}$", message=_l("Four digits."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4},
    )
    replaces = SelectField(_l("It is"), validators=[Optional()])
    name = StringField(_l("Name"), validators=[Length(max=120)])
    place = StringField(_l("Place"), validators=[Length(max=60)])
    group = StringField(_l("Group"), validators=[Length(max=60)])


class NewScreenForm(FlaskForm):  # type: ignore[misc]
    """A screen whose address is typed into its browser by hand."""

    name = StringField(_l("Name"), validators=[NEEDED, Length(max=120)])
    code = StringField(_l("Code (in its address; empty: the next free one)"), validators=[Optional(), CODE])
    place = StringField(_l("Place"), validators=[Length(max=60)])
    group = StringField(_l("Group"), validators=[Length(max=60)])


class DescribeForm(FlaskForm):  # type: ignore[misc]
    """What a screen is called, where it hangs, and with which others it is steered."""

    name = StringField(_l("Name"), validators=[NEEDED, Length(max=120)])
    place = StringField(_l("Place"), validators=[Length(max=60)])
    group = StringField(_l("Group"), validators=[Length(max=60)])


class StepForm(Form):  # type: ignore[misc]
    """One step of a rotation; left empty it is not there."""

    shows = SelectField(_l("Shows"), validators=[Optional()])
    seconds = IntegerField(
        _l("Seconds"), default=20, validators=[InputRequired(), NumberRange(min=5, max=600)]
    )


class SteerForm(FlaskForm):  # type: ignore[misc]
    """Which screens show what: screens one by one, whole groups, or both."""

    screens = SelectMultipleField(_l("Screens"))
    groups = SelectMultipleField(_l("Groups"))
    shows = SelectField(_l("Shows"))
    region = SelectField(_l("Leaderboard of"), validators=[Optional()])
    locale = SelectField(_l("Language"), choices=LANGUAGES)
    volume = SelectField(_l("Sound"), choices=VOLUMES)
    steps = FieldList(FormField(StepForm), min_entries=STEPS, max_entries=STEPS)
