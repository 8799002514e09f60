"""A process that reads what a stranger made ends within its bounds, and whoever waits for it is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.confining import Bounds, Ended, confined

ROOMY = Bounds(memory_bytes=512 * 1024 * 1024, cpu_s=10)
CHILD = """
from app.confining import answer_within

def answer(given):
    {work}

answer_within(answer)
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the module ``child`` is to be written."""
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(__file__).parents[2]}")
    return tmp_path / "child.py"


def test_it_answers_what_it_was_given(child: Path) -> None:
    child.write_text(CHILD.format(work="return given[::-1]"))
    assert confined("child", b"abc", ROOMY) == b"cba"


@pytest.mark.parametrize(
    "work",
    [
        "return bytes(2**30)",
        "raise BaseException('a panic of a library is no Exception')",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os; os.abort()",
    ],
)
def test_one_that_takes_too_much_or_dies_is_said_to_have_ended(child: Path, work: str) -> None:
    child.write_text(CHILD.format(work=work))
    with pytest.raises(Ended):
        confined("child", b"", ROOMY)


def test_one_that_never_ends_is_ended(child: Path) -> None:
    child.write_text(CHILD.format(work="\n    while True: pass"))
    with pytest.raises(Ended):
        confined("child", b"", Bounds(ROOMY.memory_bytes, cpu_s=1))


def test_a_module_that_is_not_there_has_ended_too() -> None:
    with pytest.raises(Ended):
        confined("app.no_such_module", b"", ROOMY)
    assert "app.no_such_module" not in sys.modules
