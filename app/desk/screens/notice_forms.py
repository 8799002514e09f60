"""The forms of the page that tells the hall something."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

EMERGENCIES = [
    ("evacuate", _l("Leave the hall")),
    ("stop", _l("All runs stop")),
    ("medical", _l("Make way for the medics")),
    ("own", _l("Words of your own, below")),
]
CARD_KINDS = [("message", _l("Message")), ("rule", _l("Rule")), ("sponsor", _l("Partner"))]
CARDS = 4
MOST_CARDS = 40


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    """The message that overrides every screen."""

    kind = SelectField(_l("Message"), choices=EMERGENCIES)
    kk = StringField(_l("In Kazakh"), validators=[Length(max=120)])
    ru = StringField(_l("In Russian"), validators=[Length(max=120)])
    en = StringField(_l("In English"), validators=[Length(max=120)])


class AnnounceForm(FlaskForm):  # type: ignore[misc]
    """Something plain that everybody should know until a time of today."""

    kk = StringField(_l("In Kazakh"), validators=[Length(max=200)])
    ru = StringField(_l("In Russian"), validators=[Length(max=200)])
    en = StringField(_l("In English"), validators=[Length(max=200)])
    until_at = TimeField(_l("Shown until"), validators=[InputRequired()])

    def validate_kk(self, field: StringField) -> None:
        if not any((one.data or "").strip() for one in (self.kk, self.ru, self.en)):
            raise ValidationError(_l("Write it in one language at least."))


class CardForm(Form):  # type: ignore[misc]
    """One card of the wall; left without a title it is not there."""

    kind = SelectField(_l("Kind"), choices=CARD_KINDS, default="message")
    title_kk = StringField(_l("Title in Kazakh"), validators=[Length(max=120)])
    title_ru = StringField(_l("Title in Russian"), validators=[Length(max=120)])
    title_en = StringField(_l("Title in English"), validators=[Length(max=120)])
    text_kk = TextAreaField(_l("Text in Kazakh"), validators=[Length(max=400)])
    text_ru = TextAreaField(_l("Text in Russian"), validators=[Length(max=400)])
    text_en = TextAreaField(_l("Text in English"), validators=[Length(max=400)])
    upload = FileField(_l("Picture"))
    picture = HiddenField()
    without = BooleanField(_l("Without the picture"))


class WallForm(FlaskForm):  # type: ignore[misc]
    """The wall's cards, in order."""

    cards = FieldList(FormField(CardForm), max_entries=MOST_CARDS)


class DelayForm(FlaskForm):  # type: ignore[misc]
    """How late a field is."""

    minutes = IntegerField(_l("Minutes late"), validators=[InputRequired(), NumberRange(min=0, max=600)])
