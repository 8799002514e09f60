"""A step of the set-up is done once, and again only when what it reads changed or what it made is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.launcher.stamps import Step, do, is_done


@pytest.fixture
def step(tmp_path: Path) -> Step:
    """A step that reads ``in/`` and writes ``out``, one letter each time it is done."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_text("a")
    output = tmp_path / "out"

    def act() -> None:
        output.write_text((output.read_text() if output.exists() else "") + "x")

    return Step("copy", "Copying", [source], [output], act)


def test_second_time_does_nothing(step: Step, tmp_path: Path) -> None:
    assert do(step, tmp_path / "stamps")
    assert not do(step, tmp_path / "stamps")
    assert step.outputs[0].read_text() == "x"


@pytest.mark.parametrize("change", ["a.txt", "new.txt"])
def test_changed_or_new_input_makes_it_due(step: Step, tmp_path: Path, change: str) -> None:
    do(step, tmp_path / "stamps")
    (step.inputs[0] / change).write_text("b")
    assert do(step, tmp_path / "stamps")


def test_missing_output_makes_it_due(step: Step, tmp_path: Path) -> None:
    do(step, tmp_path / "stamps")
    step.outputs[0].unlink()
    assert not is_done(step, tmp_path / "stamps")


def test_file_renamed_with_the_same_content_makes_it_due(step: Step, tmp_path: Path) -> None:
    do(step, tmp_path / "stamps")
    (step.inputs[0] / "a.txt").rename(step.inputs[0] / "b.txt")
    assert do(step, tmp_path / "stamps")


def test_step_that_failed_is_still_due(step: Step, tmp_path: Path) -> None:
    def fail() -> None:
        step.outputs[0].write_text("half")
        raise RuntimeError("no network")

    with pytest.raises(RuntimeError):
        do(Step("copy", "Copying", step.inputs, step.outputs, fail), tmp_path / "stamps")
    assert not is_done(step, tmp_path / "stamps")


def test_generated_files_among_the_inputs_do_not_count(step: Step, tmp_path: Path) -> None:
    do(step, tmp_path / "stamps")
    (step.inputs[0] / "catalogue").mkdir()
    (step.inputs[0] / "catalogue" / "kk.json").write_text("{}")
    (step.inputs[0] / "messages.mo").write_bytes(b"\0")
    assert is_done(step, tmp_path / "stamps")
