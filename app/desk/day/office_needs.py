"""What waits for the organiser at the desk rather than at a field: applications, entries that came late, erasing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from ...applications.limits import Held, reached_by
from ...applications.state import Applications
from ...competitions.state import Setup
from ...eventlog.fold import State
from ...languages import in_language
from ...matches.late_entries import late_for
from ...registry.state import People
from ...runs.order_commands import late_entries
from .need import Need


def office_needs(state: State, now: datetime) -> Iterator[Need]:
    yield from _applications(state)
    yield from _consents_in_doubt(state)
    yield from _late(state)
    yield from _kept_too_long(state, now)


def _applications(state: State) -> Iterator[Need]:
    """Those nobody answered yet, and those on the waiting list for which there is a place now."""
    every = state[Applications].by_id.values()
    link = f"/desk/{state.chain}/applications"
    unanswered = sum(one.status == "submitted" for one in every)
    if unanswered:
        words = ngettext(
            "%(num)s application waits for an answer.", "%(num)s applications wait for an answer.", unanswered
        )
        yield Need("applications_unanswered", words, link)
    waiting = [one for one in every if one.status == "waiting"]
    held = Held(state) if waiting else None
    placed = sum(not reached_by(state, one, held) for one in waiting)
    if placed:
        words = ngettext(
            "There is a place for %(num)s application on the waiting list.",
            "There is a place for %(num)s applications on the waiting list.",
            placed,
        )
        yield Need("place_free", words, link)


def _consents_in_doubt(state: State) -> Iterator[Need]:
    """Scanned consents of applications that somebody left since."""
    applications = state[Applications]
    in_doubt = {one.application for one in applications.documents.values() if one.may_be_of_who_left}
    for id_ in sorted(in_doubt, key=lambda one: applications.by_id[one].number):
        number = applications.by_id[id_].number
        words = _("Application № %(number)s: a scanned consent may be of somebody who left.", number=number)
        yield Need("consent_in_doubt", words, f"/desk/{state.chain}/applications/{id_}")


def _late(state: State) -> Iterator[Need]:
    """Entries that the draw of their division did not know."""
    for code, division in state[Setup].divisions.items():
        late = len(late_entries(state, code)) + len(late_for(state, code))
        if late:
            words = ngettext(
                "%(division)s: %(num)s entry came after the draw and is not on the list.",
                "%(division)s: %(num)s entries came after the draw and are not on the list.",
                late,
                division=in_language(division.name),
            )
            page = "matches" if division.ruleset.match else "panel" if division.ruleset.rubric else None
            here = f"/desk/{state.chain}"
            link = f"{here}/division/{code}/{page}" if page else f"{here}/#division-{code}"
            yield Need("entries_late", words, link, urgent=True)


def _kept_too_long(state: State, now: datetime) -> Iterator[Need]:
    until, last_day = state[People].retained_until, date.fromisoformat(state[Setup].facts["ends_on"])
    if until is None and state[People].by_id and now.date() > last_day:
        words = _("Nobody said yet until when people’s data are kept.")
        yield Need("retention_unset", words, f"/desk/{state.chain}/people")
    if until and until < now.date() and state[People].by_id:
        words = _("People’s data were to be kept until %(day)s. Erase them.", day=until.isoformat())
        yield Need("people_to_erase", words, f"/desk/{state.chain}/people")
