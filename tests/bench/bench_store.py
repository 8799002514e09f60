"""Durable posts a second from 32 judges at once, against raw sqlite3 writing the same rows one transaction a post."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.bench.figures import Figure, figure, percentile
from tests.serving import ROOT, Serving, command, enter_runs, serving

NAMES = ("store.",)
JUDGES = 32
POSTS = 4000
SLOW_POSTS = 1200
SLOW_FSYNC_US = 10_000
SHIM = Path(__file__).with_name("slow_fsync.c")


def figures(_only: str) -> Iterator[Figure]:
    yield from measured("", POSTS, goal=1000.0)
    with tempfile.TemporaryDirectory() as folder:
        shim = Path(folder) / "slow_fsync.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shim, SHIM, "-ldl"], check=True)
        preload = {"LD_PRELOAD": str(shim), "SLOW_FSYNC_US": str(SLOW_FSYNC_US)}
        yield from measured("_slow_fsync", SLOW_POSTS, goal=300.0, **preload)


def measured(suffix: str, posts: int, goal: float, **environment: str) -> Iterator[Figure]:
    """Posts a second, their p99 latency and the server's loop lag, under one kind of disk."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), **environment) as server:
        runs = enter_runs(server, posts)
        httpx.get(f"{server.url}/healthz")
        told = send(server, runs)
        lag_ms = httpx.get(f"{server.url}/healthz").json()["loop_lag_ms_max"]
        server.stop()
        raw_per_s = raw_sqlite_per_s(server.data / "baige.sqlite3", posts, environment)
    assert told["accepted"] == posts, told["accepted"]
    yield figure(f"store.posts_per_s{suffix}", posts / told["taken_s"], "1/s", "higher", goal, raw_per_s)
    yield figure(f"store.post_ms{suffix}_p99", percentile(told["latencies_ms"], 99), "ms", "lower", None)
    yield figure(f"store.loop_lag_ms{suffix}_max", lag_ms, "ms", "lower", None)


def send(server: Serving, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Let the judges confirm every run, from a process of their own."""
    token = server.bearer("referee")["Authorization"].removeprefix("Bearer ")
    bodies = [
        json.dumps(
            {
                "commands": [
                    command(
                        "EnterScore", run["target"], {"sheet": {"time": 20 + i % 997 / 8}}, run["version"]
                    )
                ]
            }
        )
        for i, run in enumerate(runs)
    ]
    made = subprocess.run(
        [sys.executable, "-m", "tests.bench.posters", server.url, token, str(JUDGES)],
        cwd=ROOT, input="\n".join(bodies), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(made.stdout)
    return told


def raw_sqlite_per_s(database: Path, posts: int, environment: dict[str, str]) -> float:
    """Transactions a second when one thread writes the rows that the posts left, one transaction a post."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_store", str(database), str(posts)],
        cwd=ROOT, env=Serving(database.parent, extra=environment).environment,
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return float(made.stdout)


def write_raw(database: Path, posts: int) -> float:
    """Copy the log entries and receipts of ``posts`` posts into a fresh database; transactions a second."""
    source = sqlite3.connect(database)
    entries = source.execute(
        "SELECT chain, seq, type, body, hash FROM log_entry WHERE type = 'ScoreEntered' LIMIT ?", (posts,)
    ).fetchall()
    receipts = source.execute(
        "SELECT command_id, content_digest, chain, version, answer FROM receipt ORDER BY rowid DESC LIMIT ?",
        (posts,),
    ).fetchall()
    schema = [
        sql
        for (sql,) in source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('log_entry', 'receipt') AND sql IS NOT NULL"
        )
    ]
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        raw = sqlite3.connect(Path(folder) / "raw.sqlite3", isolation_level=None)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        for sql in schema:
            raw.execute(sql)
        started_at_s = time.monotonic()
        for entry, receipt in zip(entries, receipts, strict=True):
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO log_entry VALUES (?, ?, ?, ?, ?)", entry)
            raw.execute("INSERT INTO receipt VALUES (?, ?, ?, ?, ?)", receipt)
            raw.execute("COMMIT")
        return len(entries) / (time.monotonic() - started_at_s)


if __name__ == "__main__":
    print(write_raw(Path(sys.argv[1]), int(sys.argv[2])))
