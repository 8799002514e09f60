"""Asks the server whether it is ready."""

from __future__ import annotations

import ssl
import time
import urllib.error
import urllib.request

ANSWER_WITHIN_S = 2.0


class Waiting:
    """How long something has been waited for."""

    def __init__(self, at_most_s: float) -> None:
        self._until_s = time.monotonic() + at_most_s

    def too_long(self) -> bool:
        return time.monotonic() > self._until_s


def is_ready(url: str) -> bool:
    """Whether ``GET /healthz`` answers 200. The certificate is not checked: nothing secret is said or believed."""
    context = ssl._create_unverified_context() if url.startswith("https") else None
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if context is not None:
        handlers.append(urllib.request.HTTPSHandler(context=context))
    try:
        with urllib.request.build_opener(*handlers).open(f"{url}/healthz", timeout=ANSWER_WITHIN_S) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
