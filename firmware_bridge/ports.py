"""Finds a board's serial port by what stays the same when it is plugged in again: a serial number, or its socket."""

from __future__ import annotations

from pathlib import Path

from serial.tools import list_ports

BY_PATH = Path("/dev/serial/by-path")
SERIAL_NUMBER = "usb:"
SOCKET = "socket:"


class PortUnknown(OSError):
    """Nothing that fits is plugged in; ``wanted`` is what was asked for, ``found`` what is there."""

    def __init__(self, wanted: str, found: list[str]) -> None:
        self.wanted = wanted
        self.found = found
        super().__init__(f"port_unknown: {wanted} is not among {', '.join(found) or 'no ports'}")


def resolve(wanted: str) -> str:
    """The device file for ``usb:SERIAL``, ``socket:PATH`` (a name in /dev/serial/by-path) or a path itself.

    Cheap clones have no serial number: name the socket of the hub, and let HELLO say which board it is.
    Raises PortUnknown.
    """
    if wanted.startswith(SERIAL_NUMBER):
        return _by_serial_number(wanted)
    if wanted.startswith(SOCKET):
        link = BY_PATH / wanted.removeprefix(SOCKET)
        if not link.exists():
            raise PortUnknown(wanted, sorted(name.name for name in BY_PATH.glob("*")))
        return str(link.resolve())
    return wanted


def described() -> list[dict[str, str | None]]:
    """Every serial port of this machine: its path, what it says it is, and its serial number."""
    return [
        {"path": port.device, "description": port.description, "serial_number": port.serial_number}
        for port in list_ports.comports()
    ]


def _by_serial_number(wanted: str) -> str:
    number = wanted.removeprefix(SERIAL_NUMBER)
    ports = list_ports.comports()
    for port in ports:
        if port.serial_number == number:
            return str(port.device)
    raise PortUnknown(wanted, [f"usb:{port.serial_number}" for port in ports if port.serial_number])
