"""A soak's report names the day, the machine and the commit, and keeps what was printed even when a part failed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.soak import __main__ as soak


def test_report_keeps_what_was_printed_and_says_what_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {
        "Good": [sys.executable, "-c", "print('figure 1')"],
        "Bad": [sys.executable, "-c", "print('figure 2'); raise SystemExit(3)"],
    }
    monkeypatch.setattr(soak, "PARTS", parts)
    assert soak.main(tmp_path) == 1
    (report,) = tmp_path.glob("*.md")
    text = report.read_text("utf-8")
    assert "figure 1" in text
    assert "figure 2\n```\n\nEnded with exit code 3." in text
    assert soak.commit() in text
    assert soak.processor() in text
