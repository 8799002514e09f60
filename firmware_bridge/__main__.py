"""``python -m firmware_bridge``: run the field controller, on a real board or a simulated one."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

import structlog

from .bridge import Bridge, BridgeSettings
from .simulator import Robots, SimulatedBoard
from .transport import SerialPort


def main() -> int:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    asked = arguments().parse_args()
    stop = threading.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, lambda *_: stop.set())
    if asked.simulate:
        return run_simulated(asked, stop)
    return run(asked, asked.port, stop)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m firmware_bridge", description=__doc__)
    parser.add_argument("--server", default=os.environ.get("BAIGE_SERVER", "http://127.0.0.1:8000"))
    parser.add_argument("--token", default=os.environ.get("BAIGE_TOKEN", ""), help="the controller's token")
    parser.add_argument("--token-file", type=Path, help="a file that holds the token")
    parser.add_argument("--ca", type=Path, help="the certificate authority of the server")
    parser.add_argument("--name", help="what we are called before a board has said its name")
    parser.add_argument("--spool", type=Path, default=Path("spool.sqlite3"))
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--port", help="the board's serial port, best by its /dev/serial/by-id name")
    where.add_argument("--simulate", action="store_true", help="make a board of our own; readings are marked")
    parser.add_argument("--simulate-wait-s", type=span, default=(1.0, 2.5), metavar="LOW:HIGH")
    parser.add_argument("--simulate-run-s", type=span, default=(8.0, 20.0), metavar="LOW:HIGH")
    parser.add_argument("--seed", type=int)
    return parser


def span(text: str) -> tuple[float, float]:
    """``LOW:HIGH`` in seconds. Raises ValueError."""
    low, _, high = text.partition(":")
    return float(low), float(high or low)


def run_simulated(asked: argparse.Namespace, stop: threading.Event) -> int:
    board = SimulatedBoard(device=asked.spool.stem.encode()[:8])
    robots = Robots(board, asked.simulate_wait_s, asked.simulate_run_s, asked.seed)
    board.start()
    robots.start()
    try:
        return run(asked, board.path, stop)
    finally:
        robots.stop()
        board.stop()


def run(asked: argparse.Namespace, port: str, stop: threading.Event) -> int:
    token = asked.token_file.read_text().strip() if asked.token_file else asked.token
    if not token:
        print("a token is needed: --token, --token-file or BAIGE_TOKEN", file=sys.stderr)  # noqa: T201
        return 2
    settings = BridgeSettings(asked.server, token, asked.spool, asked.ca, name=asked.name)
    bridge = Bridge(settings, lambda: SerialPort(port))
    bridge.start()
    stop.wait()
    bridge.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
