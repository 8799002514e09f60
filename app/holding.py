"""The lock that keeps a data folder for one process at a time: a server, or a command that writes."""

from __future__ import annotations

import fcntl
from typing import IO

from .settings import Settings


def hold(settings: Settings) -> IO[str] | None:
    """Take the data folder for this process alone, until the file is closed; None if another has it."""
    settings.data.mkdir(parents=True, exist_ok=True)
    lock = (settings.data / "server.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock
