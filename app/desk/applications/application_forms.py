"""Forms of the desk about applications: the terms they come in under, and the answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from ...applications.schemas import SetApplicationTerms
from ...eventlog.instants import is_in_our_years
from ...messages import sentence

AGE = [Optional(), NumberRange(3, 99)]
COUNT = [Optional(), NumberRange(1, 100_000)]
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class BoundsForm(Form):  # type: ignore[misc]
    """Whom one division takes."""

    code = HiddenField()
    youngest = IntegerField(_l("Youngest, years"), validators=AGE)
    oldest = IntegerField(_l("Oldest, years"), validators=AGE)
    most = IntegerField(_l("Most entries"), validators=COUNT)


class TermsForm(FlaskForm):  # type: ignore[misc]
    """Whether and until when applications come in, and how many entries there may be."""

    version = HiddenField()
    is_open = BooleanField(_l("Applications are open"))
    deadline = DateTimeLocalField(
        _l("Deadline, on the competition’s clocks"), format=MINUTES, validators=[Optional()]
    )
    most_of_organisation = IntegerField(_l("Most entries of an organisation"), validators=COUNT)
    most_of_district = IntegerField(_l("Most entries of a district or city"), validators=COUNT)
    most_of_region = IntegerField(_l("Most entries of a region"), validators=COUNT)
    divisions = FieldList(FormField(BoundsForm))

    def validate_deadline(self, field: DateTimeLocalField) -> None:
        if not is_in_our_years(field.data):
            raise ValidationError(sentence("field_year_wrong"))

    def payload(self, zone: str) -> dict[str, Any]:
        """What the command needs; the deadline as an instant."""
        naive: datetime | None = self.deadline.data
        bounds = {one.form.code.data: one.form for one in self.divisions}
        return {
            "is_open": self.is_open.data,
            "deadline": naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).isoformat() if naive else None,
            "most_of_organisation": self.most_of_organisation.data,
            "most_of_district": self.most_of_district.data,
            "most_of_region": self.most_of_region.data,
            "divisions": {
                code: {name: form[name].data for name in ("youngest", "oldest", "most")}
                for code, form in bounds.items()
            },
        }


def terms_data(terms: SetApplicationTerms, divisions: list[str], zone: str) -> dict[str, Any]:
    """The form's data for terms as they stand."""
    deadline = terms.deadline.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if terms.deadline else None
    bounds = [
        {"code": code} | (terms.divisions[code].model_dump() if code in terms.divisions else {})
        for code in divisions
    ]
    return terms.model_dump(exclude={"deadline", "divisions"}) | {"deadline": deadline, "divisions": bounds}


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """The answer to one application, made against the version that was seen."""

    version = HiddenField()
    note = TextAreaField(_l("What is to be mended"), validators=[Length(max=2000)])
