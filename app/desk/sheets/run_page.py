"""What the page of one run shows: its sheet, its whole history, its protests, and forms as they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _

from scoring.parts import Field

from ...accounts.queries import name_of
from ...competitions.state import Setup
from ...database import reader
from ...eventlog.fold import State
from ...languages import in_language
from ...live.shapes import run_shape
from ...messages import sentence
from ...pipeline import Receipt
from ...problems import error_shape
from ...protests.window import closes_at, local_clock
from ...runs.sheets import do_differ
from ...runs.state import Run, Runs
from ...runs.texts import told
from ..forms import ButtonForm
from ..submitting import pipeline, state_of
from .chief_forms import ReasonForm
from .disputing import dispute_shapes
from .protesting import protest_form, protest_shapes, with_ids
from .run_history import CAPTAIN_WORDS, history, value_text
from .sheet_entry import Typed, typed_of
from .sheet_states import WORDS, sheet_state

Errors = Mapping[str, list[str]]
NAMED_ABOVE = 3
"""How many fields are named at the top of the page; each says the same beside it."""


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
        return render_template(
            "desk/run.html",
            setup=state[Setup],
            slug=slug,
            ruleset=ruleset,
            run=run_shape(state, run),
            judge=name_of(connection, run.judge) if run.judge else None,
            state=sheet_state(state, run),
            words=WORDS,
            differs=do_differ(state, run),
            disputes=dispute_shapes(connection, state, run.id),
            dispute_form=with_ids(ReasonForm(), "dispute"),
            captain_words=CAPTAIN_WORDS,
            typed=typed if typed is not None else typed_of(ruleset.fields, told(stored, state.texts)),
            mark=mark if typed is not None else (run.result.mark if run.result else None),
            errors=errors or {},
            value_text=value_text,
            history=history(connection, state, run),
            protests=protest_shapes(connection, state, run),
            window_until=local_clock(state, end) if end else None,
            correction=with_ids(ReasonForm(), "correction"),
            replay=with_ids(ReasonForm(), "replay"),
            protest_form=with_ids(protest_form(state, run.division, [run.entry]), "protest"),
            button=ButtonForm(),
        )


def run_of(state: State, run_id: str) -> Run:
    run = state[Runs].by_id.get(run_id)
    return run if run is not None else abort(404)


def refused_words(fields: Iterable[Field], code: str, facts: dict[str, Any], errors: Errors) -> str:
    """Why a sheet was not stored: the fields by name where they are known, else what the code says."""
    named = [(label, texts) for path, texts in errors.items() if (label := _label(fields, path))]
    if not named:
        return sentence(code, facts)
    said = [f"{label}: {' '.join(texts)}" for label, texts in named[:NAMED_ABOVE]]
    more = len(named) - len(said)
    return " ".join([*said, _("And %(count)s more.", count=more)] if more else said)


def _label(fields: Iterable[Field], path: str) -> str | None:
    """A field as people call it; of a column of rows, with the row's number."""
    name, _dot, rest = path.partition(".")
    field = next((one for one in fields if one.id == name), None)
    if field is None:
        return None
    row, _dot, column = rest.partition(".")
    below = _label(field.fields, column) if column else None
    label = in_language(dict(field.label))
    return f"{label} № {int(row) + 1}, {below}" if below and row.isdigit() else label


def errors_of(receipt: Receipt) -> Errors:
    """The sentences of a refused sheet, by the path of the field they belong to."""
    errors: dict[str, list[str]] = {}
    for one in receipt["errors"]:
        shown = error_shape(one["code"], one["field"], one["row"], one["facts"])
        errors.setdefault(shown["field"] or "", []).append(shown["detail"])
    return errors
