"""Every shipped profile against the transcript beside it, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from firmware_bridge.devices.profile import PROFILES, LineReader, LineRefused, Passing, Profile, load, names


def transcript(name: str) -> list[tuple[bytes, str]]:
    """Pairs of what the device sent and what that means."""
    pairs = []
    for line in (PROFILES / f"{name}.transcript").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        sent, meaning = line.rsplit("  ", 1)
        escaped = sent.rstrip(" ").replace(r"\s", " ")
        pairs.append((escaped.encode("latin-1").decode("unicode_escape").encode("latin-1"), meaning.strip()))
    return pairs


def said(outcome: list[Passing] | LineRefused) -> str:
    if isinstance(outcome, LineRefused):
        return outcome.code
    if not outcome:
        return "-"
    return ", ".join("start" if p.is_start else f"{p.channel} {p.time_us}" for p in outcome)


def test_there_are_profiles_and_each_has_a_transcript() -> None:
    assert len(names()) >= 8
    for name in names():
        assert load(name).name == name
        assert any(" " in meaning or meaning == "start" for _, meaning in transcript(name)), name


@pytest.mark.parametrize("name", names())
def test_a_transcript_is_read_as_written(name: str) -> None:
    reader = LineReader(load(name))
    for sent, meaning in transcript(name):
        outcomes = [outcome for byte in sent for outcome in reader.feed(bytes([byte]))]
        assert [said(outcome) for outcome in outcomes] == [meaning], sent


@pytest.mark.parametrize("name", names())
def test_garbage_is_refused_and_the_next_line_read(name: str) -> None:
    profile = load(name)
    reader = LineReader(profile)
    sent, meaning = next(pair for pair in transcript(name) if pair[1][0].isdigit())
    garbage = bytes(range(128, 256)) * 10 + profile.line_ends.encode()
    outcomes = list(reader.feed(garbage + sent))
    assert isinstance(outcomes[0], LineRefused)
    assert said(outcomes[-1]) == meaning


def test_a_profile_of_ones_own_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\ntitle: Mine\nsource: me\nserial: {baud: 9600}\nmeaning: elapsed\nresolution_us: 1000\n"
        "patterns: [{regex: '^(?P<channel>[0-9]):(?P<seconds>[0-9.]+)$'}]\n"
    )
    assert LineReader(load(str(path))).read("2:7.5") == [Passing(2, 7_500_000)]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"serial": {"baud": "fast"}}, "baud"), ({"patterns": []}, "no pattern"), ({"colour": "red"}, "colour")],
)
def test_a_wrong_profile_is_refused_with_the_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Profile.model_validate(load("the_judge").model_dump() | change)
