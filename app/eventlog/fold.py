"""State as a fold of the log: each area keeps a part, and each part says which events it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar, cast

from .chain import GENESIS, Entry, Link

P = TypeVar("P", bound="Part")
Handler = Callable[[Any, "State", Entry], None]

EVERY = "*"


class Part:
    """One area's share of what is true now. Handlers are methods marked with ``@on("EventType")``."""

    handlers: ClassVar[dict[str, str]]

    def __init_subclass__(cls) -> None:
        cls.handlers = {
            method.event_type: name for name, method in vars(cls).items() if hasattr(method, "event_type")
        }


def on(event_type: str) -> Callable[[Handler], Handler]:
    """Mark a method ``(self, state, entry)`` of a part as following events of this type.

    ``*`` follows every event, and comes before those that follow its type.
    """

    def mark(handler: Handler) -> Handler:
        handler.event_type = event_type  # type: ignore[attr-defined]
        return handler

    return mark


class State:
    """What is true in one chain after ``seq`` entries; ``state[Runs]`` is the part of that kind.

    Only the pipeline changes a state, one entry at a time, in the order of the log; so a state folded again from
    the log equals the one in memory. ``topics`` says at which entry each live topic last changed, ``changed``
    which of them did since the last commit. ``cards`` holds what sealed rows say publicly, ``texts`` what judges
    wrote on sheets; both are looked up beside the log, by the ids of their rows, and lack what was erased.
    """

    def __init__(self, chain: str, kinds: Iterable[type[Part]]) -> None:
        self.chain = chain
        self.seq = 0
        self.head = GENESIS
        self.topics: dict[str, int] = {}
        self.changed: set[str] = set()
        self.cards: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, str] = {}
        self._history: dict[str, list[Entry]] = {}
        self._parts: dict[type[Part], Part] = {kind: kind() for kind in kinds}
        self._followers: dict[str, list[Callable[[State, Entry], None]]] = {}
        for part in self._parts.values():
            for event_type, name in part.handlers.items():
                self._followers.setdefault(event_type, []).append(getattr(part, name))

    def __getitem__(self, kind: type[P]) -> P:
        return cast(P, self._parts[kind])

    def apply(self, link: Link) -> None:
        """Take in the next link. Raises ValueError if it is not the next one."""
        if link.entry.seq != self.seq + 1:
            raise ValueError(f"entry {link.entry.seq} after {self.seq} in chain {self.chain}")
        self.seq, self.head = link.entry.seq, link.hash
        for event_type in (EVERY, link.entry.type):
            for follow in self._followers.get(event_type, ()):
                follow(self, link.entry)

    def become(self, other: State) -> None:
        """Be what ``other`` is, which is not to be used any more: the same chain, folded elsewhere from its links."""
        if self.seq or other.chain != self.chain:
            raise ValueError(f"{self.chain} at {self.seq} cannot become {other.chain}")
        vars(self).update(vars(other))

    def touch(self, *topics: str) -> None:
        """Say that live topics must be shown anew as of the entry being applied."""
        for topic in topics:
            self.topics[topic] = self.seq
            self.changed.add(topic)

    def remember(self, address: str, entry: Entry) -> None:
        """Keep an entry as a change of ``address``, so that a stale command can be told what it missed."""
        self._history.setdefault(address, []).append(entry)

    def changes(self, address: str, since: int = 0) -> list[Entry]:
        """The entries that changed ``address`` after entry ``since``."""
        return [entry for entry in self._history.get(address, ()) if entry.seq > since]
