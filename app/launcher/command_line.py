"""Obeys ``setup`` and ``run``; everything that can be foreseen to go wrong ends in a sentence, not a traceback."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from .options import BadOption, read
from .run import CannotRun, run
from .setup import LOG, SetupFailed, setup


def obey(arguments: Sequence[str]) -> int:
    """Do what was asked; the exit code: 0 done, 1 it could not be done, 2 wrongly asked, 130 interrupted."""
    asked = _parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        if asked.what == "setup":
            setup(dev=asked.dev)
        else:
            options = read()
            setup()
            run(options)
    except BadOption as error:
        return _complain(str(error), 2)
    except SetupFailed as error:
        return _complain(f"{error}\nThe set-up stopped here. Its whole log: {LOG}")
    except CannotRun as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="app/launcher", description="Sets Baige up and runs it; `make` calls this."
    )
    subparsers = parser.add_subparsers(dest="what", required=True)
    setting_up = subparsers.add_parser("setup", help="set the checkout up, into .venv")
    setting_up.add_argument("--dev", action="store_true", help="with what tests and checks need")
    subparsers.add_parser("run", help="set up, then run the server, its worker and the demo")
    return parser


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _complain(sentence: str, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code
