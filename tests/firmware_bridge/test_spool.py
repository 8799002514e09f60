"""The spool: nothing acknowledged is lost to a kill or a torn file, and nothing is sent out of order."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from firmware_bridge.spool import Spool, Spooled


def reading(seq: int, boot: int = 1, device: str = "d") -> Spooled:
    at_utc = f"2026-04-01T10:{boot:02}:{seq % 60:02}.000000Z"
    return Spooled(device, boot, seq, 0, "fall", seq * 10, at_utc, 12.5, "board", {"tick_us": 0.5})


def test_what_was_put_comes_back_in_order_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    for seq in (1, 2, 2, 3):
        spool.put([reading(seq)])
    assert [one.seq for one in spool.next_batch(10)] == [1, 2, 3]
    assert spool.next_batch(2) == [reading(1), reading(2)]
    assert spool.through("d", 1) == 3
    assert spool.through("d", 2) == 0


def test_a_batch_is_of_one_boot_and_the_older_boot_goes_first(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    spool.put([reading(1, boot=2)])
    spool.put([reading(1, boot=1)])
    batch = spool.next_batch(10)
    assert [(one.boot, one.seq) for one in batch] == [(1, 1)]
    spool.settle(batch, "sent")
    assert [(one.boot, one.seq) for one in spool.next_batch(10)] == [(2, 1)]


def test_refused_readings_are_kept_and_not_sent_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    spool.put([reading(1)])
    spool.settle(spool.next_batch(1), "refused", "simulated_not_allowed")
    assert spool.next_batch(1) == []
    assert spool.waiting() == {"unsent": 0, "oldest_at_utc": None, "refused": 1}


def test_how_things_stand_is_told_while_a_write_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("firmware_bridge.spool.BUSY_S", 60.0)
    spool = Spool(tmp_path / "spool.sqlite3")
    spool.enter_epoch(1, datetime.now(UTC))
    spool.put([reading(1)])
    holder = sqlite3.connect(tmp_path / "spool.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    writing = threading.Thread(target=spool.put, args=([reading(2)],), daemon=True)
    writing.start()
    writing.join(0.2)
    assert spool.waiting()["unsent"] == 1
    assert not spool.enter_epoch(1, datetime.now(UTC))
    assert writing.is_alive()
    holder.execute("ROLLBACK")
    holder.close()
    writing.join(20)
    assert spool.waiting()["unsent"] == 2


def test_a_server_that_came_back_from_a_backup_is_offered_the_last_day_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    spool.put([reading(seq) for seq in (1, 2, 3)])
    noon = datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert not spool.enter_epoch(1, noon), "the first epoch there is"
    spool.settle(spool.next_batch(2), "sent")
    spool.settle(spool.next_batch(1), "refused", "x")
    assert not spool.enter_epoch(1, noon)
    assert not spool.enter_epoch(None, noon)
    assert spool.enter_epoch(2, noon)
    assert [one.seq for one in spool.next_batch(9)] == [1, 2], "in order, and not what was refused"
    spool.settle(spool.next_batch(9), "sent")
    assert not spool.enter_epoch(2, noon), "once an epoch"
    assert not spool.enter_epoch(3, noon + timedelta(days=2)), "not what is older than a day"


PUT_FOR_EVER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from firmware_bridge.spool import Spool
from tests.firmware_bridge.test_spool import reading
spool = Spool(Path(sys.argv[1]))
for seq in range(1, 100_000):
    spool.put([reading(seq)])
    print(seq, flush=True)
"""


def test_everything_said_to_be_stored_survives_a_kill_and_a_torn_end(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite3"
    process = subprocess.Popen(
        [sys.executable, "-c", PUT_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdout is not None
    said = [int(process.stdout.readline()) for _ in range(50)]
    os.kill(process.pid, signal.SIGKILL)
    said += [int(line) for line in process.stdout.read().split()]
    process.wait()

    with Path(f"{path}-wal").open("ab") as journal:
        journal.write(b"\xde\xad\xbe\xef" * 1000)
    stored = [one.seq for one in Spool(path).next_batch(100_000)]
    assert stored[: len(said)] == said
    assert stored == list(range(1, len(stored) + 1))


def test_a_file_that_is_no_spool_is_put_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    path = tmp_path / "spool.sqlite3"
    path.write_bytes(b"not a database at all, but long enough to look at" * 100)
    spool = Spool(path)
    spool.put([reading(1)])
    assert spool.broken is not None
    assert spool.broken.read_bytes().startswith(b"not a database")
    assert spool.waiting()["unsent"] == 1


def test_a_host_without_a_clock_never_counts_a_boot_twice(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.sqlite3")
    assert spool.next_boot("d", at_least=1000) == 1000
    spool.put([reading(1, boot=1000)])
    assert spool.next_boot("d", at_least=400) == 1001
    assert spool.next_boot("d", at_least=2000) == 2000


def test_each_spool_is_someone(tmp_path: Path) -> None:
    first, second = Spool(tmp_path / "one.sqlite3"), Spool(tmp_path / "two.sqlite3")
    assert first.identity != second.identity
    assert Spool(tmp_path / "one.sqlite3").identity == first.identity
