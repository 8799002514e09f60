"""The desk page of looks at people's data: who opened which list, page, paper or file, and when; and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Row

from ...accounts.access import access
from ...applications.state import Applications
from ...competitions.state import Setup
from ...database import reader
from ...entries.state import Entries, public_entry
from ...eventlog.fold import State
from ...languages import in_language
from ...registry import queries
from ...registry.state import People
from ...reports.results import ResultTable
from ..people.people_forms import LOOK_WORDS
from ..submitting import pipeline, state_of
from .log_lines import account_names, by_name
from .long_tables import as_file, in_slices

blueprint = Blueprint("desk_looks", __name__, url_prefix="/desk")

LOOKS_PAGE = 100
MOST_WRITTEN = 20_000
EXTENSIONS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty texts are for everything."""

    who: str
    what: str

    @classmethod
    def of_request(cls) -> Asked:
        return cls(*(request.args.get(name, "").strip() for name in ("who", "what")))

    @property
    def query(self) -> str:
        """The same as a link says it."""
        return urlencode({"who": self.who, "what": self.what})


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look as people read it; ``about`` is a person, a team or an application, where it was at one."""

    id: str
    at: datetime
    by: str
    what: str
    words: str
    about: str
    link: str | None
    people: int


@blueprint.get("/c/<slug>/people/looks")
@access("organiser")
def looks(slug: str) -> str:
    """Newest first, a page at a time. It names no person, so that looking here is no look at anybody."""
    asked = Asked.of_request()
    lines, names = _lines(slug, asked, LOOKS_PAGE, request.args.get("before"))
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    return render_template(
        "desk/looks.html",
        setup=setup,
        slug=slug,
        lines=lines,
        page=LOOKS_PAGE,
        asked=asked,
        query=asked.query,
        kinds=LOOK_WORDS,
        people=by_name(names),
    )


@blueprint.get("/c/<slug>/people/looks.<extension>")
@access("organiser")
def export(slug: str, extension: str) -> Response:
    """The same as a file, newest first."""
    if extension not in EXTENSIONS:
        abort(404)
    lines, _names = _lines(slug, Asked.of_request(), MOST_WRITTEN, None)
    with pipeline().reading():
        title = in_language(state_of(slug)[Setup].name)
    headings = (_("When"), _("Who"), _("What"), _("About"), _("People"))
    rows = tuple((f"{one.at:%Y-%m-%d %H:%M:%S}", one.by, one.words, one.about, one.people) for one in lines)
    return as_file(ResultTable(title, headings, rows, {}), f"{slug}-looks", extension)


def _lines(slug: str, asked: Asked, most: int, before: str | None) -> tuple[list[LookLine], dict[str, str]]:
    with reader() as connection:
        names = account_names(connection, slug)
        found = queries.looks(connection, f"c/{slug}", None, most, before, asked.who, asked.what)

    def in_words(some: Sequence[Row[Any]]) -> list[LookLine]:
        with pipeline().reading():
            return list(_in_words(state_of(slug), some, names))

    return list(in_slices(found, in_words)), names


def _in_words(state: State, found: Iterable[Row[Any]], names: Mapping[str, str]) -> Iterator[LookLine]:
    zone = ZoneInfo(state[Setup].facts["zone"])
    for row in found:
        about, link = _about(state, row.subject)
        yield LookLine(
            row.id,
            row.at.replace(tzinfo=UTC).astimezone(zone),
            names.get(row.account, row.account),
            row.what,
            str(LOOK_WORDS.get(row.what, row.what)),
            about,
            link,
            row.people,
        )


def _about(state: State, subject: str | None) -> tuple[str, str | None]:
    here = f"/desk/{state.chain}"
    if subject is None:
        return "", None
    if subject in state[Entries].by_id:
        shown = public_entry(state, subject)
        return f"№ {shown['number']} {shown['team']}", f"{here}/entries/{subject}"
    application = state[Applications].by_id.get(subject)
    if application is not None:
        words = _("application № %(number)s", number=application.number)
        return words, f"{here}/applications/{subject}"
    if subject in state[People].by_id:
        return _("one person"), f"{here}/people/{subject}"
    return _("somebody who is erased"), None
