"""One thing that waits for a person, wherever in a competition it waits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to settle: a stable code, a sentence, and where to go. ``urgent`` things stop a field."""

    code: str
    sentence: str
    link: str
    urgent: bool = False
