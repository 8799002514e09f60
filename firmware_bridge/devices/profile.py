"""What a timing device says, as a declaration: a YAML file of this shape makes it known (docs/hardware/profiles.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

PROFILES = Path(__file__).parent / "profiles"
LONGEST_LINE = 512
Meaning = Literal["time_of_day", "elapsed"]


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Serial(Closed):
    """How the line is set; bits as in `8N1`."""

    baud: int
    framing: Annotated[str, Field(pattern=r"^[78][NEO][12]$")] = "8N1"


class Probe(Closed):
    """What to send to ask whether this device is there, and what it then says."""

    send: str
    expect: str


class Pattern(Closed):
    """A regular expression over one line (or what is left of it). Its groups say what is meant:

    ``channel`` a number or letter; ``seconds``, ``minutes``, ``hours`` with decimals in the last; ``digits`` seconds
    without a point, ``decimals`` of them behind it; ``check`` a check sum. ``starts`` marks a line that opens a heat.
    """

    regex: str
    starts: bool = False
    repeats: bool = False
    decimals: int = 0
    zero_means_none: bool = False

    @field_validator("regex")
    @classmethod
    def _compiles(cls, text: str) -> str:
        re.compile(text)
        return text


class Profile(Closed):
    """One kind of device. ``resolution_us`` is what its last digit is worth, and no result is surer than that."""

    name: str
    title: str
    source: str
    serial: Serial
    line_ends: Annotated[str, Field(min_length=1)] = "\r\n"
    probe: Probe | None = None
    meaning: Meaning
    resolution_us: float
    channels: dict[str, int] = {}
    check_sum: Literal["ascii_sum_16"] | None = None
    patterns: tuple[Pattern, ...]
    commands: dict[str, str] = {}

    @model_validator(mode="after")
    def _channels_or_lanes(self) -> Self:
        if not any("seconds" in p.regex or "digits" in p.regex for p in self.patterns):
            raise ValueError("no pattern gives a time")
        return self


@dataclass(frozen=True, slots=True)
class Passing:
    """What one line claims: a channel and the device's own time in microseconds; ``is_start`` opens a heat."""

    channel: int
    time_us: int
    is_start: bool = False


class LineRefused(ValueError):
    """A line that the profile does not know (``line_unknown``), or whose check sum is wrong (``bad_check_sum``)."""

    def __init__(self, code: str, line: str) -> None:
        self.code = code
        self.line = line
        super().__init__(f"{code}: {line!r}")


def load(name_or_path: str) -> Profile:
    """A shipped profile by name, or one from a file. Raises OSError, ValueError (pydantic's, with the field)."""
    shipped = PROFILES / f"{name_or_path}.yaml"
    path = shipped if shipped.exists() else Path(name_or_path)
    return Profile.model_validate(yaml.safe_load(path.read_text("utf-8")))


def names() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.yaml"))


class LineReader:
    """Cuts a device's bytes into lines and reads them; what it does not know is refused, counted and shown."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._ends = set(profile.line_ends.encode())
        self._patterns = [(pattern, re.compile(pattern.regex)) for pattern in profile.patterns]
        self._pending = bytearray()

    def feed(self, received: bytes) -> Iterator[list[Passing] | LineRefused]:
        """For each line that is completed, what it says, or why it says nothing; never raises."""
        for byte in received:
            if byte not in self._ends:
                if len(self._pending) < LONGEST_LINE:
                    self._pending.append(byte)
                continue
            line = self._pending.decode("latin-1").strip("\x00")
            self._pending.clear()
            if line.strip():
                try:
                    yield self.read(line)
                except LineRefused as refused:
                    yield refused

    def read(self, line: str) -> list[Passing]:
        """What one line says; empty for a line that is known to say nothing. Raises LineRefused."""
        for pattern, compiled in self._patterns:
            matches = list(compiled.finditer(line)) if pattern.repeats else [compiled.search(line)]
            found = [match for match in matches if match]
            if found:
                self._check(line, found[0])
                passings = [self._passing(pattern, match) for match in found]
                return [passing for passing in passings if passing]
        raise LineRefused("line_unknown", line)

    def _check(self, line: str, match: re.Match[str]) -> None:
        if self._profile.check_sum is None:
            return
        summed = sum(line[: match.start("check")].rstrip(" \t").encode("latin-1")) & 0xFFFF
        if int(match["check"], 16) != summed:
            raise LineRefused("bad_check_sum", line)

    def _passing(self, pattern: Pattern, match: re.Match[str]) -> Passing | None:
        groups = match.groupdict()
        time_us = _time_us(groups, pattern.decimals)
        if pattern.starts:
            return Passing(0, time_us or 0, is_start=True)
        if time_us is None or (pattern.zero_means_none and time_us == 0):
            return None
        return Passing(self._channel(groups.get("channel") or "0", match.string), time_us)

    def _channel(self, said: str, line: str) -> int:
        if said in self._profile.channels:
            return self._profile.channels[said]
        if said.isdigit():
            return int(said)
        raise LineRefused("channel_unknown", line)


def _time_us(groups: dict[str, Any], decimals: int) -> int | None:
    if groups.get("digits"):
        return int(str(groups["digits"])) * int(10 ** (6 - decimals))
    if groups.get("seconds") is None:
        return None
    whole, _, part = str(groups["seconds"]).replace(",", ".").partition(".")
    minutes = int(groups.get("hours") or 0) * 60 + int(groups.get("minutes") or 0)
    return (minutes * 60 + int(whole or 0)) * 1_000_000 + int(part.ljust(6, "0")[:6] or 0)
