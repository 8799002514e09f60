"""Who meets whom next: Swiss rounds, round robins, and entries dealt into groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .matches import Match
from .matching import Mates, augment, most_pairs

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SwissRound:
    """The next round: pairs in the order of the table, who has the bye, and pairs that have met before."""

    pairs: tuple[Pair, ...]
    bye: str | None
    rematches: tuple[Pair, ...] = ()


def swiss(table: Sequence[tuple[str, float]], matches: Sequence[Match]) -> SwissRound:
    """The next Swiss round for ``table`` (entries with their points, best first).

    Entries meet others of like points, the upper half of a score group against its lower half, and nobody twice
    while that can be avoided. The bye goes to the lowest who has had none. Where rematches cannot be avoided there
    are as few as can be, between those who have met least often.
    """
    entries = [entry for entry, _ in table]
    met = _met(matches)
    bye = _bye(entries, matches, met) if len(entries) % 2 else None
    playing = [entry for entry in entries if entry != bye]
    fresh = {
        entry: {other for other in playing if other != entry and not met[frozenset((entry, other))]}
        for entry in playing
    }
    mates = most_pairs(fresh)
    left_over = [entry for entry in playing if entry not in mates]
    forced = _least_met(left_over, met)
    free = [entry for entry in playing if entry in mates]
    pairs = _choose(free, fresh, mates, _preference(table)) + forced
    place = {entry: at for at, entry in enumerate(entries)}
    ordered = sorted(pairs, key=lambda pair: min(place[pair[0]], place[pair[1]]))
    return SwissRound(tuple(ordered), bye, tuple(forced))


def round_robin(entries: Sequence[str], legs: int = 1) -> list[list[Pair]]:
    """Rounds in which everybody meets everybody ``legs`` times, by the circle method; sides change each leg."""
    ring: list[str | None] = [*entries, None] if len(entries) % 2 else list(entries)
    rounds: list[list[Pair]] = []
    for _ in range(len(ring) - 1 if len(entries) > 1 else 0):
        facing = zip(ring[: len(ring) // 2], reversed(ring[len(ring) // 2 :]), strict=True)
        made = [(left, right) for left, right in facing if left is not None and right is not None]
        rounds.append([pair[::-1] if (len(rounds) + at) % 2 else pair for at, pair in enumerate(made)])
        ring = [ring[0], ring[-1], *ring[1:-1]]
    swapped = [[(right, left) for left, right in made] for made in rounds]
    return [made for leg in range(legs) for made in (swapped if leg % 2 else rounds)]


def groups(entries: Sequence[str], count: int) -> list[list[str]]:
    """Entries, best first, dealt to and fro into groups of nearly equal size and strength."""
    dealt: list[list[str]] = [[] for _ in range(count)]
    for at, entry in enumerate(entries):
        row, column = divmod(at, count)
        dealt[column if row % 2 == 0 else count - 1 - column].append(entry)
    return dealt


def _met(matches: Iterable[Match]) -> Counter[frozenset[str]]:
    return Counter(frozenset(match.sides) for match in matches if not match.is_bye)


def _bye(entries: Sequence[str], matches: Sequence[Match], met: Mapping[frozenset[str], int]) -> str:
    """The lowest entry with the fewest byes, without whom the others can still be paired afresh if that can be."""
    byes = Counter(match.sides[0] for match in matches if match.is_bye)
    fewest = min(byes[entry] for entry in entries)
    candidates = [entry for entry in reversed(entries) if byes[entry] == fewest]

    def pairs_without(left_out: str) -> int:
        others = [entry for entry in entries if entry != left_out]
        return len(
            most_pairs({e: {o for o in others if o != e and not met[frozenset((e, o))]} for e in others})
        )

    for candidate in candidates:
        if pairs_without(candidate) == len(entries) - 1:
            return candidate
    return max(candidates, key=pairs_without)


def _preference(table: Sequence[tuple[str, float]]) -> Callable[[str, str], tuple[float, int]]:
    """How far an opponent is from the one the score group would give: points apart first, then places."""
    points = dict(table)
    by_points: dict[float, list[str]] = {}
    for entry, score in table:
        by_points.setdefault(score, []).append(entry)
    place = {entry: at for at, (entry, _) in enumerate(table)}

    def distance(entry: str, other: str) -> tuple[float, int]:
        half = len(by_points[points[entry]]) // 2 or 1
        return abs(points[entry] - points[other]), abs(place[other] - place[entry] - half)

    return distance


def _choose(
    free: Sequence[str],
    fresh: Mapping[str, set[str]],
    mates: Mates,
    distance: Callable[[str, str], tuple[float, int]],
) -> list[Pair]:
    """Pair from the top down, each with the nearest opponent that leaves the rest a full pairing."""
    graph = {entry: fresh[entry] & set(free) for entry in free}
    pairs: list[Pair] = []
    for entry in free:
        if entry not in graph:
            continue
        for other in sorted(graph[entry], key=lambda name: (*distance(entry, name), name)):
            rest = _paired_without(graph, mates, entry, other)
            if rest is not None:
                graph, mates = rest
                pairs.append((entry, other))
                break
    return pairs


def _paired_without(
    graph: Mapping[str, set[str]], mates: Mates, entry: str, other: str
) -> tuple[dict[str, set[str]], Mates] | None:
    """The rest once these two are paired: its graph and a full pairing of it, or None if it has none."""
    gone = {entry, other}
    rest = {node: edges - gone for node, edges in graph.items() if node not in gone}
    kept = {node: mate for node, mate in mates.items() if node not in gone and mate not in gone}
    widowed = [mates[node] for node in (entry, other) if mates[node] not in gone]
    if widowed and not augment(rest, kept, widowed[0]):
        return None
    return rest, kept


def _least_met(entries: Sequence[str], met: Mapping[frozenset[str], int]) -> list[Pair]:
    """The entries paired in order, each with the one it has met least often."""
    waiting = list(entries)
    pairs: list[Pair] = []
    while waiting:
        entry = waiting.pop(0)
        other = min(waiting, key=lambda name: (met[frozenset((entry, name))], waiting.index(name)))
        waiting.remove(other)
        pairs.append((entry, other))
    return pairs
