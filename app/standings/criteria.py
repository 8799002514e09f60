"""The words for what places go by: a ruleset's own, those of its results, or ours for what every discipline may use."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from scoring.columns import standings_columns
from scoring.ruleset import Ruleset

from ..languages import in_all, in_language


def N_(text: str) -> str:  # the name Babel looks for
    """Mark a text to be translated when it is used."""
    return text


HEADINGS = {
    "match_points": N_("Match points"),
    "points_per_match": N_("Per match"),
    "wins": N_("Wins"),
    "played": N_("Played"),
    "buchholz": N_("Buchholz"),
    "buchholz_cut_1": N_("Buchholz −1"),
    "buchholz_median": N_("Median Buchholz"),
    "sonneborn_berger": N_("Sonneborn-Berger"),
    "score_for": N_("For"),
    "score_against": N_("Against"),
    "score_difference": "+/−",
}
"""What columns of matches are headed by; what counts only between those who are level has no column."""

WITHOUT_LABEL = {
    "match_points": _l("match points"),
    "points_per_match": _l("points per match"),
    "wins": _l("wins"),
    "played": _l("matches played"),
    "head_to_head": _l("matches between them"),
    "buchholz": _l("Buchholz"),
    "buchholz_cut_1": _l("Buchholz cut 1"),
    "buchholz_median": _l("median Buchholz"),
    "sonneborn_berger": _l("Sonneborn-Berger"),
    "score_for": _l("points for"),
    "score_against": _l("points against"),
    "score_difference": _l("difference of points"),
    "attempt_number": _l("number of the attempt"),
    "draw": _l("the draw"),
}


MOST_COLUMNS_OF_MATCHES = 3
"""What is read from the tenth row; the rest is in the reasons and in the files."""


def shown_columns(ruleset: Ruleset) -> list[dict[str, Any]]:
    """The columns of a division's standings: ``{"name", "label", "type", "unit"}``, labels in every language."""
    columns = [column.to_json() for column in standings_columns(ruleset)]
    if ruleset.match is not None:
        columns.insert(1, {"name": "played", "label": {}, "type": "number", "unit": None})
    shown: list[dict[str, Any]] = []
    for column in columns:
        heading = HEADINGS.get(column["name"])
        label = column["label"] or (in_all(heading) if heading else None)
        if len(shown) == MOST_COLUMNS_OF_MATCHES and not column["label"]:
            continue
        if label and column["name"] not in {one["name"] for one in shown}:
            shown.append(column | {"label": label})
    return shown


def criterion_words(ruleset: Ruleset, name: str) -> str:
    """What a criterion is called, in the reader's language; its name where it has no words."""
    for criterion in ruleset.ranking:
        if criterion.by == name and criterion.label:
            return in_language(dict(criterion.label))
    labels = {result.name: result.label for result in ruleset.results}
    labels |= {combined.name: combined.label for combined in ruleset.combined}
    if name in labels:
        return in_language(dict(labels[name])).lower()
    return str(WITHOUT_LABEL.get(name, name))
