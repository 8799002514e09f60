"""What the page of one match shows: its bouts and history, protests about it, and forms as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _

from ...competitions.state import Setup
from ...database import reader
from ...eventlog.fold import State
from ...live.match_shapes import match_shape
from ...matches.match import Match
from ...matches.sheets import rules_of
from ...matches.state import Matches
from ...protests.window import closes_at, local_clock
from ..forms import ButtonForm
from ..sheets.disputing import dispute_shapes
from ..sheets.protesting import protest_form, protest_shapes, with_ids
from ..sheets.run_history import CAPTAIN_WORDS
from ..submitting import pipeline, state_of
from .bout_entry import NOBODY, bout_rows, can_type, has_points
from .match_forms import MoveForm, ReasonForm, WalkoverForm
from .match_history import match_history


def match_page(slug: str, match_id: str, typed: Mapping[str, str] | None = None) -> str:
    """The page; ``typed`` is a correction that was refused."""
    with pipeline().reading(), reader() as connection:
        state = state_of(slug)
        match = match_of(state, match_id)
        division = state[Setup].divisions[match.division]
        end = closes_at(state, match)
        return render_template(
            "desk/match.html",
            setup=state[Setup],
            slug=slug,
            division=division,
            match=match_shape(state, match, public=False),
            disputes=dispute_shapes(connection, state, match.id),
            dispute_form=with_ids(ReasonForm(), "dispute"),
            captain_words=CAPTAIN_WORDS,
            walkover_form=with_ids(walkover_form(state, match), "walkover"),
            move_form=move_form(state, match),
            reason_form=ReasonForm(),
            correction=with_ids(ReasonForm(), "correction"),
            rows=bout_rows(division.ruleset, match, typed) if can_type(division.ruleset) else [],
            with_points=has_points(rules_of(division.ruleset)),
            was_refused=typed is not None,
            protests=protest_shapes(connection, state, match),
            protest_form=with_ids(protest_form(state, match.division, match.entries), "protest"),
            window_until=local_clock(state, end) if end else None,
            history=match_history(connection, state, match),
            button=ButtonForm(),
        )


def match_of(state: State, match_id: str) -> Match:
    found = state[Matches].by_id.get(match_id)
    if found is None or found.pairing.is_bye:
        abort(404)
    return found


def walkover_form(state: State, match: Match) -> WalkoverForm:
    form = WalkoverForm()
    sides = [(side["id"], side["team"]) for side in match_shape(state, match)["sides"]]
    form.winner.choices = [*sides, (NOBODY, _("neither side: both lose it"))]
    return form


def move_form(state: State, match: Match) -> MoveForm:
    form = MoveForm(field=match.field)
    form.field.choices = [(field.code, field.name) for field in state[Setup].fields.values()]
    waiting = [
        one for code in state[Setup].fields for one in state[Matches].waiting(code) if one is not match
    ]
    form.before.choices = [("", "–"), *((one.id, f"{one.field} · {one.number}") for one in waiting)]
    return form


def with_match(state: State, match_id: str) -> tuple[Match, Any]:
    """A match and the ruleset it is played by."""
    match = match_of(state, match_id)
    return match, state[Setup].divisions[match.division].ruleset
