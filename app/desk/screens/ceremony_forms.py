"""The forms of the ceremony's page; the choices of entries are filled by the view."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

AWARDS = 6


class FreezeForm(FlaskForm):  # type: ignore[misc]
    """When the public leaderboard stops: by the clock of the competition's zone, or now."""

    at = DateTimeLocalField(_l("At (empty: now)"), validators=[Optional()])


class AwardForm(Form):  # type: ignore[misc]
    """A prize besides the places; left without a title it is not there."""

    title_kk = StringField(_l("Prize, in Kazakh"), validators=[Length(max=120)])
    title_ru = StringField(_l("Prize, in Russian"), validators=[Length(max=120)])
    title_en = StringField(_l("Prize, in English"), validators=[Length(max=120)])
    entry = SelectField(_l("Goes to"), validators=[Optional()])


class BeginForm(FlaskForm):  # type: ignore[misc]
    """How many places are revealed one by one, and the prizes after them."""

    places = IntegerField(
        _l("Places revealed one by one"),
        default=10,
        validators=[InputRequired(), NumberRange(min=1, max=100)],
    )
    awards = FieldList(FormField(AwardForm), min_entries=AWARDS, max_entries=AWARDS)


class StepForm(FlaskForm):  # type: ignore[misc]
    """One step on or back, from the one the presenter looks at."""

    step = HiddenField(validators=[InputRequired()])
