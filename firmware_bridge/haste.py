"""Asks the scheduler to let a thread go first: what it waits for is worth a stamp, and stamps grow old."""

from __future__ import annotations

import contextlib
import os
import sys

PRIORITY = 5
"""Above all that is not real-time, below what the kernel itself runs so."""
SWITCH_AFTER_S = 0.0005
"""How long another thread of Python may go on when one that stamps has work; Python's own 5 ms look like a slow
link."""


def hurry() -> None:
    """Make the calling thread real-time where we may (root, or LimitRTPRIO= in the unit); else leave it as it is.

    What it starts is ordinary again. The interpreter's other threads give way sooner, all of them.
    """
    sys.setswitchinterval(SWITCH_AFTER_S)
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(PRIORITY))
