"""What an import would bring: the rows, and every problem by row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

WARNINGS = {
    "birth_year_unreadable",
    "sex_unreadable",
    "organisation_kind_unknown",
    "details_not_matched",
    "team_differs",
}
"""Problems that keep no row from being imported: what they are about is left out."""


@dataclass(slots=True)
class Preview:
    """What an import would bring. Rows and problems carry the spreadsheet's own row numbers.

    ``columns`` are those found, with their headings; ``says`` the parts of a row that they tell of. ``headings`` are
    all there are: ``{"key", "text", "column", "used", "examples"}``, the column empty where none was found. ``mends``
    are offered, as ``mends.find_mends`` makes them. ``refused`` is the code of why the file could not be read at all,
    ``facts`` what its sentence needs.
    """

    columns: dict[str, str] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)
    headings: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    mends: list[dict[str, Any]] = field(default_factory=list)
    refused: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def problem(self, code: str, row: int, column: str, **facts: Any) -> None:
        level = "warning" if code in WARNINGS else "error"
        self.problems.append({"code": code, "row": row, "column": column, "facts": facts, "level": level})

    def to_json(self) -> dict[str, Any]:
        return {
            "columns": self.columns,
            "says": self.says,
            "headings": self.headings,
            "rows": self.rows,
            "problems": self.problems,
            "mends": self.mends,
            "refused": self.refused,
            "facts": self.facts,
        }
