"""``flash``: builds the firmware if need be and writes it to an Uno or Nano with avrdude."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

from ..ports import resolve

FIRMWARE = Path(__file__).resolve().parents[1] / "firmware"
HEX = FIRMWARE / "build" / "baige-atmega328p.hex"
BOOTLOADER_BAUD = {"uno": 115_200, "nano": 115_200, "nano_old": 57_600}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", required=True, help="/dev/…, usb:SERIAL or socket:PATH")
    parser.add_argument("--board", choices=sorted(BOOTLOADER_BAUD), default="uno")
    parser.add_argument("--hex", type=Path, help="a firmware built elsewhere")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")


def run(asked: argparse.Namespace) -> int:
    """0 when written; otherwise what make or avrdude ended with, 1 where one of them is missing."""
    image: Path = asked.hex or HEX
    steps = [] if image.exists() else [["make", "-C", str(FIRMWARE)]]
    steps.append(avrdude(resolve(asked.port), BOOTLOADER_BAUD[asked.board], image))
    for step in steps:
        print(" ".join(step))
        if asked.dry_run:
            continue
        if shutil.which(step[0]) is None:
            print(f"{step[0]} is not installed: apt install make gcc-avr avr-libc avrdude")
            return 1
        code = subprocess.run(step).returncode
        if code:
            return code
    return 0


def avrdude(path: str, baud: int, image: Path) -> list[str]:
    return [
        "avrdude",
        "-c",
        "arduino",
        "-p",
        "m328p",
        "-P",
        path,
        "-b",
        str(baud),
        "-D",
        "-U",
        f"flash:w:{image}:i",
    ]
