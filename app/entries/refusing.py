"""The one way reading a spreadsheet fails as a whole: with a code, and the facts its sentence needs."""

from __future__ import annotations

from typing import Any


class SpreadsheetRefused(Exception):
    """The file cannot be read as a spreadsheet; ``code`` says why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
