"""Why an entry has its place, as a sentence: scoring/ gives codes and facts, this gives the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from scoring.ruleset import Ruleset

from .criteria import criterion_words

MOST_NAMED = 20


def reason_sentence(ruleset: Ruleset, reason: Mapping[str, Any], teams: Mapping[str, str]) -> str:
    """The sentence for a standing's reason; ``teams`` are names by entry id."""
    facts = {
        "criterion": criterion_words(ruleset, str(reason.get("criterion") or "")),
        "other": teams.get(str(reason.get("other")), ""),
        "value": _shown(reason.get("value")),
        "other_value": _shown(reason.get("other_value")),
    }
    match reason["code"]:
        case "ahead":
            return str(_("Ahead of %(other)s by %(criterion)s: %(value)s against %(other_value)s.", **facts))
        case "behind":
            return str(_("Behind %(other)s by %(criterion)s: %(value)s against %(other_value)s.", **facts))
        case "tied" | "draw_needed":
            names = _named(reason.get("tied_with", ()), teams)
            if reason["code"] == "tied":
                return str(
                    _("Shares the place with %(names)s: equal in everything that counts.", names=names)
                )
            return str(_("Equal with %(names)s: a draw decides.", names=names))
        case "alone":
            return str(_("The only one with a result so far."))
        case "mark":
            return str(_("No valid attempt: %(mark)s.", mark=reason["mark"]))
        case "too_few_attempts":
            made = int(reason["performed"])
            return str(
                ngettext(
                    "%(num)s attempt made, at least %(minimum)s needed.",
                    "%(num)s attempts made, at least %(minimum)s needed.",
                    made,
                    minimum=reason["minimum"],
                )
            )
        case "bracket":
            return str(_("By the bracket."))
        case "out_of_competition":
            return str(_("Out of competition."))
        case _:
            return str(_("No result yet."))


def _named(entries: Sequence[str], teams: Mapping[str, str]) -> str:
    """The teams' names; of very many, whose sentences would each name all the others, the first ones."""
    names = ", ".join(teams.get(entry, entry) for entry in entries[:MOST_NAMED])
    return f"{names} … (+{len(entries) - MOST_NAMED})" if len(entries) > MOST_NAMED else names


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " · ".join(_shown(item) for item in value)
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return "–" if value is None else str(value)
