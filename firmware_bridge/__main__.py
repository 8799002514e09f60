"""``python -m firmware_bridge``: run the field controller; or ``record``, ``replay``, ``flash`` or ``doctor``."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

import structlog

from . import running
from .tools import doctor, flash, record

COMMANDS = ("run", "record", "replay", "flash", "doctor")


def main() -> int:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    asked = arguments().parse_args(with_command(sys.argv[1:]))
    if asked.command == "flash":
        return flash.run(asked)
    if asked.command == "doctor":
        return doctor.run(asked)
    until_stopped = {"run": running.run, "replay": running.replay, "record": record.run}
    return until_stopped[asked.command](asked, stopped_by_signal())


def with_command(given: list[str]) -> list[str]:
    """To run is what is meant where no command is given."""
    return given if given and given[0] in (*COMMANDS, "-h", "--help") else ["run", *given]


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m firmware_bridge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    running.add_run_arguments(commands.add_parser("run", help="the field controller (the default)"))
    running.add_replay_arguments(commands.add_parser("replay", help="play a transcript, marked as replayed"))
    record.add_arguments(commands.add_parser("record", help="write down what a serial port says"))
    flash.add_arguments(commands.add_parser("flash", help="write the firmware to an Uno or Nano"))
    doctor.add_arguments(commands.add_parser("doctor", help="say what is wrong, and what to do"))
    return parser


def stopped_by_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


if __name__ == "__main__":
    sys.exit(main())
