"""The desk's forms about matches; their choices are filled by the views."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, Regexp
from wtforms.widgets import CheckboxInput

from ..forms import NEEDED

REASON = [NEEDED, Length(min=3, max=1000)]
SEEDING = [
    ("draw", _l("by a draw")),
    ("lots", _l("by the lots drawn")),
    ("numbers", _l("by the numbers of the entries")),
]


class DrawMatchesForm(FlaskForm):  # type: ignore[misc]
    """Where the matches are held, and how entries are seeded."""

    fields = SelectMultipleField(_l("Fields"), option_widget=CheckboxInput())
    seeding = SelectField(_l("Seeds"), choices=SEEDING, default="draw")
    seed = StringField(
        _l("Seed (empty: drawn)"), validators=[Optional(), Regexp(r"^\d{1,18}$", message=_l("Digits only."))]
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """A button that asks why."""

    reason = StringField(_l("Reason"), validators=REASON)


class WalkoverForm(ReasonForm):
    """Which side is given the match."""

    winner = SelectField(_l("Given to"), validators=[NEEDED])


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Which field a match goes to, and before which match."""

    field = SelectField(_l("Field"), validators=[NEEDED])
    before = SelectField(_l("Before match"), validators=[Optional()])


class TieForm(ReasonForm):
    """Who goes on of those who are level; as many choices as there are places."""

    entries = SelectMultipleField(_l("Who goes on"), validators=[NEEDED])


class WithdrawForm(ReasonForm):
    """Which entry withdraws."""

    entry = SelectField(_l("Entry"), validators=[NEEDED])
