"""Which match is on a field now, and which are to follow it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .match import Match


class FieldQueues:
    """Matches by field, in the order they are held; ``by_field`` keeps those that are over, too, by their ids."""

    def __init__(self) -> None:
        self.by_field: dict[str, list[str]] = {}
        self._on: dict[str, Match] = {}

    def on_field(self, field: str) -> Match | None:
        return self._on.get(field)

    def waiting(self, field: str, known: Mapping[str, Match]) -> Iterator[Match]:
        """The matches still to be held, without the one on the field."""
        listed = map(known.__getitem__, self.by_field.get(field, []))
        return (match for match in listed if match.is_waiting)

    def insert(self, match: Match, before: str | None) -> None:
        """Put a match before another one of its field's queue, or at its end."""
        queue = self.by_field.setdefault(match.field, [])
        queue.insert(queue.index(before) if before in queue else len(queue), match.id)

    def move(self, match: Match, field: str, before: str | None) -> None:
        self.leave(match)
        self.by_field[match.field].remove(match.id)
        match.field = field
        self.insert(match, before)

    def swap(self, field: str, first: str, second: str) -> None:
        queue = self.by_field[field]
        one, other = queue.index(first), queue.index(second)
        queue[one], queue[other] = queue[other], queue[one]

    def enter(self, match: Match) -> None:
        """The match comes onto its field; one that was there leaves it."""
        other = self.on_field(match.field)
        if other:
            self.leave(other)
        self._on[match.field] = match
        match.armed = True

    def leave(self, match: Match) -> None:
        match.armed, match.countdowns = False, ()
        if self._on.get(match.field) is match:
            del self._on[match.field]
