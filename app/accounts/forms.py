"""Forms about accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length, Regexp


class FirstAccountForm(FlaskForm):  # type: ignore[misc]
    """The first organiser's name and PIN."""

    name = StringField(_l("Your name"), validators=[InputRequired(_l("This is needed.")), Length(max=120)])
    pin = PasswordField(
        _l("PIN"),
        validators=[
            InputRequired(_l("This is needed.")),
            Regexp(r"^\d{8,12}$", message=_l("Eight to twelve digits.")),
        ],
    )
