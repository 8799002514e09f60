"""Diplomas, certificates and letters of thanks that were issued, as data for their template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import Connection

from ..competitions.state import Division, Setup
from ..entries.queries import members
from ..entries.state import Entries, public_entry
from ..eventlog.fold import State
from ..papers.codes import shown_code
from ..papers.queries import official_names, people_by_id
from ..papers.state import Issued, Papers
from ..registry.regions import regions
from .diploma_words import lead_of, text_of, title_of
from .typesetting import qr
from .wording import Words, in_each, names_in, once

MEMBERS_NAMED = 8


@dataclass(frozen=True, slots=True)
class Beside:
    """What is looked up beside the log once for a whole set."""

    people: dict[str, Any]
    members: dict[str, list[str]]
    officials: dict[str, list[str]]
    address: str


def diploma_set(
    state: State, connection: Connection, papers: Sequence[Issued], address: str
) -> dict[str, Any]:
    """What the template ``diploma`` needs for papers of one kind. Whoever was erased is left out."""
    beside = _beside(state, connection, papers, address)
    design = state[Papers].designs.get(papers[0].kind, {}) if papers else {}
    pages = [_page(state, beside, design, paper) for paper in papers if _may_be_named(state, beside, paper)]
    return {
        "languages": list(papers[0].languages) if papers else ["kk"],
        "background": bool(design.get("background")),
        "papers": pages,
    }


def _beside(state: State, connection: Connection, papers: Sequence[Issued], address: str) -> Beside:
    people = people_by_id(connection, (one.facts["person"] for one in papers if "person" in one.facts))
    teams = {
        entry: [row.full_name for row in rows if row.part == "member"]
        for entry, rows in members(connection, state.chain).items()
    }
    return Beside(people, teams, official_names(connection, state[Papers].officials), address)


def _may_be_named(state: State, beside: Beside, paper: Issued) -> bool:
    entry, person = paper.facts.get("entry"), paper.facts.get("person")
    is_erased = person is not None and person not in beside.people
    return not is_erased and entry not in state[Entries].taken_down


def _page(state: State, beside: Beside, design: dict[str, Any], paper: Issued) -> dict[str, Any]:
    setup, languages = state[Setup], paper.languages
    entry = public_entry(state, paper.facts["entry"]) if "entry" in paper.facts else None
    division = setup.divisions.get(paper.facts.get("division", ""))
    person = beside.people.get(paper.facts.get("person", ""))
    name = person.full_name if person else entry["team"] if entry else ""
    link = f"{beside.address}/verify/{paper.code}"
    at = datetime.fromisoformat(paper.at_utc).astimezone(ZoneInfo(setup.facts["zone"]))
    team_members = beside.members.get(paper.facts.get("entry", ""), []) if not person else []
    return {
        "competition": names_in(languages, setup.name),
        "title": _filled(design.get("title"), languages, setup, paper, entry, division, name)
        or in_each(languages, lambda: title_of(paper)),
        "lead": in_each(languages, lambda: lead_of(paper)),
        "name": name,
        "members": team_members[:MEMBERS_NAMED],
        "from": _from(languages, entry, with_team=person is not None and paper.kind == "participation"),
        "text": _filled(design.get("text"), languages, setup, paper, entry, division, name)
        or in_each(languages, lambda: text_of(paper, entry, division)),
        "signatures": _signatures(languages, beside.officials),
        "number": f"{paper.number:05d}",
        "at": at.strftime("%Y-%m-%d"),
        "place": setup.facts["venue"],
        "code": shown_code(paper.code),
        "link": link,
        "qr": qr(link),
    }


def _from(languages: Sequence[str], entry: dict[str, Any] | None, *, with_team: bool) -> list[str]:
    if entry is None:
        return []
    region = names_in(languages[:1], regions().get(entry["region"] or ""))
    team = [entry["team"]] if with_team else []
    return [text for text in (*team, entry["organisation"], *region) if text]


def _filled(
    own: dict[str, str] | None,
    languages: Sequence[str],
    setup: Setup,
    paper: Issued,
    entry: dict[str, Any] | None,
    division: Division | None,
    name: str,
) -> Words:
    """The organiser's words with their blanks filled: ``{name}``, ``{team}``, ``{division}`` and so on."""
    filled = []
    for language in languages:
        words = (own or {}).get(language, "").strip()
        blanks = {
            "name": name,
            "team": entry["team"] if entry else "",
            "division": division.name.get(language, "") if division else "",
            "competition": setup.name.get(language, ""),
            "degree": "I" * paper.facts.get("degree", 0),
        }
        for blank, value in blanks.items():
            words = words.replace("{" + blank + "}", value)
        filled.append(words)
    return once([words for words in filled if words])


def _signatures(languages: Sequence[str], officials: dict[str, list[str]]) -> list[dict[str, Any]]:
    roles = {
        "chief_judge": in_each(languages, lambda: _("Chief judge")),
        "secretary": in_each(languages, lambda: _("Secretary")),
    }
    return [
        {"role": words, "name": name} for role, words in roles.items() for name in officials.get(role, [])
    ]
