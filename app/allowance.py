"""How much one account may send: a generous start, then a steady trickle, so that none fills the disk in a night."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

MOST_BYTES = 64 * 1024 * 1024
"""More than a hall's tablets keep unsent together: what was saved up without a network comes in at once."""
BYTES_A_SECOND = 16 * 1024


class Allowance:
    """What each account has left. In bytes: a thousand scores are little, a thousand long notes are not."""

    def __init__(
        self,
        most: int = MOST_BYTES,
        a_second: int = BYTES_A_SECOND,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._a_second = a_second
        self._now_s = now_s
        self._used: dict[str, tuple[float, float]] = {}
        """By account: how much was used up, and when that was so."""

    def take(self, account: str, size: int) -> int:
        """Let an account send ``size`` bytes: 0, or in how many seconds it may."""
        before, at_s = self._used.get(account, (0.0, 0.0))
        now_s = self._now_s()
        used = max(0.0, before - (now_s - at_s) * self._a_second)
        too_much = used + min(size, self._most) - self._most
        if too_much > 0:
            return ceil(too_much / self._a_second)
        self._used[account] = used + size, now_s
        return 0
