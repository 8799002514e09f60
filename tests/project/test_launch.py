"""`make run` itself: an empty installation started, refused a second time, mended after a crash, and stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import ROOT, free_port

WITHIN_S = 60.0


class Launch:
    """A launcher in a session of its own, on a folder and a free port; what it has said so far is in ``said``."""

    def __init__(self, data: Path, port: int, **settings: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.said = ""
        known = {"DATA": str(data), "PORT": str(port), "HOST": "127.0.0.1", "DEMO": "0"}
        self.process = subprocess.Popen(
            [sys.executable, "app/launcher", "run"],
            cwd=ROOT,
            env=os.environ | known | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def listen_for(self, words: str) -> str:
        """Read on until a line has these words; that line."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if words in line:
                return line
        raise AssertionError(f"never said “{words}”, but:\n{self.said}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.said += self.process.communicate(timeout=WITHIN_S)[0]
        return self.process.returncode


@pytest.fixture(scope="module")
def launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launch]:
    """An empty installation, up and running."""
    launched = Launch(tmp_path_factory.mktemp("installation"), free_port())
    try:
        launched.listen_for("Ctrl-C")
        yield launched
    finally:
        launched.end()


@pytest.fixture
def data(launch: Launch) -> Path:
    found = re.search(r"Logs: (.*)/logs", launch.said)
    assert found
    return Path(found.group(1))


def test_empty_installation_leads_to_the_first_account(launch: Launch) -> None:
    found = re.search(r"http\S*/setup/\S+", launch.said)
    assert found
    assert httpx.get(found.group()).status_code == 200
    assert httpx.get(f"{launch.url}/setup/guessed").status_code == 404


def test_second_launcher_on_the_same_data_is_refused(launch: Launch, data: Path) -> None:
    second = Launch(data, free_port())
    second.process.wait(timeout=WITHIN_S)
    assert second.end() == 1
    assert f"Baige already runs on {data} (process {launch.process.pid})" in second.said


def test_port_in_use_is_refused_in_a_sentence(launch: Launch, tmp_path: Path) -> None:
    port = int(launch.url.rsplit(":", 1)[1])
    second = Launch(tmp_path, port)
    second.process.wait(timeout=WITHIN_S)
    assert second.end() == 1
    assert f"Port {port} is already in use" in second.said
    assert "Traceback" not in second.said


def test_server_that_was_killed_comes_back(launch: Launch) -> None:
    (server,) = children(launch.process.pid, "app.server")
    os.kill(server, signal.SIGKILL)
    assert "server was ended by SIGKILL; starting it again" in launch.listen_for("server was ended")
    deadline = time.monotonic() + WITHIN_S
    while not is_ready(launch.url):
        assert time.monotonic() < deadline, "the server did not come back"
        time.sleep(0.05)


def test_ctrl_c_stops_everything(tmp_path: Path) -> None:
    launched = Launch(tmp_path, free_port())
    launched.listen_for("Ctrl-C")
    started = children(launched.process.pid, "app.server") + children(launched.process.pid, "app.worker")
    assert len(started) == 2
    assert launched.end(signal.SIGINT) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)
    assert not is_ready(launched.url)


def children(parent: int, module: str) -> list[int]:
    """Processes of ``parent`` that run ``module``."""
    found = []
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        if module in Path(f"/proc/{pid}/cmdline").read_text():
            found.append(int(pid))
    return found


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").status_code == 200
    except httpx.TransportError:
        return False
