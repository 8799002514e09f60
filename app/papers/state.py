"""What is true of papers: which results were published when, who signs, what the jury decided, what was issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from scoring.awards import Decision
from scoring.standing import Standing

from ..competitions.state import Setup
from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..matches.state import Matches
from ..runs.state import Runs
from ..standings.state import Standings
from .codes import numbered, paper_code

PROTOCOL = "protocol"
OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Publication:
    """A division's results as they were made official: ``seq`` and ``head`` are of that entry of the log."""

    division: str
    revision: int
    seq: int
    head: str
    at_utc: str
    by: str
    code: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall protocol as it was made official; ``divisions`` are the publications it rests on, by division."""

    revision: int
    seq: int
    head: str
    at_utc: str
    by: str
    code: str
    divisions: dict[str, Publication]


@dataclass(frozen=True, slots=True)
class Issued:
    """One numbered paper; ``facts`` are those of its line of the log, without what makes its code unguessable."""

    number: int
    kind: str
    code: str
    head: str
    at_utc: str
    languages: tuple[str, ...]
    facts: dict[str, Any]


class Papers(Part):
    """Publications by division, overall protocols, papers by number, and all by the code printed on them."""

    def __init__(self) -> None:
        self.publications: dict[str, list[Publication]] = {}
        self.overall: list[Overall] = []
        self.issued: dict[int, Issued] = {}
        self.by_code: dict[str, Publication | Overall | Issued] = {}
        self.officials: dict[str, list[dict[str, str]]] = {}
        self.decisions: dict[str, dict[int, Decision]] = {}
        self.designs: dict[str, dict[str, Any]] = {}

    def last(self, division: str) -> Publication | None:
        """The newest publication of a division."""
        made = self.publications.get(division)
        return made[-1] if made else None

    @property
    def next_number(self) -> int:
        return len(self.issued) + 1

    @on("ResultsPublished")
    def _published(self, state: State, entry: Entry) -> None:
        division = entry.data["division"]
        made = self.publications.setdefault(division, [])
        revision = len(made) + 1
        code = paper_code(PROTOCOL, state.chain, f"{division}/{revision}", state.head)
        standings = tuple(state[Standings].of(division))
        publication = Publication(
            division, revision, entry.seq, state.head, entry.at_utc, entry.actor, code, standings
        )
        if made and made[-1].standings != standings:
            # What the jury said was about other entries.
            self.decisions.pop(division, None)
        made.append(publication)
        self.by_code[code] = publication

    @on("OverallPublished")
    def _overall_published(self, state: State, entry: Entry) -> None:
        revision = len(self.overall) + 1
        code = paper_code(OVERALL, state.chain, str(revision), state.head)
        newest = {division: made[-1] for division, made in self.publications.items()}
        overall = Overall(revision, entry.seq, state.head, entry.at_utc, entry.actor, code, newest)
        self.overall.append(overall)
        self.by_code[code] = overall

    @on("OfficialsSet")
    def _officials_set(self, state: State, entry: Entry) -> None:
        self.officials = entry.data["officials"]

    @on("TieDecided")
    def _tie_decided(self, state: State, entry: Entry) -> None:
        decided = self.decisions.setdefault(entry.data["division"], {})
        decided[entry.data["degree"]] = cast(Decision, entry.data["decision"])

    @on("PaperDesigned")
    def _designed(self, state: State, entry: Entry) -> None:
        self.designs[entry.data["kind"]] = entry.data

    @on("PapersIssued")
    def _issued(self, state: State, entry: Entry) -> None:
        data = entry.data
        for number, told in enumerate(data["papers"], data["first"]):
            facts = {name: fact for name, fact in told.items() if name != "nonce"}
            subject = numbered(number, told.get("nonce"))
            code = paper_code(data["kind"], state.chain, subject, state.head)
            issued = Issued(
                number, data["kind"], code, state.head, entry.at_utc, tuple(data["languages"]), facts
            )
            self.issued[number] = self.by_code[code] = issued


def is_current(state: State, publication: Publication) -> bool:
    """Whether the division's results are still what was published then."""
    if state[Papers].last(publication.division) is not publication:
        return False
    runs = state[Runs].of(publication.division)
    unchanged = tuple(state[Standings].of(publication.division)) == publication.standings
    return unchanged and all(run.version <= publication.seq for run in runs)


def unofficial(state: State) -> list[str]:
    """The divisions of which something was drawn and whose results are not official as they stand."""
    papers = state[Papers]
    return [
        code
        for code in state[Setup].divisions
        if is_drawn(state, code) and not ((made := papers.last(code)) and is_current(state, made))
    ]


def is_drawn(state: State, division: str) -> bool:
    """Whether a division has runs or matches at all: one that nobody held bars nothing."""
    return bool(state[Runs].of(division)) or state[Matches].contest(division) is not None


def current_overall(state: State) -> Overall | None:
    """The newest overall protocol, if every division still is what it says."""
    papers = state[Papers]
    if not papers.overall or unofficial(state):
        return None
    newest = papers.overall[-1]
    return (
        newest
        if all(newest.divisions.get(code) is made[-1] for code, made in papers.publications.items())
        else None
    )
