"""The overall protocol of a competition: how many took part, the first places of every division, the rows to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from ..competitions.state import Division, Setup
from ..entries.state import Entries
from ..eventlog.fold import State
from ..languages import figure_text
from ..live.shapes import standings_shape
from ..papers.codes import shown_code
from ..papers.state import OVERALL, Overall, Papers, Publication, current_overall, is_current, is_drawn
from .counts import UNKNOWN, Counts
from .protocol import Names, published_at, ruleset_facts, signature_rows
from .typesetting import qr
from .wording import Words, in_each, names_in

FIRST_PLACES = 3


def overall_protocol(
    state: State, told: Counts, languages: Sequence[str], names: Names, address: str
) -> dict[str, Any]:
    """What the template ``overall`` needs. ``names`` has the officials by role, ``address`` begins every link.

    It is a draft, says so on every page and bears no code, until it was made official and still is what it was.
    """
    setup = state[Setup]
    overall = current_overall(state)
    return {
        "languages": list(languages),
        "words": _words(languages),
        "competition": names_in(languages, setup.name),
        "place": setup.facts["venue"],
        "dates": " – ".join(dict.fromkeys((setup.facts["starts_on"], setup.facts["ends_on"]))),
        "counts": _counts(told, languages),
        "divisions": [_division(state, division, languages) for division in setup.divisions.values()],
        "signatures": signature_rows(languages, names),
        "official": _proof(state, overall, address) if overall else None,
    }


def _proof(state: State, overall: Overall, address: str) -> dict[str, Any]:
    """What tells that this paper is genuine, on paper and on the page its code opens."""
    link = f"{address}/verify/{overall.code}"
    return {
        "revision": overall.revision,
        "at": published_at(state, overall),
        "head": overall.head,
        "entries": overall.seq,
        "subject": f"{OVERALL}|{state.chain}|{overall.revision}",
        "code": shown_code(overall.code),
        "link": link,
        "qr": qr(link),
    }


def _words(languages: Sequence[str]) -> dict[str, Words]:
    return {
        "title": in_each(languages, lambda: _("Overall protocol")),
        "draft": in_each(languages, lambda: _("Draft, not official")),
        "division": in_each(languages, lambda: _("Division")),
        "entries": in_each(languages, lambda: _("Entries")),
        "place": in_each(languages, lambda: _("Place")),
        "team": in_each(languages, lambda: _("Team, organisation, region")),
        "result": in_each(languages, lambda: _("Result")),
        "revision": in_each(languages, lambda: _("Revision")),
        "published": in_each(languages, lambda: _("Official since")),
        "not_official": in_each(languages, lambda: _("not official yet")),
        "not_held": in_each(languages, lambda: _("not held")),
        "nobody": in_each(languages, lambda: _("Nobody has a place.")),
        "check": in_each(languages, lambda: _("Check this paper")),
        "rules": in_each(languages, lambda: _("Rules")),
        "without_place": in_each(languages, lambda: _("Without a place")),
        "marks": in_each(
            languages, lambda: _("DNS: did not start. DNF: did not finish. DSQ: disqualified. ✎: corrected.")
        ),
        "log": in_each(languages, lambda: _("Head of the log")),
        "signature": in_each(languages, lambda: _("signature")),
        "page": in_each(languages, lambda: _("Page")),
    }


def _counts(told: Counts, languages: Sequence[str]) -> list[dict[str, Any]]:
    """The numbers at the top; regions are those that somebody said."""
    regions = [line for line in told.groups["region"] if line.value != UNKNOWN]
    return [
        {"label": in_each(languages, lambda: _("Participants")), "count": told.participants},
        {"label": in_each(languages, lambda: _("Teams")), "count": told.teams},
        {"label": in_each(languages, lambda: _("Coaches")), "count": told.coaches},
        {"label": in_each(languages, lambda: _("Organisations")), "count": told.organisations},
        {"label": in_each(languages, lambda: _("Regions")), "count": len(regions)},
    ]


def _division(state: State, division: Division, languages: Sequence[str]) -> dict[str, Any]:
    """The first places of a division: everybody who shares one of them; nobody where it was not held."""
    standings = standings_shape(state, division)
    publication = state[Papers].last(division.code)
    official = publication if publication and is_current(state, publication) else None
    was_held = is_drawn(state, division.code)
    first = [row for row in standings["rows"] if was_held and row["rank"] and row["rank"] <= FIRST_PLACES]
    return {
        "was_held": was_held,
        "name": names_in(languages, division.name),
        "entries": len(state[Entries].of(division.code)),
        "columns": [names_in(languages, column["label"]) for column in standings["columns"]],
        "rows": [_row(languages, standings["columns"], row) for row in first],
        "marks": _marks(standings["rows"]),
        "ruleset": ruleset_facts(division.ruleset, languages),
        "official": _official(state, official) if official else None,
    }


def _marks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who has a mark instead of a place, by number: ``[{"mark", "numbers"}]``."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["mark"] and not row["rank"]:
            found.setdefault(row["mark"], []).append(f"№ {row['entry']['number']}")
    return [{"mark": mark, "numbers": ", ".join(numbers)} for mark, numbers in sorted(found.items())]


def _row(languages: Sequence[str], columns: list[dict[str, Any]], row: dict[str, Any]) -> dict[str, Any]:
    entry = row["entry"]
    return {
        "rank": row["rank"],
        "number": entry["number"],
        "team": entry["team"],
        "from": [text for text in (entry["organisation"], *names_in(languages[:1], entry["region"])) if text],
        "values": [figure_text(row["values"].get(column["name"]), column["type"]) for column in columns],
    }


def _official(state: State, publication: Publication) -> dict[str, Any]:
    return {
        "revision": publication.revision,
        "at": published_at(state, publication),
        "code": shown_code(publication.code),
    }
