"""Whole numbers as forms send them: text that anybody may have typed instead."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"[0-9]{1,18}")
"""What 64 bits hold; ``str.isdigit`` would also take ², and ``int`` refuses a number of thousands of digits."""


def whole_number(text: str | None) -> int | None:
    """The number a text of digits says, or None."""
    return int(text) if text and _WHOLE.fullmatch(text) else None
