"""Forms about people: how long they are kept, and erasing; and the words for looks at their data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField
from wtforms.validators import DataRequired

from ..forms import NEEDED

LOOK_WORDS = {
    "list": _l("list of people"),
    "person": _l("one person"),
    "export": _l("export of a person"),
    "application": _l("application"),
    "team": _l("people of a team"),
    "import": _l("preview of a list"),
    "consents": _l("page of consents of a team"),
    "consent": _l("a parent’s consent page"),
    "ties": _l("ties of judges to families"),
    "document": _l("document of an application"),
    "check_in": _l("check-in"),
    "badges": _l("badges"),
    "archive": _l("archive of the competition"),
    "namesakes": _l("namesakes in the plan"),
    "protocol": _l("protocol"),
    "papers_diploma": _l("diplomas"),
    "papers_participation": _l("certificates of participation"),
    "papers_coach": _l("letters of thanks"),
    "papers_judge": _l("judges’ certificates"),
}


class RetentionForm(FlaskForm):  # type: ignore[misc]
    """The last day on which people's data are kept."""

    until = DateField(_l("Keep people’s data until"), validators=[NEEDED])


class EraseForm(FlaskForm):  # type: ignore[misc]
    """Erasing, which nothing brings back."""

    sure = BooleanField(
        _l("I know that this cannot be undone"), validators=[DataRequired(_l("This is needed."))]
    )
