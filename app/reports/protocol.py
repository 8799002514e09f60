"""A division's protocol: everything a jury signs, in one, two or three languages, as data for its template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from scoring.ruleset import Ruleset

from ..competitions.state import Division, Setup
from ..eventlog.fold import State
from ..languages import figure_text
from ..live.shapes import standings_shape
from ..papers.codes import shown_code
from ..papers.state import Overall, Papers, Publication, is_current
from ..standings.criteria import criterion_words
from .typesetting import qr
from .wording import Words, in_each, names_in, unit_in

Names = dict[str, list[str]]


def protocol(
    state: State, division: Division, languages: Sequence[str], names: Names, address: str
) -> dict[str, Any]:
    """What the template ``protocol`` needs. ``names`` has the officials by role, ``address`` begins every link.

    Results that are not what was last published make a draft: it says so on every page, and bears no code.
    """
    setup, publication = state[Setup], state[Papers].last(division.code)
    official = publication if publication and is_current(state, publication) else None
    standings = standings_shape(state, division)
    return {
        "languages": list(languages),
        "words": _words(languages),
        "competition": names_in(languages, setup.name),
        "division": names_in(languages, division.name),
        "place": setup.facts["venue"],
        "dates": " – ".join(dict.fromkeys((setup.facts["starts_on"], setup.facts["ends_on"]))),
        "headings": _headings(languages, standings),
        "rows": [_row(division.ruleset, languages, standings, row) for row in standings["rows"]],
        "unconfirmed": standings["unconfirmed"],
        "ruleset": ruleset_facts(division.ruleset, languages),
        "signatures": signature_rows(languages, names),
        "official": _official(state, official, address) if official else None,
    }


def _words(languages: Sequence[str]) -> dict[str, Words]:
    return {
        "protocol": in_each(languages, lambda: _("Protocol of results")),
        "draft": in_each(languages, lambda: _("Draft, not official")),
        "revision": in_each(languages, lambda: _("Revision")),
        "published": in_each(languages, lambda: _("Official since")),
        "unconfirmed": in_each(languages, lambda: _("Runs unconfirmed")),
        "rules": in_each(languages, lambda: _("Rules")),
        "parameters": in_each(languages, lambda: _("Numbers of the day")),
        "log": in_each(languages, lambda: _("Head of the log")),
        "check": in_each(languages, lambda: _("Check this paper")),
        "signature": in_each(languages, lambda: _("signature")),
        "page": in_each(languages, lambda: _("Page")),
        "marks": in_each(
            languages, lambda: _("DNS: did not start. DNF: did not finish. DSQ: disqualified. ✎: corrected.")
        ),
    }


def _headings(languages: Sequence[str], standings: dict[str, Any]) -> list[Words]:
    fixed = [
        in_each(languages, lambda: _("Place")),
        ["№"],
        in_each(languages, lambda: _("Team, organisation, region")),
    ]
    columns = [names_in(languages, column["label"]) for column in standings["columns"]]
    return [
        *fixed,
        *columns,
        in_each(languages, lambda: _("Attempts")),
        in_each(languages, lambda: _("Decided by")),
    ]


def _row(
    ruleset: Ruleset, languages: Sequence[str], standings: dict[str, Any], row: dict[str, Any]
) -> dict[str, Any]:
    entry = row["entry"]
    decided_by = row["decided_by"]
    return {
        "rank": row["rank"] or row["mark"] or "–",
        "number": entry["number"],
        "team": entry["team"],
        "from": [text for text in (entry["organisation"], *names_in(languages[:1], entry["region"])) if text],
        "values": [
            figure_text(row["values"].get(column["name"]), column["type"]) for column in standings["columns"]
        ],
        "attempts": [_attempt(standings["attempt_columns"], attempt) for attempt in row["attempts"]],
        "decided_by": in_each(languages, lambda: criterion_words(ruleset, decided_by)) if decided_by else [],
    }


def _attempt(columns: list[dict[str, Any]], attempt: dict[str, Any]) -> str:
    """An attempt in a few signs: its mark, or what counts of it first; ✎ where it was corrected."""
    if attempt["values"] is None:
        return "…"
    values = attempt["values"]
    shown = [figure_text(values[c["name"]], c["type"]) for c in columns if values.get(c["name"]) is not None]
    text = attempt["mark"] or " / ".join(shown) or "–"
    return f"{text} ✎" if attempt["corrected"] else text


def ruleset_facts(ruleset: Ruleset, languages: Sequence[str]) -> dict[str, Any]:
    """Which rules hold, by digest, and their numbers of the day."""
    return {
        "id": f"{ruleset.id} {ruleset.version}",
        "digest": ruleset.digest,
        "parameters": [
            {
                "label": names_in(languages, parameter.label),
                "value": f"{parameter.value:g} {unit_in(languages, parameter.unit)}".strip(),
            }
            for parameter in ruleset.parameters
            if parameter.on_the_day
        ],
    }


def signature_rows(languages: Sequence[str], names: Names) -> list[dict[str, Any]]:
    """A line to sign for the chief judge and the secretary always, and one for each judge."""
    roles = {
        "chief_judge": in_each(languages, lambda: _("Chief judge")),
        "judges": in_each(languages, lambda: _("Judge")),
        "secretary": in_each(languages, lambda: _("Secretary")),
    }
    return [
        {"role": words, "name": name}
        for role, words in roles.items()
        for name in names.get(role) or ([] if role == "judges" else [""])
    ]


def _official(state: State, publication: Publication, address: str) -> dict[str, Any]:
    link = f"{address}/verify/{publication.code}"
    return {
        "revision": publication.revision,
        "at": published_at(state, publication),
        "head": publication.head,
        "subject": f"protocol|{state.chain}|{publication.division}/{publication.revision}",
        "code": shown_code(publication.code),
        "link": link,
        "qr": qr(link),
    }


def published_at(state: State, publication: Publication | Overall) -> str:
    """When results became official, by the competition's own clock."""
    zone = ZoneInfo(state[Setup].facts["zone"])
    return datetime.fromisoformat(publication.at_utc).astimezone(zone).strftime("%Y-%m-%d %H:%M")
