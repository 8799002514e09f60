"""Asks the scheduler to let a thread go first: what it waits for is worth a stamp, and stamps grow old."""

from __future__ import annotations

import contextlib
import os

PRIORITY = 5
"""Above all that is not real-time, below what the kernel itself runs so."""


def hurry() -> None:
    """Make the calling thread real-time where we may (root, or LimitRTPRIO= in the unit); else leave it as it is.

    What it starts is ordinary again.
    """
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(PRIORITY))
