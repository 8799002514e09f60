"""The form of a robot's inspection."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import FloatField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

OUTCOMES = [
    ("passed", _l("Passed")),
    ("failed", _l("Not passed")),
    ("again", _l("To be inspected again")),
]
_SIZE = [Optional(), NumberRange(min=0.1, max=100_000)]


class InspectionForm(FlaskForm):  # type: ignore[misc]
    """What was measured, what was decided, and a picture of the robot."""

    mass_g = FloatField(_l("Mass, g"), validators=_SIZE)
    length_mm = FloatField(_l("Length, mm"), validators=_SIZE)
    width_mm = FloatField(_l("Width, mm"), validators=_SIZE)
    height_mm = FloatField(_l("Height, mm"), validators=_SIZE)
    outcome = RadioField(_l("Outcome"), choices=OUTCOMES, validators=[InputRequired()])
    note = TextAreaField(_l("Note"), validators=[Length(max=1000)])
    photo = FileField(_l("Picture of the robot, without people"))

    def measured(self) -> dict[str, float]:
        """What was filled in, by its name in the ruleset."""
        names = ("mass_g", "length_mm", "width_mm", "height_mm")
        return {name: self[name].data for name in names if self[name].data is not None}
