"""Two hundred broken spreadsheets: each is answered clearly and soon, and none of them half-way."""

from __future__ import annotations

import tracemalloc

import pytest

from app.entries.importing import Preview, preview
from app.messages import SENTENCES

from .broken import broken_files

DIVISIONS = {"line": ["Line race", "Гонки по линии"]}
MOST_BYTES = 400 * 1024 * 1024


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, Preview, int]]:
    """Kind, answer, and the memory that reading took at its height."""
    made = []
    for kind, content in broken_files(200, seed=2026):
        tracemalloc.start()
        answer = preview(content, DIVISIONS)
        made.append((kind, answer, tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
    return made


def test_every_one_is_answered_with_sentences_we_have(answers: list[tuple[str, Preview, int]]) -> None:
    assert len(answers) == 200
    for kind, answer, _ in answers:
        assert answer.refused is None or answer.refused in SENTENCES, (kind, answer.refused)
        for problem in answer.problems:
            assert problem["code"] in SENTENCES, (kind, problem)


def test_nothing_that_was_refused_brings_rows(answers: list[tuple[str, Preview, int]]) -> None:
    for kind, answer, _ in answers:
        assert not (answer.refused and answer.rows), kind


def test_rows_without_a_problem_are_whole(answers: list[tuple[str, Preview, int]]) -> None:
    seen = 0
    for kind, answer, _ in answers:
        bad = {problem["row"] for problem in answer.problems if problem["level"] == "error"}
        for row in answer.rows:
            if row["row"] in bad:
                continue
            seen += 1
            texts = [row["team"], row["organisation"], row["coach"] or ""]
            texts += [member["full_name"] for member in row["members"]]
            assert row["team"], kind
            assert row["organisation"], kind
            assert all(text.isprintable() for text in texts), (kind, texts)
            assert not any(text.startswith("=") for text in texts), (kind, texts)
    assert seen > 20, "some of the tables are sound in part"


def test_none_takes_the_memory_of_the_machine(answers: list[tuple[str, Preview, int]]) -> None:
    for kind, _, most_bytes in answers:
        assert most_bytes < MOST_BYTES, kind


def test_the_generator_reaches_what_it_should(answers: list[tuple[str, Preview, int]]) -> None:
    refusals = {answer.refused for _, answer, _ in answers}
    codes = {problem["code"] for _, answer, _ in answers for problem in answer.problems}
    assert {
        "file_broken",
        "file_unpacks_too_large",
        "file_quotes_open",
        "file_too_many_rows",
        "file_cell_too_long",
        "file_not_spreadsheet",
    } <= refusals
    assert {"formula_in_cell", "cell_merged", "heading_missing", "cell_empty", "region_unknown"} <= codes
