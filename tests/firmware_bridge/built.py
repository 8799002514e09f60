"""Builds the firmware and the emulated board, once a test session, from their own Makefiles."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRMWARE = ROOT / "firmware_bridge" / "firmware"
EMULATOR = ROOT / "firmware_bridge" / "emulator"
TOOLS = ("make", "cc", "avr-gcc", "simavr")


@dataclass(frozen=True, slots=True)
class Built:
    """Where the firmware's ELF and the program that runs it are, and what the build said of its size."""

    elf: Path
    emulator: Path
    size: str


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def build(folder: Path) -> Built:
    """Raises subprocess.CalledProcessError if the compiler, or the size budget, refuses."""
    said = make(FIRMWARE, folder)
    make(EMULATOR, folder)
    return Built(folder / "baige-atmega328p.elf", folder / "board", said.splitlines()[-1])


def make(source: Path, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["make", "-s", "-C", str(source), f"OUT={folder}", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    missing = missing_tools()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (see tests/machine.py)")
    return build(tmp_path_factory.mktemp("built"))
