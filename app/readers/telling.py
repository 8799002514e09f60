"""From a competition's state to what readers are told: what the public may see, and nothing a ceremony keeps."""

from __future__ import annotations

from typing import Any

from ..ceremony.state import Ceremonies
from ..competitions.state import Division, Setup
from ..entries.state import Entries
from ..eventlog.fold import State
from ..live.match_shapes import contest_shape
from ..live.shapes import entry_shape, run_shape, standings_shape
from ..papers.codes import shown_code
from ..papers.state import Papers, is_current
from ..registry.regions import regions
from ..reports.counts import Counts
from ..runs.state import Runs
from ..standings.state import Standings
from .schemas import (
    CompetitionTold,
    CountsTold,
    DivisionEntryTold,
    DivisionTold,
    EntriesTold,
    EntryTold,
    FieldTold,
    MatchesTold,
    MatchTold,
    OfficialTold,
    RunsTold,
    RunTold,
    StandingsTold,
)

FACTS = ("slug", "name", "venue", "starts_on", "ends_on", "zone", "level")


def competition_told(state: State) -> CompetitionTold:
    setup = state[Setup]
    facts = {name: setup.facts[name] for name in FACTS}
    return CompetitionTold(
        **facts,
        demo=setup.is_demo,
        fields=[FieldTold(code=field.code, name=field.name) for field in setup.fields.values()],
        divisions=[_division(state, division) for division in setup.divisions.values()],
    )


def entries_told(state: State) -> EntriesTold:
    entries = sorted(state[Entries].by_id.values(), key=lambda entry: entry.number)
    told = [
        DivisionEntryTold(division=entry.division, **_entry(entry_shape(state, entry.id)).model_dump())
        for entry in entries
    ]
    return EntriesTold(entries=told)


def standings_told(state: State, division: Division) -> StandingsTold:
    shape = standings_shape(state, division, public=True)
    rows = [
        {key: row[key] for key in ("rank", "mark", "values", "attempts", "decided_by")}
        | {"entry": _entry(row["entry"])}
        for row in shape["rows"]
    ]
    kept = ("columns", "attempt_columns", "unconfirmed", "frozen_at_utc")
    return StandingsTold.model_validate(
        {key: shape[key] for key in kept}
        | {"division": division.code, "rows": rows, "official": _official(state, division.code)}
    )


def runs_told(state: State, division: Division) -> RunsTold:
    """The sheets of a panel are not runs that anybody watches."""
    shapes = [
        run_shape(state, run, public=True) for run in state[Runs].of(division.code) if run.judge is None
    ]
    return RunsTold(division=division.code, runs=[_run(shape) for shape in shapes])


def matches_told(state: State, division: Division) -> MatchesTold:
    shape = contest_shape(state, division, public=True)
    matches = [_match(match) for match in shape["matches"]]
    return MatchesTold(division=division.code, is_over=shape["is_over"], matches=matches)


def counts_told(counts: Counts) -> CountsTold:
    return CountsTold.model_validate(
        {name: getattr(counts, name) for name in ("participants", "coaches", "teams", "organisations")}
        | {
            "groups": {
                name: [
                    {"value": line.value, "participants": line.participants, "teams": line.teams}
                    for line in lines
                ]
                for name, lines in counts.groups.items()
            }
        }
    )


def _division(state: State, division: Division) -> DivisionTold:
    seal = state[Ceremonies].seal(division.code)
    return DivisionTold.model_validate(
        {
            "code": division.code,
            "name": division.name,
            "discipline": division.discipline,
            "kind": division.ruleset.kind,
            "ruleset_digest": division.ruleset.digest,
            "entries": len(state[Entries].of(division.code)),
            "has_matches": division.ruleset.match is not None,
            "published": seal.is_published if seal else division.code in state[Standings].published,
            "frozen_at_utc": seal.at_utc if seal else None,
        }
    )


def _entry(shape: dict[str, Any]) -> EntryTold:
    code = shape["region_code"]
    return EntryTold.model_validate(
        {key: shape[key] for key in ("id", "number", "team", "organisation")}
        | {"region": code, "region_name": regions().get(code) if code else None}
    )


def _official(state: State, division: str) -> OfficialTold | None:
    """What was published last; nothing while a ceremony is still to reveal it."""
    publication = state[Papers].last(division)
    if publication is None or state[Ceremonies].seal(division):
        return None
    return OfficialTold(
        revision=publication.revision,
        at_utc=publication.at_utc,
        code=shown_code(publication.code),
        head=publication.head,
        is_current=is_current(state, publication),
    )


def _run(shape: dict[str, Any]) -> RunTold:
    kept = ("id", "field", "attempt", "position", "status", "rank", "practice", "sealed")
    result = shape["result"]
    return RunTold.model_validate(
        {key: shape[key] for key in kept}
        | {
            "entry": _entry(shape["entry"]),
            "mark": result["mark"] if result else None,
            "values": result["values"] if result else None,
            "elapsed_us": shape["clock"]["elapsed_us"],
        }
    )


def _match(shape: dict[str, Any]) -> MatchTold:
    kept = (
        "id",
        "number",
        "part",
        "group",
        "round",
        "field",
        "status",
        "score",
        "winner",
        "is_over",
        "walkover",
        "surrogates",
        "absent",
    )
    sides = shape["sides"]
    alliances = [[_entry(one) for one in side["alliance"]["members"]] for side in sides if "alliance" in side]
    return MatchTold.model_validate(
        {key: shape[key] for key in kept}
        | {"phase": shape["phase"]["id"], "sides": [_entry(side) for side in sides], "alliances": alliances}
    )
