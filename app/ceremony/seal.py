"""What the public last saw of a division when it was frozen, and how it sees the division's runs since."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scoring.standing import Standing

from ..alliances.state import Alliances, Choosing
from ..eventlog.fold import State
from ..matches.contest import Contest
from ..matches.match import Match
from ..matches.state import Matches
from ..runs.clock import Clock
from ..runs.state import LIVE, START_LIST, UNCONFIRMED, Run, Runs
from ..standings.state import Standings

HIDDEN_VERSION = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """A division at the moment it was frozen; ``runs`` are those that were confirmed by then, as they stood.

    ``contest`` is that of its matches, if it has any: who met whom, and what came of it; ``choosing`` its alliances.
    """

    at_utc: str
    standings: tuple[Standing, ...]
    runs: dict[str, Run]
    unconfirmed: int
    is_published: bool
    contest: Contest | None = None
    choosing: Choosing | None = None

    @classmethod
    def of(cls, state: State, division: str, at_utc: str) -> Seal:
        runs, standings = state[Runs].of(division), state[Standings]
        confirmed = {run.id: replace(run) for run in runs if run.is_confirmed}
        is_published = division in standings.published
        contest = state[Matches].contest(division)
        return cls(
            at_utc,
            tuple(standings.of(division)),
            confirmed,
            len(runs) - len(confirmed),
            is_published,
            contest.copy() if contest else None,
            state[Alliances].of(division),
        )

    def rank(self, entry: str) -> int | None:
        """An entry's place then; None for one that had none, or came later."""
        return next((standing.rank for standing in self.standings if standing.id == entry), None)

    def seen_match(self, match: Match) -> Match | None:
        """A match as the public sees it: as it stood, or on its field by now; None where it was not paired then."""
        kept = self.contest.at.get(match.place) if self.contest else None
        if kept is None or kept.id != match.id:
            return None
        return kept if kept.is_over else replace(kept, armed=match.armed, version=HIDDEN_VERSION)

    def seen(self, run: Run) -> Run:
        """A run as the public sees it: as it stood, or that it is waiting, on its field or over, and no more.

        Neither the clock nor the version is told, nor when a run on its field started: each gives the time away.
        """
        if run.id in self.runs:
            return self.runs[run.id]
        over = START_LIST if run.status == START_LIST else UNCONFIRMED
        status = LIVE if run.armed else over
        return replace(run, status=status, version=HIDDEN_VERSION, clock=Clock(), result=None)
