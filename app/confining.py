"""Files that strangers made, read in a process of its own: one that takes too much is ended, and nothing else with it.

``python -m MODULE MEMORY CPU`` is given the file on its standard input; it calls ``answer_within`` and answers on its
standard output.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger()

PATIENCE = 4
"""How much longer than its share of the processor a process may take, on a machine that is busy."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a process may take."""

    memory_bytes: int
    cpu_s: int


class Ended(Exception):
    """The process took too much, or died of what it was given."""


def confined(module: str, given: bytes, bounds: Bounds) -> bytes:
    """What ``module`` answers to ``given``. Raises Ended.

    On the server the event loop goes on meanwhile, for gevent's subprocesses are waited for as its sockets are.
    """
    command = [sys.executable, "-m", module, str(bounds.memory_bytes), str(bounds.cpu_s)]
    try:
        done = subprocess.run(
            command, input=given, stdout=subprocess.PIPE, timeout=PATIENCE * bounds.cpu_s, check=True
        )
    except (subprocess.SubprocessError, OSError) as failure:
        log.warning("confined_ended", module=module, reason=str(failure))
        raise Ended(module) from failure
    return done.stdout


def answer_within(answer: Callable[[bytes], bytes]) -> None:
    """Be the process: answer what is on standard input, within the bounds told on the command line."""
    memory_bytes, cpu_s = map(int, sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
