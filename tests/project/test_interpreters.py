"""The newest Python that is fit is chosen, and what is missing is said by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.launcher.interpreters import newest, sentence_without

FIT, WITHOUT_VENV, BROKEN = "fit", "without venv", "broken"


def put(folder: Path, name: str, version: str, state: str = FIT) -> str:
    """A program that answers as a Python of that version would; the shim of a version that is not there is broken."""
    answer = f"echo {version}"
    if state == WITHOUT_VENV:
        answer = f'case "$3" in *ensurepip*) exit 1;; *) {answer};; esac'
    program = folder / name
    program.write_text(f"#!/bin/sh\n{'exit 127' if state == BROKEN else answer}\n")
    program.chmod(0o755)
    return str(program)


def test_newest_is_chosen_wherever_it_stands(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    put(one, "python3", "3.11")
    put(one, "python3.9", "3.9")
    wanted = put(two, "python3.13", "3.13")
    put(two, "python3.12", "3.12")
    assert newest(f"{one}:{two}") == wanted


def test_plain_python3_may_be_the_newest(tmp_path: Path) -> None:
    put(tmp_path, "python3.11", "3.11")
    wanted = put(tmp_path, "python3", "3.14")
    assert newest(str(tmp_path)) == wanted


def test_newer_one_that_is_broken_or_cannot_make_environments_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "python3.14", "3.14", BROKEN)
    put(tmp_path, "python3.13", "3.13", WITHOUT_VENV)
    wanted = put(tmp_path, "python3.12", "3.12")
    assert newest(str(tmp_path)) == wanted


def test_pythons_of_virtual_environments_are_left_out(tmp_path: Path) -> None:
    programs = tmp_path / "env" / "bin"
    programs.mkdir(parents=True)
    (tmp_path / "env" / "pyvenv.cfg").touch()
    put(programs, "python3.13", "3.13")
    assert newest(str(programs)) is None


@pytest.mark.parametrize(
    ("version", "state", "said"),
    [("3.12", WITHOUT_VENV, "sudo apt install python3.12-venv"), ("3.10", FIT, "needs Python 3.11 or newer")],
)
def test_what_to_install_is_said(tmp_path: Path, version: str, state: str, said: str) -> None:
    put(tmp_path, "python3", version, state)
    assert newest(str(tmp_path)) is None
    assert said in sentence_without(str(tmp_path))
