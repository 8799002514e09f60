"""The words for what places go by: a ruleset's own, those of its results, or ours for what every discipline may use."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from scoring.ruleset import Ruleset

from ..languages import in_language

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
