"""What an announcer can say of a run, from what the public may know: its attempt, its place, whom it chases."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from ...languages import figure_text, in_language

Shape = dict[str, Any]


def talking_points(run: Shape, standings: Shape) -> list[str]:
    """Sentences about a run, of the public shapes of the run and of its division's standings."""
    rows = standings["rows"]
    own = next((row for row in rows if row["entry"]["id"] == run["entry"]["id"]), None)
    points = [_attempt(run)]
    if own is not None:
        points += _place(own, standings)
        points += _region(own, rows)
    return points


def _attempt(run: Shape) -> str:
    if run["attempts"] == 1:
        return str(_("Its only attempt."))
    if run["attempt"] == 1:
        return str(_("Its first attempt of %(count)s.", count=run["attempts"]))
    if run["attempt"] == run["attempts"]:
        return str(_("Its last attempt."))
    return str(_("Attempt %(attempt)s of %(count)s.", attempt=run["attempt"], count=run["attempts"]))


def _place(own: Shape, standings: Shape) -> list[str]:
    """Where it stands, and who is the next before it; for one that leads, who chases it."""
    rows = [row for row in standings["rows"] if row["rank"] is not None]
    if own["rank"] is None:
        leader = rows[:1]
        return [
            _("In the lead: %(team)s, %(value)s.", team=row["entry"]["team"], value=_value(row, standings))
            for row in leader
        ]
    shown = _("In place %(rank)s with %(value)s.", rank=own["rank"], value=_value(own, standings))
    at = rows.index(own)
    if at > 0:
        before = rows[at - 1]
        return [
            shown,
            _(
                "Just ahead: %(team)s, %(value)s.",
                team=before["entry"]["team"],
                value=_value(before, standings),
            ),
        ]
    chasing = rows[1:2]
    return [shown] + [
        _("Just behind: %(team)s, %(value)s.", team=row["entry"]["team"], value=_value(row, standings))
        for row in chasing
    ]


def _region(own: Shape, rows: list[Shape]) -> list[str]:
    region = own["entry"]["region"]
    if region is None:
        return []
    count = sum(row["entry"]["region_code"] == own["entry"]["region_code"] for row in rows)
    return [_("Teams here from %(region)s: %(count)s.", region=in_language(region), count=count)]


def _value(row: Shape, standings: Shape) -> str:
    columns = standings["columns"]
    return figure_text(row["values"].get(columns[0]["name"]), columns[0]["type"]) if columns else ""
