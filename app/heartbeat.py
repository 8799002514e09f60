"""The worker's sign of life: a file it touches, by which others tell that it runs; and what a running server told."""

from __future__ import annotations

import fcntl
import threading
import time
from pathlib import Path
from typing import Any

import orjson

from .settings import Settings, write_private

BEAT_EVERY_S, SILENT_AFTER_S = 5.0, 30.0


def keep_beating(settings: Settings) -> threading.Event:
    """Touch the sign of life from now on, until the event that is returned is set."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_EVERY_S):
            _sign(settings).touch()

    write_private(_sign(settings), b"")
    threading.Thread(target=beat, name="heartbeat", daemon=True).start()
    return over


def worker_silence_s(settings: Settings) -> float | None:
    """For how long the worker gave no sign of life; None where it never did. A clock set back counts as silence."""
    try:
        return abs(time.time() - _sign(settings).stat().st_mtime)
    except FileNotFoundError:
        return None


def worker_is_silent(settings: Settings) -> bool:
    silence_s = worker_silence_s(settings)
    return silence_s is None or silence_s > SILENT_AFTER_S


def running_server(settings: Settings) -> dict[str, Any] | None:
    """What the server that holds the data folder told of itself, such as ``public_url``; None where none runs.

    A command that writes holds the folder too, and tells nothing.
    """
    try:
        with (settings.data / "server.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        pass
    try:
        told: dict[str, Any] = orjson.loads((settings.data / "server.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return told


def tell(settings: Settings) -> None:
    """Say how this server may be reached, for as long as it holds the data folder."""
    write_private(settings.data / "server.json", orjson.dumps({"public_url": settings.public_url}))


def _sign(settings: Settings) -> Path:
    return settings.data / "worker.alive"
