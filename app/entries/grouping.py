"""A list with one person a row put together into teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .previews import Preview
from .updating import as_compared, identity

Row = dict[str, Any]
OF_TEAM = ("organisation_kind", "region", "district", "robot", "coach", "contact")


def grouped(made: Preview, rows: Iterable[Row]) -> list[Row]:
    """A row for each team, with all members. Where its rows disagree about the team the first counts; it is said."""
    teams: dict[tuple[str, str, str], Row] = {}
    alone = []
    for row in rows:
        if not (row["team"] and row["organisation"]):
            alone.append(row)
            continue
        team = teams.setdefault(identity(row["division"] or "", row["team"], row["organisation"]), row)
        if team is not row:
            _join(made, team, row)
    return sorted([*teams.values(), *alone], key=lambda row: row["row"])


def _join(made: Preview, team: Row, row: Row) -> None:
    team["rows"] += row["rows"]
    team["members"] += row["members"]
    for name in OF_TEAM:
        if not team[name]:
            team[name] = row[name]
            if name == "region":
                team["region_written"] = team["region_written"] or row["region_written"]
        elif row[name] and as_compared(str(row[name])) != as_compared(str(team[name])):
            made.problem("team_differs", row["row"], name, was=team[name], now=row[name])
