"""What is true of papers: which results were published when, who signs, what the jury decided, what was issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from scoring.awards import Decision
from scoring.standing import Standing

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on
from ..runs.state import Runs
from ..standings.state import Standings
from .codes import paper_code

PROTOCOL = "protocol"


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
class Issued:
    """One numbered paper; ``facts`` are those of its line of the log."""

    number: int
    kind: str
    code: str
    head: str
    at_utc: str
    languages: tuple[str, ...]
    facts: dict[str, Any]


class Papers(Part):
    """Publications by division, papers by number, and both by the code printed on them."""

    def __init__(self) -> None:
        self.publications: dict[str, list[Publication]] = {}
        self.issued: dict[int, Issued] = {}
        self.by_code: dict[str, Publication | Issued] = {}
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
        for number, facts in enumerate(data["papers"], data["first"]):
            code = paper_code(data["kind"], state.chain, str(number), state.head)
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
