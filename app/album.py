"""Pictures of teams as files: gone as soon as the team is taken down, unless something else shows the same picture."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import structlog

from .arrivals.state import Arrivals
from .displays.notices import Notices
from .entries.state import Entries
from .erasing.state import Written
from .eventlog.fold import State
from .papers.state import Papers
from .pictures import picture_path

log = structlog.get_logger()


class Album:
    """The pictures of all competitions. ``follow`` and ``tidy`` take away what was forgotten."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, int] = {}

    def follow(self, state: State, states: Iterable[State]) -> None:
        """Called after each commit. Costs nothing where nobody was erased."""
        erased_at = state[Written].erased_at
        if erased_at == self._seen.get(state.chain, 0):
            return
        self._seen[state.chain] = erased_at
        try:
            self._drop([state], states)
        except OSError as failure:
            # What is left is taken away at the next start; nobody waits for it.
            log.error("pictures_not_deleted", chain=state.chain, reason=str(failure))

    def tidy(self, states: Iterable[State]) -> None:
        """Take away what a server left that stopped in between."""
        states = list(states)
        self._seen = {state.chain: state[Written].erased_at for state in states}
        self._drop(states, states)

    def _drop(self, of: Iterable[State], states: Iterable[State]) -> None:
        gone = {picture for state in of for picture in forgotten(state)}
        for digest in gone - {picture for state in states for picture in named(state)} if gone else ():
            picture_path(self._folder, digest).unlink(missing_ok=True)


def named(state: State) -> set[str]:
    """The digests of all pictures that a competition shows somewhere, at the door and on papers too."""
    inspections = [one for every in state[Arrivals].inspections.values() for one in every]
    return {
        *state[Entries].emblems.values(),
        *(one.photo for one in inspections if one.photo),
        *(card["picture"] for card in state[Notices].cards if card.get("picture")),
        *(design["background"] for design in state[Papers].designs.values() if design.get("background")),
    }


def forgotten(state: State) -> set[str]:
    """Those of teams that were taken down, and of robots once everybody's data were erased."""
    return state[Entries].forgotten | state[Arrivals].forgotten


def gone(state: State) -> set[str]:
    """The forgotten ones that nothing of the competition shows."""
    return forgotten(state) - named(state)
