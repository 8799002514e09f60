"""What the pages of a run and of a match share about protests: their list, the form that takes one, its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from sqlalchemy import Connection

from ...competitions.state import Setup
from ...entries.state import Entries, public_entry
from ...eventlog import queries as log
from ...eventlog.chain import utc_now
from ...eventlog.fold import State
from ...protests.challenged import Challenged, protests_about
from ...protests.state import Protest
from .chief_forms import ProtestForm, RulingForm
from .run_history import ERASED

F = TypeVar("F", bound=FlaskForm)


def protest_shapes(connection: Connection, state: State, about: Challenged) -> list[dict[str, Any]]:
    """The protests about a run or match with their texts, each with a form for the jury's decision."""
    protests = protests_about(state, about)
    texts = log.notes(connection, _notes(protests))
    return [_shape(state, protest, texts) for protest in protests]


def protest_form(state: State, division: str, first: Iterable[str]) -> ProtestForm:
    """The form that takes a protest; whose result it is come ``first`` among those who may file one."""
    form, named_first = ProtestForm(), set(first)
    entries = sorted(state[Entries].of(division), key=lambda entry: entry.id not in named_first)
    form.entry.choices = [
        (entry.id, f"{entry.number} · {public_entry(state, entry.id)['team']}") for entry in entries
    ]
    return form


def filed(form: ProtestForm, state: State) -> dict[str, Any]:
    """The payload of the protest that was typed."""
    return {
        "entry": form.entry.data,
        "text": form.text.data,
        "fee_paid": form.fee_paid.data,
        "handed_in_at_utc": _today_at(form.handed_in_at.data, ZoneInfo(state[Setup].facts["zone"])),
    }


def page_of(slug: str, protest: Protest) -> str:
    """The place on the desk where a protest is shown."""
    kind, id_ = ("match", protest.match) if protest.match is not None else ("run", protest.run)
    return f"/desk/c/{slug}/{kind}/{id_}#protests"


def with_ids(form: F, start: str) -> F:
    """The form with ids of its own: a page holds several, whose fields have the same names."""
    for field in form:
        field.id = field.label.field_id = f"{start}-{field.id}"
    return form


def _shape(state: State, protest: Protest, texts: Mapping[str, str]) -> dict[str, Any]:
    ruling = protest.ruling
    return {
        "protest": protest,
        "at": datetime.fromisoformat(protest.at_utc),
        "entry": public_entry(state, protest.entry),
        "text": _text_of(protest.text, texts),
        "reason": _text_of(ruling.reason, texts) if ruling else None,
        "form": with_ids(RulingForm(), f"ruling-{protest.number}"),
    }


def _text_of(reference: Mapping[str, str] | None, texts: Mapping[str, str]) -> str | None:
    """What was written, or that it was erased; None where nothing was."""
    return texts.get(reference["id"], str(ERASED)) if reference else None


def _notes(protests: list[Protest]) -> set[str]:
    said = [protest.text for protest in protests]
    said += [protest.ruling.reason for protest in protests if protest.ruling]
    return {reference["id"] for reference in said if reference}


def _today_at(at: time | None, zone: ZoneInfo) -> str | None:
    """A time on the competition's clocks today, as an instant; None for now."""
    if at is None:
        return None
    return datetime.combine(utc_now().astimezone(zone), at, zone).astimezone(UTC).isoformat()
