"""The desk's forms about alliance selection; their choices are filled by the views."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from ..forms import NEEDED
from .match_forms import REASON


class VersionForm(FlaskForm):  # type: ignore[misc]
    """A button pressed against the selection as the page showed it."""

    version = HiddenField(validators=[NEEDED])

    @property
    def expected_version(self) -> int:
        """Of rubbish, a version that there never is."""
        written = str(self.version.data or "")
        return int(written) if written.isdecimal() and len(written) < 10 else -1


class OpenSelectionForm(FlaskForm):  # type: ignore[misc]
    """How many alliances there are to be."""

    count = IntegerField(_l("Alliances"), validators=[Optional(), NumberRange(2, 64)])


class EntryForm(VersionForm):
    """Which team was picked, or declined."""

    entry = HiddenField(validators=[NEEDED])


class SelectionReasonForm(VersionForm):
    """A button that asks why."""

    reason = StringField(_l("Reason"), validators=REASON)


class BackupForm(SelectionReasonForm):
    """Which alliance the next backup joins, and for whom it plays."""

    entry = HiddenField(validators=[NEEDED])
    alliance = SelectField(_l("Alliance"), coerce=int, validators=[NEEDED])
    instead_of = SelectField(_l("Plays instead of"), validators=[Optional()])
