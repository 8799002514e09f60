"""Forms about people: how long they are kept, erasing, and a consent that was signed on paper."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from ..registry.consents import newest
from .forms import NEEDED
from .people_words import CONSENT_WORDS

RELATIONS = [
    ("mother", _l("Mother")),
    ("father", _l("Father")),
    ("guardian", _l("Guardian")),
    ("self", _l("I am of age and sign for myself")),
]


class RetentionForm(FlaskForm):  # type: ignore[misc]
    """The last day on which people's data are kept."""

    until = DateField(_l("Keep people’s data until"), validators=[NEEDED])


class EraseForm(FlaskForm):  # type: ignore[misc]
    """Erasing, which nothing brings back."""

    sure = BooleanField(
        _l("I know that this cannot be undone"), validators=[DataRequired(_l("This is needed."))]
    )


class PaperConsentForm(FlaskForm):  # type: ignore[misc]
    """What a parent or guardian ticked, each apart."""

    results = BooleanField(CONSENT_WORDS["results"])
    photo = BooleanField(CONSENT_WORDS["photo"])
    contact = BooleanField(CONSENT_WORDS["contact"])
    signed_by = StringField(_l("Signed by (surname and name)"), validators=[NEEDED, Length(min=3, max=200)])
    relation = SelectField(_l("Relation"), choices=RELATIONS)

    def payload(self, person: str) -> dict[str, Any]:
        """What the command needs, on the newest version of the text."""
        return {
            "person": person,
            "version": newest().version,
            "results": self.results.data,
            "photo": self.photo.data,
            "contact": self.contact.data,
            "signed_by": self.signed_by.data,
            "relation": self.relation.data,
            "salt": secrets.token_hex(16),
        }
