"""``doctor``: what a person would check first, one line a finding, each with what to do about it."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from ..framing import FrameReader
from ..messages import PROTOCOL, Hello, HelloRequest, MessageRefused, ProtocolUnknown, read_from_board
from ..ports import described, resolve
from ..spool import Spool
from ..transport import Port, SerialPort

HELLO_WITHIN_S = 4.0
"""An Uno that was reset by opening its port is two seconds in its bootloader."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and found; ``advice`` only where something is wrong."""

    is_good: bool
    said: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", help="the board's port; without it, every serial port is listed")
    parser.add_argument("--server", default=os.environ.get("BAIGE_SERVER"))
    parser.add_argument("--ca", type=Path)
    parser.add_argument("--spool", type=Path)


def run(asked: argparse.Namespace) -> int:
    """0 when nothing is wrong."""
    is_good = True
    for finding in findings(asked):
        print("ok  " if finding.is_good else "BAD ", finding.said)
        if finding.advice:
            print("     →", finding.advice)
        is_good &= finding.is_good
    return 0 if is_good else 1


def findings(asked: argparse.Namespace) -> Iterator[Finding]:
    yield from _ports()
    if asked.port:
        yield from _board(asked.port)
    if asked.server:
        yield _server(asked.server, asked.ca)
    if asked.spool and asked.spool.exists():
        yield _spool(asked.spool)


def _ports() -> Iterator[Finding]:
    ports = described()
    if not ports:
        yield Finding(False, "no serial port", "plug the board in; try another cable: some only charge")
    for port in ports:
        number = port["serial_number"]
        named = f"usb:{number}" if number else "no serial number: name it by its socket"
        yield Finding(True, f"{port['path']}: {port['description']} ({named})")


def _board(wanted: str) -> Iterator[Finding]:
    try:
        path = resolve(wanted)
        port = SerialPort(wanted)
    except OSError as error:
        advice = (
            "add yourself to the group dialout"
            if "Permission" in str(error)
            else "is another program using it?"
        )
        yield Finding(False, f"{wanted}: {error}", advice)
        return
    try:
        if port.low_latency is False:
            yield Finding(
                False,
                f"{path}: the driver keeps bytes back for 16 ms",
                "install docs/hardware/60-baige.rules",
            )
        yield _hello(port)
    finally:
        port.close()


def _hello(port: Port) -> Finding:
    try:
        hello = greeting(port, HELLO_WITHIN_S)
    except ProtocolUnknown as unknown:
        return Finding(
            False,
            f"the board speaks protocol {unknown.found}",
            f"this bridge speaks {PROTOCOL}: flash the board",
        )
    if hello is None:
        return Finding(False, "nobody says HELLO", "is the firmware on it? python -m firmware_bridge flash")
    said = f"board {hello.name}, firmware {hello.firmware:#06x}, start {hello.boot}, dropped {hello.dropped}"
    return Finding(True, said)


def greeting(port: Port, within_s: float) -> Hello | None:
    """Ask until a HELLO comes; None where none does. Raises ProtocolUnknown."""
    frames, until_s = FrameReader(), time.monotonic() + within_s
    while time.monotonic() < until_s:
        port.write(HelloRequest().to_frame().to_bytes())
        for frame in frames.feed(port.read()):
            try:
                message = read_from_board(frame)
            except ProtocolUnknown:
                raise
            except MessageRefused:
                continue
            if isinstance(message, Hello):
                return message
    return None


def _server(url: str, authority: Path | None) -> Finding:
    try:
        answer = httpx.get(f"{url}/healthz", timeout=5, verify=str(authority) if authority else True)
    except httpx.HTTPError as error:
        return Finding(
            False, f"{url}: {error}", "is the server on, and this the right network? with HTTPS, give --ca"
        )
    return Finding(answer.status_code == 200, f"{url}: {answer.status_code}")


def _spool(path: Path) -> Finding:
    spool = Spool(path)
    waiting = spool.waiting()
    spool.close()
    said = f"{path}: {waiting['unsent']} unsent, {waiting['refused']} refused"
    return Finding(waiting["refused"] == 0, said, "refused readings stay there" if waiting["refused"] else "")
