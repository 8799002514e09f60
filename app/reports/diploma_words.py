"""Our own words on diplomas, certificates and letters of thanks, where the organiser wrote none."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from ..competitions.state import Division
from ..languages import in_language
from ..papers.state import Issued


def title_of(paper: Issued) -> str:
    """What kind of paper it is, in the language of the moment."""
    match paper.kind:
        case "diploma":
            return str(_("Diploma of degree %(degree)s", degree="I" * paper.facts["degree"]))
        case "participation":
            return str(_("Certificate of participation"))
        case "coach":
            return str(_("Letter of thanks"))
        case _:
            return str(_("Judge’s certificate"))


def lead_of(paper: Issued) -> str:
    """The words before the name."""
    match paper.kind:
        case "diploma":
            return str(_("awarded to"))
        case "coach":
            return str(_("with gratitude to"))
        case _:
            return str(_("given to"))


def text_of(paper: Issued, entry: dict[str, Any] | None, division: Division | None) -> str:
    """The words after the name: what for."""
    named = in_language(division.name) if division else ""
    match paper.kind:
        case "diploma":
            return str(_("for the result in “%(division)s”", division=named))
        case "participation":
            return str(_("for taking part in “%(division)s”", division=named))
        case "coach":
            return str(_("for preparing the team “%(team)s”", team=entry["team"] if entry else ""))
        case _:
            return str(_("for judging the competition"))
