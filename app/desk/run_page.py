"""What the page of one run shows: its sheet, its whole history, its protests, and forms as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from flask import abort, render_template
from flask_wtf import FlaskForm

from ..competitions.state import Setup
from ..database import reader
from ..entries.state import Entries, public_entry
from ..eventlog import queries as log
from ..eventlog.fold import State
from ..live.shapes import run_shape
from ..pipeline import Receipt
from ..problems import error_shape
from ..protests.state import Protest, Protests
from ..protests.window import closes_at, local_clock
from ..runs.sheets import do_differ
from ..runs.state import Run, Runs
from .chief_forms import ProtestForm, ReasonForm, RulingForm
from .forms import ButtonForm
from .run_history import history, value_text
from .sheet_entry import Typed, typed_of
from .sheet_states import WORDS, sheet_state
from .submitting import pipeline, state_of

Errors = Mapping[str, list[str]]
F = TypeVar("F", bound=FlaskForm)


def run_page(
    slug: str, run_id: str, typed: Typed | None = None, mark: str | None = None, errors: Errors | None = None
) -> str:
    """The page; ``typed``, ``mark`` and ``errors`` are of a sheet that was refused."""
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        run = run_of(state, run_id)
        ruleset = state[Setup].divisions[run.division].ruleset
        end = closes_at(state, run)
        stored = run.result.sheet if run.result else next((s.sheet for s in run.sheets.values()), {})
        protests = state[Protests].of_run(run.id)
        texts = log.notes(connection, _notes(protests))
        return render_template(
            "desk/run.html",
            setup=state[Setup],
            slug=slug,
            ruleset=ruleset,
            run=run_shape(state, run),
            state=sheet_state(state, run),
            words=WORDS,
            differs=do_differ(state, run),
            typed=typed if typed is not None else typed_of(ruleset.fields, stored),
            mark=mark if typed is not None else (run.result.mark if run.result else None),
            errors=errors or {},
            value_text=value_text,
            history=history(connection, state, run),
            protests=[_protest_shape(state, one, texts) for one in protests],
            window_until=local_clock(state, end) if end else None,
            correction=with_ids(ReasonForm(), "correction"),
            replay=with_ids(ReasonForm(), "replay"),
            protest_form=with_ids(protest_form(state, run), "protest"),
            button=ButtonForm(),
        )


def run_of(state: State, run_id: str) -> Run:
    run = state[Runs].by_id.get(run_id)
    return run if run is not None else abort(404)


def protest_form(state: State, run: Run) -> ProtestForm:
    form = ProtestForm()
    entries = sorted(state[Entries].of(run.division), key=lambda entry: entry.id != run.entry)
    form.entry.choices = [
        (entry.id, f"{entry.number} · {public_entry(state, entry.id)['team']}") for entry in entries
    ]
    return form


def errors_of(receipt: Receipt) -> Errors:
    """The sentences of a refused sheet, by the path of the field they belong to."""
    errors: dict[str, list[str]] = {}
    for one in receipt["errors"]:
        shown = error_shape(one["code"], one["field"], one["row"], one["facts"])
        errors.setdefault(shown["field"] or "", []).append(shown["detail"])
    return errors


def _notes(protests: list[Protest]) -> set[str]:
    said = [protest.text for protest in protests]
    said += [protest.ruling.reason for protest in protests if protest.ruling]
    return {reference["id"] for reference in said if reference}


def _protest_shape(state: State, protest: Protest, texts: Mapping[str, str]) -> dict[str, Any]:
    ruling = protest.ruling
    return {
        "protest": protest,
        "at": datetime.fromisoformat(protest.at_utc),
        "entry": public_entry(state, protest.entry),
        "text": texts.get((protest.text or {}).get("id", "")),
        "reason": texts.get((ruling.reason or {}).get("id", "")) if ruling else None,
        "form": with_ids(RulingForm(), f"ruling-{protest.number}"),
    }


def with_ids(form: F, start: str) -> F:
    """The form with ids of its own: a page holds several, whose fields have the same names."""
    for field in form:
        field.id = field.label.field_id = f"{start}-{field.id}"
    return form
