"""Record, replay, doctor and flash, as a person uses them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from firmware_bridge import __main__ as program
from firmware_bridge.bridge import Bridge, BridgeSettings
from firmware_bridge.recording import RecordingPort, ReplayPort, TranscriptBad
from firmware_bridge.simulator import SimulatedBoard
from firmware_bridge.tools import doctor, flash
from firmware_bridge.transport import Port, SerialPort

from .built import Built
from .receiving import Receiver

HARDWARE = Path(__file__).parents[2] / "docs" / "hardware"


@pytest.fixture
def board() -> Iterator[SimulatedBoard]:
    made = SimulatedBoard(device=b"testgate", boot=1)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    made.start()
    yield made
    made.stop()


def test_what_is_recorded_can_be_replayed(board: SimulatedBoard, receiver: Receiver, tmp_path: Path) -> None:
    transcript = tmp_path / "transcript.jsonl"
    with transcript.open("w", encoding="utf-8") as to:

        def recorded() -> Port:
            return RecordingPort(SerialPort(board.path), to)

        bridge = Bridge(BridgeSettings(receiver.url, "token", tmp_path / "one.sqlite3"), recorded)
        bridge.start()
        receiver.wait_for(lambda: any(beat["clock"]["quality"] != "none" for beat in receiver.heartbeats))
        ticks = [board.trip(number % 2) for number in range(10)]
        receiver.wait_for(lambda: len(receiver.readings) == 10)
        bridge.stop()
    receiver.readings.clear()
    receiver.heartbeats.clear()

    settings = BridgeSettings(receiver.url, "token", tmp_path / "two.sqlite3", origin="replayed")
    replaying = Bridge(settings, lambda: ReplayPort(transcript, speed=5))
    replaying.start()
    receiver.wait_for(lambda: len(receiver.readings) == 10)
    receiver.wait_for(lambda: bool(receiver.heartbeats))
    replaying.stop()
    assert [reading["ticks"] for _, reading in sorted(receiver.readings.items())] == ticks
    assert receiver.heartbeats[-1]["origin"] == "replayed"


def test_a_torn_end_is_passed_over_and_a_bad_line_named(tmp_path: Path) -> None:
    good = json.dumps({"at_ns": 1, "way": "in", "hex": "0402"})
    path = tmp_path / "transcript.jsonl"
    path.write_text(f'{good}\n{{"at_ns": 2, "wa')
    assert ReplayPort(path).read() == b"\x04\x02"
    path.write_text(f"{good}\nnonsense\n{good}\n")
    with pytest.raises(TranscriptBad, match="line 2"):
        ReplayPort(path)


def test_the_doctor_finds_a_board_and_says_who_it_is(
    board: SimulatedBoard, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = program.arguments().parse_args(["doctor", "--port", board.path])
    said = [finding.said for finding in doctor.findings(asked) if finding.is_good]
    assert any(b"testgate".hex() in line for line in said)


def test_the_doctor_says_what_to_do_when_nobody_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "no-such-port"
    asked = program.arguments().parse_args(
        ["doctor", "--port", str(missing), "--server", "http://127.0.0.1:9"]
    )
    assert doctor.run(asked) == 1
    said = capsys.readouterr().out
    assert str(missing) in said
    assert "is the server on" in said


def test_flashing_says_what_it_would_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = tmp_path / "firmware.hex"
    image.write_text(":00000001FF\n")
    asked = program.arguments().parse_args(
        ["flash", "--port", "/dev/ttyACM0", "--board", "nano_old", "--hex", str(image), "--dry-run"]
    )
    assert flash.run(asked) == 0
    assert f"-b 57600 -D -U flash:w:{image}:i" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("avrdude") is None, reason="avrdude is not installed")
def test_avrdude_takes_the_command_and_its_failure_is_ours(
    built: Built, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    image, port = built.elf.with_suffix(".hex"), tmp_path / "no-such-port"
    asked = program.arguments().parse_args(["flash", "--port", str(port), "--hex", str(image)])
    assert flash.run(asked) != 0
    said = capfd.readouterr().err
    assert str(port) in said
    assert "usage" not in said.lower()


@pytest.mark.skipif(shutil.which("avr-objcopy") is None, reason="binutils-avr is not installed")
def test_the_image_that_is_flashed_is_the_firmware(built: Built, tmp_path: Path) -> None:
    from_elf, from_hex = tmp_path / "elf.bin", tmp_path / "hex.bin"
    image = built.elf.with_suffix(".hex")
    for argv in (
        ["-O", "binary", "-R", ".eeprom", built.elf, from_elf],
        ["-I", "ihex", "-O", "binary", image, from_hex],
    ):
        subprocess.run(["avr-objcopy", *map(str, argv)], check=True)
    assert from_hex.read_bytes() == from_elf.read_bytes() != b""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_unit_is_one_that_systemd_knows(tmp_path: Path) -> None:
    unit = (HARDWARE / "baige-bridge@.service").read_text("utf-8")
    lines = ["ExecStart=/bin/true" if line.startswith("ExecStart=") else line for line in unit.splitlines()]
    path = tmp_path / "baige-bridge@A.service"
    path.write_text("\n".join(lines))
    done = subprocess.run(["systemd-analyze", "verify", str(path)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_to_run_is_what_is_meant_without_a_command() -> None:
    assert program.with_command(["--simulate"]) == ["run", "--simulate"]
    assert program.with_command(["doctor"]) == ["doctor"]
    assert program.with_command(["--help"]) == ["--help"]


def test_the_program_simulates_reports_and_ends_cleanly(receiver: Receiver, tmp_path: Path) -> None:
    arguments = ["--server", receiver.url, "--simulate", "--spool", str(tmp_path / "A.sqlite3")]
    timing = ["--simulate-wait-s", "0.05:0.1", "--simulate-run-s", "0.1:0.2", "--seed", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "firmware_bridge", *arguments, *timing],
        env=os.environ | {"BAIGE_TOKEN": "token"},
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    receiver.wait_for(lambda: any(beat["clock"]["quality"] != "none" for beat in receiver.heartbeats))
    receiver.armed = {"run": "1"}
    receiver.wait_for(lambda: len(receiver.readings) == 4)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert all(json.loads(line) for line in said.splitlines())
    assert receiver.heartbeats[-1]["origin"] == "simulated"


def test_a_token_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "firmware_bridge", "--simulate", "--spool", str(tmp_path / "A.sqlite3")],
        env={name: value for name, value in os.environ.items() if name != "BAIGE_TOKEN"},
        capture_output=True,
        text=True,
        timeout=30,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 2
    assert "--token-file" in done.stderr
