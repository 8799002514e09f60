"""Which browsers show which screen just now, as they told it themselves; kept in memory, never logged."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace

from ..eventlog.chain import instant, utc_now

SILENT_AFTER_S = 12.0
"""A browser tells of itself every five seconds; one that missed two is gone, whatever its socket says."""
MOST_WAITING = 300
MOST_BROWSERS = 2_000


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that shows a screen, or waits to be given one; ``screen`` is None while it waits.

    ``build`` is the version of the page it runs, ``latency_ms`` its last round trip, ``shows`` what it draws.
    """

    screen: str | None
    device: str
    address: str
    size: tuple[int, int]
    build: str
    latency_ms: float | None = None
    shows: str = ""
    seen_at_utc: str = ""
    seen_at_s: float = 0.0

    @property
    def is_online(self) -> bool:
        return self.seen_at_s > 0 and time.monotonic() - self.seen_at_s <= SILENT_AFTER_S


class Presence:
    """Browsers by the id of their socket, and who was last seen at each screen."""

    def __init__(self) -> None:
        self._connected: dict[str, Browser] = {}
        self._gone: dict[str, Browser] = {}
        self._waiting: dict[str, str] = {}

    def hello(self, sid: str, browser: Browser) -> str | None:
        """Take a browser in; the pairing code it is to show, None where a screen is its own or no more fit."""
        if len(self._connected) >= MOST_BROWSERS:
            return None
        self._forget_code_of(sid)
        self._connected[sid] = _seen(browser)
        if browser.screen is not None or len(self._waiting) >= MOST_WAITING:
            return None
        code = self._free_code()
        self._waiting[code] = sid
        return code

    def beat(self, sid: str, latency_ms: float | None, shows: str) -> bool:
        """Take in that a browser is still there; False where it has to say hello first."""
        browser = self._connected.get(sid)
        if browser is None:
            return False
        self._connected[sid] = _seen(replace(browser, latency_ms=latency_ms, shows=shows))
        return True

    def leave(self, sid: str) -> None:
        browser = self._connected.pop(sid, None)
        self._forget_code_of(sid)
        if browser and browser.screen is not None:
            self._gone[browser.screen] = replace(browser, seen_at_s=0.0)

    def waiting(self, code: str) -> tuple[str, Browser] | None:
        """The socket and the browser that show a pairing code; None where there is none."""
        sid = self._waiting.get(code)
        return (sid, self._connected[sid]) if sid else None

    @property
    def waiting_count(self) -> int:
        return len(self._waiting)

    def browsers(self, screen: str) -> list[Browser]:
        """Who shows a screen now, else who was last seen there; the newest first."""
        found = [browser for browser in self._connected.values() if browser.screen == screen]
        found = found or ([self._gone[screen]] if screen in self._gone else [])
        return sorted(found, key=lambda browser: browser.seen_at_utc, reverse=True)

    def sids(self, screen: str) -> list[str]:
        return [sid for sid, browser in self._connected.items() if browser.screen == screen]

    def _free_code(self) -> str:
        while (code := f"{secrets.randbelow(10_000):04}") in self._waiting:
            pass
        return code

    def _forget_code_of(self, sid: str) -> None:
        self._waiting = {code: of for code, of in self._waiting.items() if of != sid}


def _seen(browser: Browser) -> Browser:
    return replace(browser, seen_at_utc=instant(utc_now()), seen_at_s=time.monotonic())
