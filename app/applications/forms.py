"""The application's form: the team, its organisation, coach and members, and the divisions it wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import FieldList, Form, FormField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from ..registry.mendable import Mendable
from ..registry.schemas import OldestBirthYear, YoungestBirthYear
from .schemas import MOST_MEMBERS

NEEDED = InputRequired(_l("This is needed."))
KINDS = [
    ("school", _l("School")),
    ("technicians", _l("Station or centre of young technicians")),
    ("palace", _l("Palace or house of schoolchildren")),
    ("circle", _l("Circle")),
    ("college", _l("College")),
    ("university", _l("University")),
    ("studio", _l("Private studio")),
    ("other", _l("Other")),
]
DOCUMENT_WORDS = {
    "consent": _l("Signed consent, scanned"),
    "project": _l("Description of the project"),
    "photo": _l("Photo of the robot"),
    "other": _l("Other document"),
}
FILE_KINDS = ".pdf,.jpg,.jpeg,.png,.webp"
SEXES = [("", "–"), ("f", _l("girl")), ("m", _l("boy"))]
YEAR = NumberRange(OldestBirthYear, YoungestBirthYear, message=_l("A year such as 2012."))


class PersonForm(Form):  # type: ignore[misc]
    """The parts of a name; ``id`` says who it was when the form was opened."""

    id = HiddenField()
    surname = StringField(_l("Surname"), validators=[NEEDED, Length(max=80)])
    given_name = StringField(_l("Given name"), validators=[NEEDED, Length(max=80)])
    patronymic = StringField(_l("Patronymic (if any)"), validators=[Length(max=80)])


class MemberForm(PersonForm):
    """A member: who may compete where depends on the year of birth."""

    birth_year = IntegerField(_l("Year of birth"), validators=[NEEDED, YEAR])
    grade = StringField(_l("Grade"), validators=[Length(max=20)])
    sex = SelectField(_l("Sex (not required)"), choices=SEXES, validators=[Optional()])


class CoachForm(PersonForm):
    """The coach, whom the organiser writes to."""

    contact = StringField(_l("Telephone or e-mail"), validators=[NEEDED, Length(max=200)])


class WantedForm(Form):  # type: ignore[misc]
    """A division the team wants; its choices are filled by the view."""

    division = SelectField(_l("Division"), validators=[NEEDED])
    robot = StringField(_l("Robot or project"), validators=[Length(max=120)])


class DocumentForm(FlaskForm):  # type: ignore[misc]
    """A document to attach."""

    kind = SelectField(_l("What it is"), choices=list(DOCUMENT_WORDS.items()))
    file = FileField(_l("PDF, JPEG, PNG or WebP"), validators=[FileRequired(_l("Choose a file."))])


class ApplicationForm(Mendable, FlaskForm):  # type: ignore[misc]
    """A whole application; its choices are filled by the view."""

    team = StringField(_l("Team"), validators=[NEEDED, Length(max=200)])
    organisation = StringField(_l("Organisation"), validators=[NEEDED, Length(max=300)])
    organisation_kind = SelectField(_l("Kind of organisation"), choices=KINDS)
    region = SelectField(_l("Region"), validators=[NEEDED])
    district = StringField(_l("District or city"), validators=[Length(max=120)])
    coach = FormField(CoachForm)
    members = FieldList(FormField(MemberForm), min_entries=1, max_entries=MOST_MEMBERS)
    wanted = FieldList(FormField(WantedForm), min_entries=1, max_entries=8)
    version = HiddenField()
    mends_seen = HiddenField()

    def offer(self, divisions: list[tuple[str, str]], regions: list[tuple[str, str]]) -> None:
        """Fill the choices in."""
        self.region.choices = [("", "–"), *regions]
        for one in self.wanted:
            one.form.division.choices = [("", "–"), *divisions]

    def texts(self) -> Iterator[tuple[Any, bool]]:
        """The fields that people will read, and whether each names a person."""
        for field in (self.team, self.organisation, self.district):
            yield field, False
        for one in self.wanted:
            yield one.form.robot, False
        for person in (self.coach.form, *(member.form for member in self.members)):
            for name in ("surname", "given_name", "patronymic"):
                yield person[name], True

    def payload(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        """What the command needs. People whom ``before`` has word for word keep their ids."""
        known = {}
        if before:
            known = {one["id"]: one for one in [before["coach"], *before["members"]] if one}
        return {
            **{name: self[name].data for name in ("team", "organisation", "organisation_kind", "region")},
            "district": self.district.data or None,
            "coach": _person(self.coach.form, known),
            "members": [_person(one.form, known) for one in self.members],
            "wanted": [{"division": o.division.data, "robot": o.robot.data or None} for o in self.wanted],
        }

    def show_problems(self, problems: list[dict[str, Any]]) -> list[str]:
        """Say each refused field what is wrong with it; the sentences that belong to no field come back."""
        left = []
        for problem in problems:
            field = self._find((problem["field"] or "").split("-"))
            if field is None:
                left.append(problem["detail"])
            else:
                field.errors = [*field.errors, problem["detail"]]
        return left

    def _find(self, path: list[str]) -> Any:
        if path[0] == "members" and len(path) == 3:
            return self.members[int(path[1])].form[path[2]]
        if path == ["wanted"]:
            return self.wanted[0].form.division
        return self._fields.get(path[0])


def _person(form: Any, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    said = {name: field.data or None for name, field in form._fields.items() if name != "id"}
    was = known.get(form.id.data or "")
    unchanged = was is not None and all(" ".join(str(was[n] or "").split()) == _plain(said[n]) for n in said)
    return said | {"id": form.id.data if unchanged else None}


def _plain(value: Any) -> str:
    return " ".join(str(value or "").split())
