"""``record``: writes down what a port says until Ctrl-C, for a profile's transcript or to look into a fault."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from ..messages import HelloRequest
from ..recording import RecordingPort
from ..transport import BAUD, SerialPort


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", required=True, help="/dev/…, usb:SERIAL or socket:PATH")
    parser.add_argument("--to", type=Path, required=True, help="the transcript, a JSON object a line")
    parser.add_argument("--baud", type=int, default=BAUD)


def run(asked: argparse.Namespace, stop: threading.Event) -> int:
    with asked.to.open("a", encoding="utf-8") as to:
        port = RecordingPort(SerialPort(asked.port, asked.baud), to)
        try:
            if asked.baud == BAUD:
                port.write(HelloRequest().to_frame().to_bytes())
            while not stop.is_set():
                port.read()
        finally:
            port.close()
    return 0
