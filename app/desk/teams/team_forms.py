"""The form of one team that is registered or changed at the desk, and what its texts may have been meant to say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import Length, Optional

from ...applications.forms import KINDS, SEXES, YEAR
from ...registry.mendable import Mendable
from ..forms import NEEDED

MOST_MEMBERS, FIRST_MEMBERS = 60, 3
FULL_NAME = _l("Surname and name")


class TeamPersonForm(Form):  # type: ignore[misc]
    """One person by the whole name; ``id`` says who it was, ``same`` that it still is, spelt otherwise."""

    id = HiddenField()
    full_name = StringField(FULL_NAME, validators=[Length(max=200)])
    same = BooleanField(_l("The same person, spelt right"))


class TeamMemberForm(TeamPersonForm):
    """A member; a row without a name is nobody."""

    birth_year = IntegerField(_l("Year of birth"), validators=[Optional(), YEAR])
    grade = StringField(_l("Grade"), validators=[Length(max=20)])
    sex = SelectField(_l("Sex"), choices=SEXES, validators=[Optional()])


class TeamCoachForm(TeamPersonForm):
    """The coach, where there is one."""

    contact = StringField(_l("Telephone or e-mail"), validators=[Length(max=200)])


class TeamForm(Mendable, FlaskForm):  # type: ignore[misc]
    """One team in one division; choices are filled by the view.

    ``card`` and ``opened_in`` are what the team's card and division were when the form was opened, ``seen`` the digest
    of what was said about it.
    """

    division = SelectField(_l("Division"), validators=[NEEDED])
    team = StringField(_l("Team"), validators=[NEEDED, Length(max=200)])
    organisation = StringField(_l("Organisation"), validators=[NEEDED, Length(max=300)])
    organisation_kind = SelectField(
        _l("Kind of organisation"), choices=[("", "–"), *KINDS], validators=[Optional()]
    )
    region = SelectField(_l("Region"), validators=[Optional()])
    district = StringField(_l("District or city"), validators=[Length(max=120)])
    robot = StringField(_l("Robot or project"), validators=[Length(max=120)])
    coach = FormField(TeamCoachForm)
    members = FieldList(FormField(TeamMemberForm), min_entries=FIRST_MEMBERS, max_entries=MOST_MEMBERS)
    card = HiddenField()
    opened_in = HiddenField()
    seen = HiddenField()

    def offer(self, divisions: list[tuple[str, str]], regions: list[tuple[str, str]]) -> None:
        self.division.choices = [("", "–"), *divisions]
        self.region.choices = [("", "–"), *regions]

    def grow(self) -> None:
        """Another row for a member; this works without scripts."""
        if len(self.members) < MOST_MEMBERS:
            self.members.append_entry()

    def row(self) -> dict[str, Any]:
        """What the form says, as a row of a list is read."""
        said = {
            name: self[name].data or None for name in ("organisation_kind", "region", "district", "robot")
        }
        return {
            "row": 1,
            "rows": [1],
            "division": self.division.data,
            "team": self.team.data or "",
            "organisation": self.organisation.data or "",
            "coach": _plain(self.coach.form.full_name.data) or None,
            "contact": _plain(self.coach.form.contact.data) or None,
            "members": [member_of(one) for one in self.named()],
            "region_written": "",
            **said,
        }

    def known_people(self) -> set[str]:
        """The ids of those who were in the team when the form was opened."""
        forms = (self.coach.form, *(one.form for one in self.members))
        return {one.id.data for one in forms if one.id.data}

    def named(self) -> list[Any]:
        """The forms of members that name somebody."""
        return [one.form for one in self.members if _plain(one.form.full_name.data)]

    def nameless(self) -> list[Any]:
        """Those that say something of nobody."""
        return [
            one.form
            for one in self.members
            if not _plain(one.form.full_name.data)
            and (one.form.birth_year.data or _plain(one.form.grade.data) or one.form.sex.data)
        ]

    def show_problem(self, column: str | None, said: str) -> bool:
        """Say what is wrong at the field of a column of lists; whether there is one."""
        field = self.members[0].form.full_name if column == "members" else self._fields.get(column or "")
        if field is None or not hasattr(field, "errors") or isinstance(field, FormField):
            return False
        field.errors = [*field.errors, said]
        return True

    def texts(self) -> Iterator[tuple[Any, bool]]:
        """The fields that people will read, and whether each names a person."""
        for field in (self.team, self.organisation, self.district, self.robot):
            yield field, False
        for person in (self.coach.form, *(one.form for one in self.members)):
            yield person.full_name, True


def member_of(form: Any) -> dict[str, Any]:
    """A member as a row of a list has one."""
    return {
        "full_name": _plain(form.full_name.data),
        "birth_year": form.birth_year.data,
        "grade": _plain(form.grade.data) or None,
        "sex": form.sex.data or None,
    }


def _plain(value: Any) -> str:
    return " ".join(str(value or "").split())
