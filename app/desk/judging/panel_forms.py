"""The forms of a panel of judges, and what their plain inputs say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired


class PanelForm(FlaskForm):  # type: ignore[misc]
    """The room, the judges, and what is hidden from whom; choices are filled by the view."""

    field = SelectField(_l("Room"), validators=[InputRequired()])
    judges = SelectMultipleField(_l("Judges"), choices=[], validators=[InputRequired()])
    blind = BooleanField(_l("Hide the teams' names from the judges: they see the project's number alone"))
    secret = BooleanField(_l("Keep the marks from the public until the results are revealed"), default=True)


class GiveForm(FlaskForm):  # type: ignore[misc]
    """Whose open sheets go to whom; nobody's where the first is empty."""

    judge = SelectField(_l("Open sheets of"), validate_choice=False)
    to = SelectField(_l("Give them to"), validators=[InputRequired()], validate_choice=False)


def affiliations(said: Mapping[str, str], judges: Iterable[str]) -> list[dict[str, str]]:
    """What the page's inputs ``organisation-<account>`` and ``district-<account>`` say of judges."""
    return [
        {"judge": judge, **{name: said.get(f"{name}-{judge}", "") for name in ("organisation", "district")}}
        for judge in judges
    ]


def ties(ticked: Iterable[str]) -> list[dict[str, Any]]:
    """The ties of boxes whose values are ``judge|entry|kind``; what is not of that form is left out."""
    parts = (box.split("|") for box in ticked)
    return [dict(zip(("judge", "entry", "kind"), one, strict=True)) for one in parts if len(one) == 3]
