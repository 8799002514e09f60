"""``run`` and ``replay``: the bridge on a board, a profile, the Pi's pins, a simulated board, or a transcript."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .board import Board
from .bridge import Bridge, BridgeSettings
from .devices.device import DeviceMaker
from .devices.pins import KernelEdges, Lamp, PinDevice
from .devices.profile import load, names
from .devices.profiled import ProfiledTimer
from .recording import RecordingPort, ReplayPort
from .simulator import Robots, SimulatedBoard
from .transport import Port, SerialPort


def add_server_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", default=os.environ.get("BAIGE_SERVER", "http://127.0.0.1:8000"))
    parser.add_argument("--token", default=os.environ.get("BAIGE_TOKEN", ""), help="the controller's token")
    token_file = os.environ.get("BAIGE_TOKEN_FILE")
    parser.add_argument("--token-file", type=Path, default=token_file, help="a file that holds the token")
    parser.add_argument(
        "--ca", type=Path, default=os.environ.get("BAIGE_CA"), help="the server's certificate authority"
    )
    parser.add_argument("--name", help="what we are called before a board has said its name")
    parser.add_argument("--spool", type=Path, default=os.environ.get("BAIGE_SPOOL", "spool.sqlite3"))


def add_run_arguments(parser: argparse.ArgumentParser) -> None:
    add_server_arguments(parser)
    port = os.environ.get("BAIGE_PORT")
    parser.add_argument("--port", default=port, help="the board: usb:SERIAL, socket:PATH or /dev/…")
    parser.add_argument(
        "--simulate", action="store_true", help="make a board of our own; readings are marked"
    )
    parser.add_argument("--profile", help=f"a timer of another make: {', '.join(names())}, or a YAML file")
    parser.add_argument("--gpio", metavar="CHIP", help="time by the Pi's own pins, such as /dev/gpiochip0")
    parser.add_argument("--lines", type=numbered, default={0: 17, 1: 27}, metavar="CHANNEL=LINE,…")
    parser.add_argument("--lamps", type=numbered, default={0: 22}, metavar="OUTPUT=PIN,…")
    parser.add_argument("--record", type=Path, help="write a transcript of the port as well")
    parser.add_argument("--simulate-wait-s", type=span, default=(1.0, 2.5), metavar="LOW:HIGH")
    parser.add_argument("--simulate-run-s", type=span, default=(8.0, 20.0), metavar="LOW:HIGH")
    parser.add_argument("--seed", type=int)


def add_replay_arguments(parser: argparse.ArgumentParser) -> None:
    add_server_arguments(parser)
    parser.add_argument("transcript", type=Path)
    parser.add_argument("--profile", help="of the device that was recorded; without it, our board")
    parser.add_argument("--speed", type=float, default=1.0)


def span(text: str) -> tuple[float, float]:
    """``LOW:HIGH`` in seconds. Raises ValueError."""
    low, _, high = text.partition(":")
    return float(low), float(high or low)


def numbered(text: str) -> dict[int, int]:
    """``0=17,1=27``. Raises ValueError."""
    return {int(a): int(b) for a, b in (pair.split("=") for pair in text.split(","))}


def run(asked: argparse.Namespace, stop: threading.Event) -> int:
    """Until told to stop. 2 where something needed was not given."""
    if sum(map(bool, (asked.port, asked.simulate, asked.gpio))) != 1:
        print("give one of --port, --simulate and --gpio", file=sys.stderr)
        return 2
    if asked.simulate:
        return _run_simulated(asked, stop)
    if asked.gpio:
        return bridge(asked, _no_port, partial(PinDevice, asked.name, *_pins(asked)), stop)
    return bridge(
        asked, _recorded(asked, partial(_open, asked.port, asked.profile)), _maker(asked.profile), stop
    )


def replay(asked: argparse.Namespace, stop: threading.Event) -> int:
    """Play a transcript to the server, marked as replayed, until told to stop."""
    return bridge(
        asked, partial(ReplayPort, asked.transcript, asked.speed), _maker(asked.profile), stop, "replayed"
    )


def bridge(
    asked: argparse.Namespace,
    open_port: Callable[[], Port],
    make_device: DeviceMaker,
    stop: threading.Event,
    origin: str | None = None,
) -> int:
    token = asked.token_file.read_text().strip() if asked.token_file else asked.token
    if not token:
        print("a token is needed: --token, --token-file or BAIGE_TOKEN", file=sys.stderr)
        return 2
    settings = BridgeSettings(asked.server, token, asked.spool, asked.ca, origin, asked.name)
    running = Bridge(settings, open_port, make_device)
    running.start()
    stop.wait()
    running.stop()
    return 0


def _run_simulated(asked: argparse.Namespace, stop: threading.Event) -> int:
    board = SimulatedBoard(device=asked.spool.stem.encode()[:8])
    robots = Robots(board, asked.simulate_wait_s, asked.simulate_run_s, asked.seed)
    board.start()
    robots.start()
    try:
        return bridge(asked, _recorded(asked, partial(SerialPort, board.path)), Board, stop)
    finally:
        robots.stop()
        board.stop()


def _maker(profile: str | None) -> DeviceMaker:
    return partial(ProfiledTimer, load(profile)) if profile else Board


def _open(port: str, profile: str | None) -> Port:
    if profile is None:
        return SerialPort(port)
    line = load(profile).serial
    return SerialPort(port, line.baud, int(line.framing[0]), line.framing[1], int(line.framing[2]))


def _recorded(asked: argparse.Namespace, open_port: Callable[[], Port]) -> Callable[[], Port]:
    if asked.record is None:
        return open_port
    to = asked.record.open("a", encoding="utf-8")
    return lambda: RecordingPort(open_port(), to)


def _pins(asked: argparse.Namespace) -> tuple[Callable[[], KernelEdges], dict[int, Lamp]]:
    from gpiozero import LED  # only where there are pins

    return partial(KernelEdges, asked.gpio, asked.lines), {
        output: LED(pin) for output, pin in asked.lamps.items()
    }


def _no_port() -> Port:
    raise OSError("pins have no port")
