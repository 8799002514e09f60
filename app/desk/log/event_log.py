"""The desk page of the log: who did what and when, in words, found by person, kind and team; and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from ...accounts.access import access
from ...competitions.state import Setup
from ...database import reader
from ...eventlog import queries as log
from ...eventlog.chain import Entry
from ...eventlog.fold import State
from ...languages import in_language
from ...reports.results import ResultTable
from ..submitting import pipeline, state_of
from ..teams.team_search import teams
from .log_lines import LogLine, account_names, by_name, ids_about, log_lines
from .log_words import GROUPS, WORDS_OF
from .long_tables import as_file, in_slices

blueprint = Blueprint("desk_log", __name__, url_prefix="/desk")

LOG_PAGE = 100
MOST_WRITTEN = 20_000
"""Entries of a file: more than a spreadsheet program is quick with."""
EXTENSIONS = ("xlsx", "csv")
MOST_SEQ = 2**53
"""No log is as long; a database reads no number of more than 64 bits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty texts are for everything."""

    who: str
    group: str
    team: str

    @classmethod
    def of_request(cls) -> Asked:
        return cls(*(request.args.get(name, "").strip() for name in ("who", "what", "team")))

    @property
    def query(self) -> str:
        """The same as a link says it."""
        return urlencode({"who": self.who, "what": self.group, "team": self.team})


@blueprint.get("/c/<slug>/log")
@access("organiser", "referee")
def log_page(slug: str) -> str:
    """Newest first, a page at a time."""
    asked, before = Asked.of_request(), request.args.get("before", type=int)
    if before is not None:
        before = max(0, min(before, MOST_SEQ))
    lines, names, found = _lines(slug, asked, LOG_PAGE, before)
    with pipeline().reading():
        setup = state_of(slug)[Setup]
    return render_template(
        "desk/log.html",
        setup=setup,
        slug=slug,
        lines=lines,
        page=LOG_PAGE,
        asked=asked,
        groups=GROUPS,
        people=by_name(names),
        query=asked.query,
        found=found,
        is_known=_is_known(asked),
    )


@blueprint.get("/c/<slug>/log.<extension>")
@access("organiser")
def export(slug: str, extension: str) -> Response:
    """The same as a file, newest first."""
    asked = Asked.of_request()
    if extension not in EXTENSIONS or not _is_known(asked):
        abort(404)
    lines, _names, _found = _lines(slug, asked, MOST_WRITTEN, None)
    with pipeline().reading():
        title = in_language(state_of(slug)[Setup].name)
    return as_file(_table(title, lines), f"{slug}-log", extension)


def _lines(
    slug: str, asked: Asked, most: int, before: int | None
) -> tuple[list[LogLine], dict[str, str], bool]:
    """The lines asked for, what people are called, and whether the team asked for is one."""
    with pipeline().reading():
        state = state_of(slug)
        about = _about(state, asked.team)
    with reader() as connection:
        names = account_names(connection, slug)
        entries: list[Entry] = []
        if about != [] and _is_known(asked):
            types = tuple(WORDS_OF.get(asked.group, ()))
            entries = log.newest(connection, f"c/{slug}", most, before, types, asked.who, about or ())

    def in_words(some: Sequence[Entry]) -> list[LogLine]:
        with pipeline().reading():
            return log_lines(state_of(slug), names, some)

    return list(in_slices(entries, in_words)), names, about != []


def _is_known(asked: Asked) -> bool:
    """Whether there is such a kind; the whole log is no answer to a question that was mistyped."""
    return not asked.group or asked.group in GROUPS


def _about(state: State, team: str) -> list[str] | None:
    """The ids by which the log speaks of the one team that is meant; None for any, empty where none is."""
    if not team:
        return None
    found = teams(state, team)
    return ids_about(state, found[0].id) if len(found) == 1 else []


def _table(title: str, lines: list[LogLine]) -> ResultTable:
    headings = ("#", _("When"), _("Who"), _("What"), _("About"))
    rows = tuple(
        (
            line.seq,
            line.at.strftime("%Y-%m-%d %H:%M:%S"),
            line.by,
            line.words,
            "; ".join(words for words, _link in line.about),
        )
        for line in lines
    )
    return ResultTable(title, headings, rows, {})
