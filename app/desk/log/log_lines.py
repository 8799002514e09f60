"""Entries of the log as people read them: who, when, what, and about which team, field or division."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Connection, select

from ...accounts.models import Account
from ...applications.state import Applications
from ...competitions.state import Setup
from ...displays.state import Screens
from ...entries.state import Entries, public_entry
from ...eventlog.chain import Entry
from ...eventlog.deciding import SYSTEM
from ...eventlog.fold import State
from ...languages import in_language
from ...matches.state import Matches
from ...registry.naming import alphabetical
from ...runs.state import Runs
from .log_words import WORDS

ACCOUNTS = ("account", "judge", "to")
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry; ``about`` are ``(words, link)``, each link perhaps None."""

    seq: int
    at: datetime
    by: str
    words: str
    about: tuple[tuple[str, str | None], ...]
    entry: Entry


def account_names(connection: Connection, slug: str) -> dict[str, str]:
    """What accounts that reach a competition are called, and those who have none: the server, a coach, a parent."""
    reach = Account.competition.is_(None) | (Account.competition == slug)
    found = connection.execute(select(Account.id, Account.name).where(reach))
    return {row.id: row.name for row in found} | {
        SYSTEM.account: SYSTEM.name,
        "applicant": _("a coach, by the secret address"),
        "guardian": _("a parent, by the secret address"),
    }


def by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Accounts to choose from, as people look for them."""
    return sorted(names.items(), key=lambda item: alphabetical(item[1]))


def log_lines(state: State, names: Mapping[str, str], entries: Iterable[Entry]) -> list[LogLine]:
    """Read it inside ``pipeline.reading()``."""
    zone = ZoneInfo(state[Setup].facts["zone"])
    return [
        LogLine(
            entry.seq,
            datetime.fromisoformat(entry.at_utc).astimezone(zone),
            _by(names, entry),
            str(WORDS.get(entry.type, entry.type)),
            tuple(_about(state, names, entry.data)),
            entry,
        )
        for entry in entries
    ]


def ids_about(state: State, entry_id: str) -> list[str]:
    """The ids by which the log speaks of a team: its own, its application's, and those of its runs and matches."""
    applied = [
        application.id
        for application in state[Applications].by_id.values()
        if any(place.entry == entry_id for place in application.places)
    ]
    runs = [run.id for run in state[Runs].by_id.values() if run.entry == entry_id]
    matches = [match.id for match in state[Matches].by_id.values() if entry_id in match.entries]
    return [entry_id, *applied, *runs, *matches]


def _by(names: Mapping[str, str], entry: Entry) -> str:
    author = names.get(entry.actor, entry.actor)
    if entry.handed_in_by is None:
        return author
    sender = names.get(entry.handed_in_by, entry.handed_in_by)
    return str(_("%(author)s, handed in by %(sender)s", author=author, sender=sender))


def _about(
    state: State, names: Mapping[str, str], data: Mapping[str, Any]
) -> Iterator[tuple[str, str | None]]:
    here = f"/desk/{state.chain}"
    yield from _teams(state, here, data)
    match = state[Matches].by_id.get(str(data.get("match")))
    if match is not None:
        yield _("match %(number)s", number=match.number), f"{here}/match/{match.id}"
    application = state[Applications].by_id.get(str(data.get("application")))
    if application is not None:
        yield (
            _("application № %(number)s", number=application.number),
            f"{here}/applications/{application.id}",
        )
    division = state[Setup].divisions.get(str(data.get("division") or data.get("code")))
    if division is not None:
        yield in_language(division.name), None
    field = state[Setup].fields.get(str(data.get("field") or data.get("code")))
    if field is not None:
        yield _("Field %(name)s", name=field.name), None
    screen = state[Screens].by_id.get(str(data.get("id")))
    if screen is not None and screen.get("place"):
        yield str(screen["place"]), None
    yield from (
        (names[one], None) for key in ACCOUNTS if isinstance(one := data.get(key), str) and one in names
    )
    yield from _counted(data)


def _teams(state: State, here: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The run and the teams an entry is about; of many only how many."""
    run = state[Runs].by_id.get(str(data.get("run")))
    if run is not None:
        team = _team(state, run.entry)
        yield _("%(team)s, attempt %(number)s", team=team, number=run.attempt), f"{here}/run/{run.id}"
        return
    several: Sequence[Any] = data["entries"] if isinstance(data.get("entries"), list) else ()
    named = [one for one in (data.get("entry"), *several) if isinstance(one, str)]
    known = [one for one in named if one in state[Entries].by_id]
    if len(known) > MOST_NAMED:
        yield ngettext("%(num)s team", "%(num)s teams", len(known)), None
        return
    for one in known:
        yield _team(state, one), f"{here}/entries/{one}"


def _counted(data: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """How many people, runs or matches, where an entry lists them; a person is never named here."""
    people = data.get("people")
    count = len(people) if isinstance(people, list) else 1 if data.get("person") else 0
    if count:
        yield ngettext("%(num)s person", "%(num)s people", count), None
    if isinstance(runs := data.get("runs"), list) and runs:
        yield ngettext("%(num)s run", "%(num)s runs", len(runs)), None
    if isinstance(matches := data.get("matches"), list) and matches:
        yield ngettext("%(num)s match", "%(num)s matches", len(matches)), None
    if data.get("revision"):
        yield _("revision %(number)s", number=data["revision"]), None


def _team(state: State, entry: str) -> str:
    shown = public_entry(state, entry)
    unnamed = f"№ {shown['number']}"
    return unnamed if shown["team"] == unnamed else f"{unnamed} {shown['team']}"
