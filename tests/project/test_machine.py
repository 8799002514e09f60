"""What tests need of the machine is installed where that is allowed, and its lack is said where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import machine


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH; apt-get in it writes down what it was asked."""
    monkeypatch.setenv("PATH", str(tmp_path))
    put(tmp_path, "apt-get", f'echo "$DEBIAN_FRONTEND $@" >> {tmp_path}/asked')
    return tmp_path


def put(folder: Path, name: str, script: str = "true") -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_administrator_gets_what_is_missing(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    for name in set(machine.NEEDED) - {"chromium"}:
        put(programs, name)
    machine.main()
    asked = (programs / "asked").read_text().splitlines()
    assert asked == [
        "noninteractive update -q",
        "noninteractive install -y -q --no-install-recommends chromium",
    ]


def test_nothing_is_asked_where_nothing_is_missing(programs: Path) -> None:
    for name in machine.NEEDED:
        put(programs, name)
    machine.main()
    assert not (programs / "asked").exists()


@pytest.mark.parametrize(("password", "allowed"), [("exit 1", False), ("true", True)])
def test_others_go_through_sudo_if_it_asks_no_password(
    programs: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    password: str,
    allowed: bool,
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    put(programs, "sudo", password)
    assert machine.main() == 0
    said = capfd.readouterr().err
    assert ("Installing chromium" in said) is allowed
    assert ("may not be done from here: chromium" in said) is not allowed
