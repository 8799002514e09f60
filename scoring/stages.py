"""One phase of a contest as it stands: who meets whom, what is decided, who has which place, and whether it is over."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .bracket_play import Placed, Played, play
from .contest import Phase
from .matches import Match
from .model import Ruleset
from .pairing import Pair, groups, round_robin, swiss
from .playing import drawn
from .ranking import rank
from .situation import Decided, Pairing, Situation
from .standing import Record, Standing


@dataclass(frozen=True, slots=True)
class Meeting:
    """A pairing as it stands. ``decided`` is None while it is open; ``given``: won because the other withdrew.

    ``void``: both have withdrawn, so nobody plays and nobody wins.
    """

    pairing: Pairing
    decided: Decided | None = None
    given: bool = False
    void: bool = False

    @property
    def is_over(self) -> bool:
        return self.void or self.decided is not None


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase with who plays in it, best seed first. ``tables`` are the standings of its groups (one, if it has none).

    ``bracket`` is there for eliminations. ``is_over`` says that nothing is left to be played in it.
    """

    phase: Phase
    entries: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    tables: tuple[tuple[Standing, ...], ...]
    bracket: Played | None
    is_over: bool


def stage_of(
    ruleset: Ruleset,
    phase: Phase,
    entries: Sequence[str],
    situation: Situation,
    carried: Sequence[Meeting] = (),
    late: Sequence[str] = (),
) -> Stage:
    """A phase as it stands for these entries, best seed first; ``carried`` from earlier phases counts in its tables.

    ``late`` are those of them who came after its first match.
    """
    if phase.is_elimination:
        return _elimination(phase, entries, situation)
    if phase.is_qualification:
        return _qualification(ruleset, phase, entries, situation, carried)
    if phase.format == "swiss":
        return _swiss(ruleset, phase, entries, situation, carried)
    return _round_robin(ruleset, phase, entries, situation, carried, late)


def table_of(
    ruleset: Ruleset, entries: Sequence[str], meetings: Sequence[Meeting], lots: Mapping[str, float]
) -> tuple[Standing, ...]:
    """The standings of these entries by their matches; those still equal stand in the order of their seeds."""
    ranked = rank(ruleset, map(Record, entries), _matches(meetings), lots)
    seed = {entry: at for at, entry in enumerate(entries)}
    return tuple(sorted(ranked, key=lambda standing: (standing.rank or math.inf, seed[standing.id])))


def _matches(meetings: Sequence[Meeting]) -> list[Match]:
    return [one.decided.as_match(one.pairing) for one in meetings if one.decided is not None]


def _meeting(pairing: Pairing, situation: Situation) -> Meeting:
    """A pairing of a table: a bye counts at once, and what one side left undone goes to the other."""
    decided = situation.decided.get(pairing.place)
    absent = situation.absent.get(pairing.place, frozenset())
    if decided is not None:
        return Meeting(pairing, replace(decided, absent=absent))
    if pairing.is_bye:
        return Meeting(pairing, Decided(pairing.sides[0]))
    gone = absent | situation.withdrawn
    there = [side for side in pairing.sides if not gone.issuperset(pairing.players(side))]
    if len(there) == 2:
        return Meeting(pairing)
    if not there:
        return Meeting(pairing, void=True)
    return Meeting(pairing, Decided(there[0], absent=gone & set(pairing.entries)), given=True)


def _round_robin(
    ruleset: Ruleset,
    phase: Phase,
    entries: Sequence[str],
    situation: Situation,
    carried: Sequence[Meeting],
    late: Sequence[str],
) -> Stage:
    """Who comes late goes into the smallest group and meets all of it, after the others: nobody else is dealt anew."""
    drawn = [entry for entry in entries if entry not in late]
    dealt = groups(drawn, min(phase.groups, max(1, len(drawn) // 2)))
    sizes = list(map(len, dealt))
    for entry in late:
        min(dealt, key=len).append(entry)
    meetings = [
        [_meeting(pairing, situation) for pairing in _group(phase, number, members, size)]
        for number, (members, size) in enumerate(zip(dealt, sizes, strict=True), 1)
    ]
    tables = [
        table_of(ruleset, members, [*carried, *played], situation.lots)
        for members, played in zip(dealt, meetings, strict=True)
    ]
    listed = sorted((one for played in meetings for one in played), key=lambda one: one.pairing.round)
    is_over = all(one.is_over for one in listed)
    return Stage(phase, tuple(entries), tuple(listed), tuple(tables), None, is_over)


def _group(phase: Phase, number: int, members: Sequence[str], drawn: int) -> Iterator[Pairing]:
    """The pairings of a group of whose members so many were drawn; the others came late."""
    rounds = [*round_robin(members[:drawn], phase.legs), *_late_rounds(members, drawn, phase.legs)]
    for round_, pairs in enumerate(rounds, 1):
        for at, sides in enumerate(pairs, 1):
            place = f"{phase.id}.{number}.{round_}.{at}"
            yield Pairing(place, phase.id, "group", round_, sides, group=number)


def _late_rounds(members: Sequence[str], drawn: int, legs: int) -> Iterator[list[Pair]]:
    """Each who came late meets those before, one after another; sides change each leg."""
    for at in range(drawn, len(members)):
        for leg in range(legs):
            for other in members[:at]:
                yield [(other, members[at]) if leg % 2 else (members[at], other)]


def _swiss(
    ruleset: Ruleset,
    phase: Phase,
    entries: Sequence[str],
    situation: Situation,
    carried: Sequence[Meeting],
) -> Stage:
    """A round is paired when the one before is over, and stays as paired once it has begun (FIDE Handbook C.04.2)."""
    rounds = phase.rounds or max(1, math.ceil(math.log2(max(2, len(entries)))))
    meetings: list[Meeting] = []
    for round_ in range(1, rounds + 1):
        table = table_of(ruleset, entries, [*carried, *meetings], situation.lots)
        pairings = _begun_round(phase, round_, situation) or _swiss_round(
            phase, round_, table, meetings, situation
        )
        meetings += [_meeting(pairing, situation) for pairing in pairings]
        if not all(one.is_over for one in meetings):
            break
    is_over = all(one.is_over for one in meetings)
    table = table_of(ruleset, entries, [*carried, *meetings], situation.lots)
    return Stage(phase, tuple(entries), tuple(meetings), (table,), None, is_over)


def _begun_round(phase: Phase, round_: int, situation: Situation) -> list[Pairing]:
    of_round = [one for one in situation.paired if (one.phase, one.round) == (phase.id, round_)]
    return of_round if any(one.place in situation.begun for one in of_round) else []


def _swiss_round(
    phase: Phase, round_: int, table: Sequence[Standing], meetings: Sequence[Meeting], situation: Situation
) -> list[Pairing]:
    there = [standing for standing in table if standing.id not in situation.withdrawn]
    if not there:
        return []
    points = [(one.id, float(one.values.get("match_points") or 0.0)) for one in there]
    made = swiss(points, _matches(meetings))
    sides: list[tuple[str, ...]] = [*made.pairs, *([(made.bye,)] if made.bye else [])]
    return [
        Pairing(f"{phase.id}.{round_}.{at}", phase.id, "swiss", round_, pair)
        for at, pair in enumerate(sides, 1)
    ]


def _qualification(
    ruleset: Ruleset,
    phase: Phase,
    entries: Sequence[str],
    situation: Situation,
    carried: Sequence[Meeting],
) -> Stage:
    """Matches whose partners were drawn, all at once (``qualification``): there are none before that."""
    meetings = [_meeting(one, situation) for one in situation.paired if one.phase == phase.id]
    table = table_of(ruleset, entries, [*carried, *meetings], situation.lots)
    is_over = bool(meetings) and all(one.is_over for one in meetings)
    return Stage(phase, tuple(entries), tuple(meetings), (table,), None, is_over)


def _elimination(phase: Phase, entries: Sequence[str], situation: Situation) -> Stage:
    if len(entries) < 2:
        return Stage(phase, tuple(entries), (), (), Played((), next(iter(entries), None)), True)
    bracket = drawn(phase, len(entries))
    order = {match.id: at for at, match in enumerate(bracket)}
    games = sorted(
        (one for one in situation.paired if one.phase == phase.id and one.place in situation.decided),
        key=lambda one: (order.get(one.slot or "", 0), one.game),
    )
    played = play(
        bracket,
        entries,
        [situation.decided[one.place].as_match(one) for one in games],
        tuple(situation.withdrawn),
    )
    meetings = [one for placed in played.matches for one in _games(phase, placed, situation)]
    is_over = all(one.status in ("played", "walkover", "void") for one in played.matches)
    return Stage(phase, tuple(entries), tuple(meetings), (), played, is_over)


def _games(phase: Phase, placed: Placed, situation: Situation) -> Iterator[Meeting]:
    """The games played at a place of the bracket, and the one to be played next."""
    sides = tuple(side for side in placed.sides if side is not None)
    if len(sides) < 2 or placed.status in ("waiting", "void"):
        return
    match = placed.match
    count = len(placed.games) + (placed.status != "played")
    for game in range(1, count + 1):
        place = f"{phase.id}.{match.id}.{game}"
        pairing = Pairing(
            place, phase.id, match.part, match.round, sides, None, match.id, game, match.best_of
        )
        decided = situation.decided.get(place)
        if decided is None and placed.status == "walkover":
            yield Meeting(pairing, Decided(placed.winner), given=True)
        else:
            yield Meeting(pairing, decided)
