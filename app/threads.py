"""Work that would hold up the event loop, done in a real thread instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import gevent

T = TypeVar("T")


def in_thread(work: Callable[[], T]) -> T:
    """What ``work`` returns, done in a real thread: the event loop goes on meanwhile."""
    result: T = gevent.get_hub().threadpool.apply(work)
    return result
