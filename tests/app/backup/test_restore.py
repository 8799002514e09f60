"""The disk is destroyed after an answer was given; the second place brings everything back, in a new epoch."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.backup.frames import read_frames
from app.backup.place import Place
from tests.serving import Serving, command, post

WITHIN_S = 30


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def server(demo_data: Path, tmp_path: Path, stick: Path) -> Iterator[Serving]:
    """A server with a first full copy on its stick."""
    running = Serving(shutil.copytree(demo_data, tmp_path / "data"), extra={"BACKUP": str(stick)})
    running.start()
    wait_until(lambda: bool(Place(stick).generations()))
    yield running
    running.stop()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + WITHIN_S
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.02)


def score(server: Serving, runs: list[dict[str, Any]], count: int) -> None:
    """Confirm so many runs."""
    with httpx.Client(base_url=server.url, timeout=30) as client:
        for index, run in enumerate(runs[:count]):
            entered = command("EnterScore", run["target"], {"sheet": {"time": 20.0 + index}}, run["version"])
            [receipt] = post(client, server.bearer("referee"), entered)
            assert receipt["status"] == "accepted", receipt


def queue(server: Serving) -> list[dict[str, Any]]:
    answer = httpx.get(f"{server.url}/api/v1/live/c/demo/field/A/queue").json()
    runs: list[dict[str, Any]] = answer["data"]["runs"]
    return runs


def shipped(stick: Path) -> int:
    """The number of the newest commit on the stick."""
    place = Place(stick)
    numbers = [commit.number for n in range(1, place.newest_number() + 1) for commit in frames(place, n)]
    return max(numbers, default=0)


def frames(place: Place, generation: int) -> list[Any]:
    path = place.stream(generation)
    return list(read_frames(path)) if path.exists() else []


def destroy(server: Serving) -> None:
    server.kill()
    shutil.rmtree(server.data)


def test_what_was_answered_is_there_after_the_disk_is_gone(server: Serving, stick: Path) -> None:
    first = shipped(stick)
    score(server, queue(server), 6)
    answered_s = time.monotonic()
    wait_until(lambda: shipped(stick) == first + 6)
    assert time.monotonic() - answered_s < 2, "a commit reaches the second place within two seconds"
    before = queue(server)
    destroy(server)
    told = server.flask("backup", "restore", str(stick))
    assert (told["ok"], told["exit"], told["epoch"]) == (True, 0, 2)
    assert told["commits"] == 6
    server.start()
    after = queue(server)
    assert [(run["id"], run["version"], run["result"]) for run in after] == [
        (run["id"], run["version"], run["result"]) for run in before
    ]
    assert httpx.get(f"{server.url}/healthz").json()["epoch"] == 2
    assert server.flask("log", "verify")["ok"]
    score(server, after[6:], 1)


def test_a_torn_end_costs_only_what_was_torn(server: Serving, stick: Path) -> None:
    first = shipped(stick)
    score(server, queue(server), 5)
    wait_until(lambda: shipped(stick) == first + 5)
    destroy(server)
    stream = Place(stick).stream(Place(stick).newest_number())
    os.truncate(stream, stream.stat().st_size - 7)
    told = server.flask("backup", "restore", str(stick))
    assert (told["ok"], told["commits"]) == (True, 4)
    server.start()
    assert sum(run["result"] is not None for run in queue(server)) == 4


def test_an_unreadable_copy_is_passed_over_for_the_one_before(server: Serving, stick: Path) -> None:
    score(server, queue(server), 3)
    server.stop()
    server.start()
    wait_until(lambda: len(Place(stick).generations()) == 2)
    destroy(server)
    place = Place(stick)
    place.full(place.generations()[-1]).write_bytes(b"SQLite format 3\0" + bytes(4096))
    told = server.flask("backup", "restore", str(stick))
    assert told["ok"]
    server.start()
    assert sum(run["result"] is not None for run in queue(server)) == 3


def test_data_that_is_there_is_never_written_over(server: Serving, stick: Path, tmp_path: Path) -> None:
    server.stop()
    told = server.flask("backup", "restore", str(stick))
    assert (told["ok"], told["code"], told["exit"]) == (False, "data_exists", 1)
    other = Serving(tmp_path / "other")
    assert other.flask("backup", "restore", str(tmp_path / "nothing"))["code"] == "backup_missing"
    server.start()


def test_a_stick_pulled_out_stops_nothing_and_gets_the_rest_when_it_is_back(
    server: Serving, stick: Path
) -> None:
    runs, first = queue(server), shipped(stick)
    score(server, runs, 1)
    wait_until(lambda: shipped(stick) == first + 1)
    away = stick.rename(stick.with_name("in-a-pocket"))
    score(server, runs[1:], 4)
    away.rename(stick)
    wait_until(lambda: shipped(stick) == first + 5)
    destroy(server)
    assert server.flask("backup", "restore", str(stick))["ok"]
    server.start()
    assert sum(run["result"] is not None for run in queue(server)) == 5


def test_nothing_of_it_can_be_read_by_other_users(demo_data: Path, tmp_path: Path, stick: Path) -> None:
    """Whatever the shell that starts it would let others do."""
    data = shutil.copytree(demo_data, tmp_path / "data")
    for path in (data, *data.rglob("*")):
        path.chmod(0o755)
    stick.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        server = Serving(data, extra={"BACKUP": str(stick)})
        server.start()
    finally:
        os.umask(before)
    wait_until(lambda: bool(Place(stick).generations()))
    server.stop()
    assert [oct(folder.stat().st_mode & 0o077) for folder in (data, stick)] == ["0o0", "0o0"]
    new = [data / "server.lock", data / "jobs.sqlite3", *stick.glob("0*")]
    assert [path.name for path in new if path.stat().st_mode & 0o077] == []


def test_whoever_was_taken_down_is_on_the_stick_no_more(server: Serving, stick: Path) -> None:
    run = queue(server)[0]
    team = run["entry"]["team"].encode()
    assert any(team in file.read_bytes() for file in stick.glob("[0-9]*"))
    with httpx.Client(base_url=server.url, timeout=30) as client:
        gone = command("TakeDownEntry", "c/demo", {"entry": run["entry"]["id"]})
        [receipt] = post(client, server.bearer("organiser"), gone)
        assert receipt["status"] == "accepted"
    wait_until(lambda: not any(team in _content(file) for file in stick.glob("[0-9]*")))


def _content(file: Path) -> bytes:
    """Of a file that may go while it is looked for, nothing."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
