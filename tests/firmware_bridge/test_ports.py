"""How a port is found, kept open, and what is made of a driver that holds bytes back."""

from __future__ import annotations

import os
import threading
import time
import tty
from pathlib import Path

import pytest
from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo

from firmware_bridge import ports
from firmware_bridge.board import Board
from firmware_bridge.faults import Faults
from firmware_bridge.ports import PortUnknown, resolve
from firmware_bridge.spool import Spool
from firmware_bridge.transport import SerialPort, Transport


def plugged_in(path: str, serial_number: str | None) -> ListPortInfo:
    info = ListPortInfo(path)
    info.serial_number = serial_number
    return info


def test_a_board_is_found_by_its_usb_serial_number(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [plugged_in("/dev/ttyACM0", "8563"), plugged_in("/dev/ttyACM1", "7431")]
    monkeypatch.setattr(list_ports, "comports", lambda: there)
    assert resolve("usb:7431") == "/dev/ttyACM1"
    with pytest.raises(PortUnknown, match=r"usb:1 is not among usb:8563, usb:7431"):
        resolve("usb:1")


def test_a_clone_without_one_is_found_by_the_socket_it_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ttyUSB3").touch()
    (tmp_path / "pci-0000:00:14.0-usb-0:2:1.0-port0").symlink_to("ttyUSB3")
    monkeypatch.setattr(ports, "BY_PATH", tmp_path)
    assert resolve("socket:pci-0000:00:14.0-usb-0:2:1.0-port0") == str(tmp_path / "ttyUSB3")
    with pytest.raises(PortUnknown, match="port0"):
        resolve("socket:elsewhere")


class DyingPort:
    """Opens, and is gone at the first read."""

    low_latency = None

    def read(self) -> bytes:
        raise OSError("input/output error")

    def write(self, sent: bytes) -> None:
        """Nobody is there."""

    def close(self) -> None:
        """Nothing is open."""


def test_a_port_that_opens_and_dies_is_tried_at_leisure() -> None:
    gone = threading.Semaphore(0)
    transport = Transport(
        DyingPort, lambda: None, lambda *_: None, lambda _: gone.release(), time.monotonic_ns
    )
    began_s = time.monotonic()
    transport.start()
    for _ in range(4):
        assert gone.acquire(timeout=20)
    transport.stop()
    assert time.monotonic() - began_s > 0.2 + 0.4 + 0.8 - 0.1


class HeldBackPort(SerialPort):
    """A port whose driver refuses to hand bytes over at once, as one for FTDI chips may."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.low_latency = False


def test_a_driver_that_holds_bytes_back_is_said(tmp_path: Path) -> None:
    far, near = os.openpty()
    tty.setraw(near)
    told = threading.Event()
    faults, spool = Faults(told.set), Spool(tmp_path / "spool.sqlite3")
    board = Board(lambda: HeldBackPort(os.ttyname(near)), spool, faults, lambda: None, lambda: None)
    board.start()
    assert told.wait(20)
    assert [fault["code"] for fault in faults.standing()] == ["low_latency_refused"]
    assert board.health()["link"]["low_latency"] is False
    board.stop()
    spool.close()
    os.close(far)
    os.close(near)
