"""Forms of the chief judge: reasons for an order, practice runs, protests and what the jury decides."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import Length, Optional

from ..forms import NEEDED

OUTCOMES = [
    ("rejected", _l("rejected")),
    ("upheld", _l("upheld")),
    ("taken_back", _l("taken back by the team")),
]
EFFECTS = [
    ("none", _l("nothing")),
    ("correction", _l("the result is corrected as below")),
    ("replay", _l("it is held again")),
]


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is ordered."""

    reason = StringField(_l("Reason"), validators=[NEEDED, Length(3, 1000)])


class PracticeForm(FlaskForm):  # type: ignore[misc]
    """A practice run; choices are filled by the view."""

    field = SelectField(_l("Field"), validators=[NEEDED])
    entry = SelectField(_l("Team"), validators=[NEEDED])


class PracticeMatchForm(FlaskForm):  # type: ignore[misc]
    """A practice match of two entries; choices are filled by the view."""

    field = SelectField(_l("Field"), validators=[NEEDED])
    left = SelectField(_l("Left"), validators=[NEEDED])
    right = SelectField(_l("Right"), validators=[NEEDED])


class ProtestForm(FlaskForm):  # type: ignore[misc]
    """A protest taken at the desk; its choices of team are filled by the view."""

    entry = SelectField(_l("Who protests"), validators=[NEEDED])
    text = TextAreaField(_l("What the protest says"), validators=[NEEDED, Length(10, 4000)])
    handed_in_at = TimeField(
        _l("Handed in at (empty: now)"), format=["%H:%M", "%H:%M:%S"], validators=[Optional()]
    )
    fee_paid = BooleanField(_l("The fee was received"))


class RulingForm(FlaskForm):  # type: ignore[misc]
    """The jury's decision; a corrected sheet is read beside it."""

    outcome = SelectField(_l("The protest is"), choices=OUTCOMES)
    effect = SelectField(_l("What changes"), choices=EFFECTS)
    reason = TextAreaField(_l("The jury’s reasons"), validators=[NEEDED, Length(3, 1000)])
