"""The form of a consent: what may be ticked, each apart, and who signs."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from .consents import newest
from .state import Ticks

CONSENT_WORDS = {
    "results": _l("Show surname and name with the results"),
    "photo": _l("Publish photos and videos from the competition"),
    "contact": _l("Get in touch about later competitions"),
}

RELATIONS = [
    ("mother", _l("Mother")),
    ("father", _l("Father")),
    ("guardian", _l("Guardian")),
    ("self", _l("I am of age and sign for myself")),
]


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """What a parent or guardian ticked, each apart."""

    results = BooleanField(CONSENT_WORDS["results"])
    photo = BooleanField(CONSENT_WORDS["photo"])
    contact = BooleanField(CONSENT_WORDS["contact"])
    signed_by = StringField(
        _l("Signed by (surname and name)"),
        validators=[InputRequired(_l("This is needed.")), Length(min=3, max=200)],
    )
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


def consent_word(ticks: Ticks | None) -> Any:
    """One word for how things stand: none, given, revoked."""
    if ticks is None:
        return _l("no consent yet")
    return _l("revoked") if ticks.revoked else _l("given")
