"""Folders are closed to others, but for those that are everybody's by right."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.private import close_to_others, is_open_to_others


@pytest.mark.parametrize(
    ("before", "after"), [(0o755, 0o700), (0o770, 0o700), (0o700, 0o700), (0o1777, 0o1777)]
)
def test_what_others_may_do_is_taken_away(tmp_path: Path, before: int, after: int) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(before)
    close_to_others(folder)
    assert folder.stat().st_mode & 0o7777 == after
    assert is_open_to_others(folder) == (after == 0o1777)


def test_a_stick_without_modes_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, _mode: int) -> None:
        raise PermissionError

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refused)
    close_to_others(tmp_path)
    assert is_open_to_others(tmp_path)
