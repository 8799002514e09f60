"""The words of the desk's pages about people: kinds of looks, and the state of a consent."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from ..registry.state import Ticks

LOOK_WORDS = {
    "list": _l("list of people"),
    "person": _l("one person"),
    "export": _l("export of a person"),
    "application": _l("application"),
    "check_in": _l("check-in"),
}
CONSENT_WORDS = {
    "results": _l("Show surname and name with the results"),
    "photo": _l("Publish photos and videos from the competition"),
    "contact": _l("Get in touch about later competitions"),
}


def consent_word(ticks: Ticks | None) -> Any:
    """One word for how things stand: none, given, revoked."""
    if ticks is None:
        return _l("no consent yet")
    return _l("revoked") if ticks.revoked else _l("given")
