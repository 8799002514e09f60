"""What the checker and the solver say about a plan, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...eventlog.fold import State
from ...planning.fillers import is_filler
from .timeline import activity_words

Json = dict[str, Any]
SHOWN_TEAMS = 8
SHOWN_PLACES = 6

BROKEN = {
    "off_grid": _l("does not start at a whole slot"),
    "needs_unmet": _l("stands where its division may not be"),
    "closed": _l("is outside the opening hours"),
    "overfull": _l("shares a place with another one"),
    "too_close": _l("leaves somebody too little time between two places"),
    "not_together": _l("has to begin together with its neighbour"),
    "too_early": _l("comes before the robot was inspected"),
    "moved": _l("was moved and must not be"),
}
KINDS = {"field": _l("fields and rooms"), "judge": _l("judges"), "inspection": _l("inspection tables")}


def violation_sentences(state: State, violations: Iterable[Json], clocks: Mapping[str, str]) -> list[Json]:
    """A line for each broken rule: ``{"code", "words", "teams"}``, each team with the time its activity is planned for
    (``clocks``, by activity); what merely has no place yet is told elsewhere."""
    teams: dict[str, dict[str, None]] = defaultdict(dict)
    for one in violations:
        for id_ in one["activities"] if one["code"] in BROKEN else ():
            if not is_filler(id_):
                teams[one["code"]][f"{activity_words(state, id_)} ({clocks.get(id_, '')})"] = None
    return [
        {
            "code": code,
            "words": BROKEN[code],
            "teams": list(found)[:SHOWN_TEAMS],
            "more": len(found) - SHOWN_TEAMS,
        }
        for code, found in teams.items()
        if found
    ]


def broken_words(violations: Iterable[Json]) -> dict[str, list[str]]:
    """By activity, what it breaks."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in violations:
        for id_ in one["activities"] if one["code"] in BROKEN else ():
            found[id_][str(BROKEN[one["code"]])] = None
    return {id_: list(words) for id_, words in found.items()}


def shortage_sentence(line: Json, name: Callable[[str], str]) -> str:
    """What the capacity check found too little; see docs/schedule-format.md. ``name`` is a resource's for people."""
    facts = {"asked": line["asked"], "fits": line["fits"]}
    if "person" in line:
        return str(_("One team or coach has %(asked)s minutes to do, and there are %(fits)s.", **facts))
    if "activity" in line:
        return str(_("Something lasts %(asked)s minutes, longer than any %(fits)s the hours leave.", **facts))
    names = [name(id_) for id_ in line.get("resources", ())]
    kind = KINDS.get(line["kind"], line["kind"])
    if names:
        kind = f"{kind} ({', '.join(names[:SHOWN_PLACES])}{', …' if len(names) > SHOWN_PLACES else ''})"
    return str(
        _("Too few %(kind)s: %(asked)s are asked for and %(fits)s fit into the hours.", kind=kind, **facts)
    )
