"""Score sheets to be filled in by hand, one a run, with the fields of its rules and a code that opens it for keying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from scoring.contest import Rubric
from scoring.parts import Field

from ..competitions.state import Division, Setup
from ..eventlog.fold import State
from ..judging.state import Panels
from ..live.shapes import panel_run_shape
from ..runs.state import Run
from .typesetting import qr
from .wording import Words, in_each, names_in, unit_in

MOST_LINES_ON_A5 = 9
"""More fields than these take A4."""
MOST_ROWS = 30


def score_sheets(
    state: State,
    division: Division,
    runs: Sequence[Run],
    languages: Sequence[str],
    address: str,
    judges: Mapping[str, str],
) -> dict[str, Any]:
    """What the template ``score_sheet`` needs; ``address`` begins the link in each code.

    ``judges`` has names by account: a panel's sheet is one judge's, with the texts of the levels, and without what only
    runs have, a mark for those who did not finish and a captain who signs.
    """
    setup, ruleset = state[Setup], division.ruleset
    is_judged = ruleset.rubric is not None
    levels = _levels(languages, ruleset.rubric)
    fields = [field_shape(languages, field) for field in ruleset.fields]
    return {
        "languages": list(languages),
        "words": words_of_sheets(languages),
        "competition": names_in(languages, setup.name),
        "division": names_in(languages, division.name),
        "ruleset": f"{ruleset.id} {ruleset.version}",
        "fields": [field | {"levels": levels.get(field["id"], [])} for field in fields],
        "marks": [] if is_judged else list(ruleset.marks),
        "captain": not is_judged,
        "two_sheets": ruleset.sheets_per_run > 1,
        "size": "a5" if _lines(ruleset.fields) + sum(map(len, levels.values())) <= MOST_LINES_ON_A5 else "a4",
        "runs": [_run(state, run, address, judges) for run in runs],
    }


def words_of_sheets(languages: Sequence[str]) -> dict[str, Words]:
    """The words that every sheet to be filled in by hand has."""
    return {
        "sheet": in_each(languages, lambda: _("Score sheet")),
        "field": in_each(languages, lambda: _("Field")),
        "attempt": in_each(languages, lambda: _("Attempt")),
        "yes": in_each(languages, lambda: _("yes")),
        "no": in_each(languages, lambda: _("no")),
        "none": in_each(languages, lambda: _("none of these")),
        "mark": in_each(languages, lambda: _("Mark")),
        "remarks": in_each(languages, lambda: _("Remarks")),
        "judge": in_each(languages, lambda: _("Judge")),
        "captain": in_each(languages, lambda: _("Captain")),
        "name": in_each(languages, lambda: _("name in full")),
        "signature": in_each(languages, lambda: _("signature")),
        "refuses": in_each(languages, lambda: _("refuses to sign")),
        "code": in_each(languages, lambda: _("Code for keying")),
    }


def unnamed_code(run: Run) -> str:
    """The code of a sheet that must not say whose project it is."""
    return run.id[-8:]


def _levels(languages: Sequence[str], rubric: Rubric | None) -> dict[str, list[dict[str, Any]]]:
    """What each value of a criterion means, by the criterion."""
    return {
        one.id: [
            {"value": f"{level.value:g}", "text": names_in(languages, level.text)} for level in one.levels
        ]
        for one in (rubric.criteria if rubric else ())
    }


def _run(state: State, run: Run, address: str, judges: Mapping[str, str]) -> dict[str, Any]:
    entry = panel_run_shape(state, run)["entry"]
    is_blind = run.judge is not None and state[Panels].is_blind(run.division)
    return {
        "number": entry["number"],
        "team": "" if is_blind else entry["team"],
        "from": entry["organisation"],
        "judge": judges.get(run.judge, "") if run.judge is not None else None,
        "field": state[Setup].fields[run.field].name,
        "attempt": run.attempt,
        "code": unnamed_code(run) if is_blind else f"{entry['number']}/{run.attempt}",
        "qr": qr(f"{address}/desk/{state.chain}/key?code={run.id}"),
    }


def field_shape(languages: Sequence[str], field: Field) -> dict[str, Any]:
    """A field as the templates ask for it."""
    return {
        "id": field.id,
        "label": names_in(languages, field.label),
        "type": field.type,
        "unit": unit_in(languages, field.unit),
        "range": f"{field.min:g}–{field.max:g}" if field.min is not None and field.max is not None else "",
        "options": [names_in(languages, option.label) for option in field.options],
        "columns": [field_shape(languages, column) for column in field.fields],
        "rows": min(field.max_rows, MOST_ROWS),
    }


def _lines(fields: Sequence[Field]) -> int:
    """About how many lines the fields take on paper."""
    return sum(
        field.max_rows + 2 if field.type == "rows" else 1 + len(field.options) // 4 for field in fields
    )
