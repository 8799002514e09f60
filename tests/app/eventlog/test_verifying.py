"""`flask log verify` finds what was done to a database behind the server's back, and lets erasures pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.eventlog.verifying import verify
from tests.app.conftest import Send

Sql = Callable[[str], None]


@pytest.fixture
def sql(app: Flask) -> Sql:
    def running(statement: str) -> None:
        with app.extensions["engine"].begin() as connection:
            connection.exec_driver_sql(statement)

    return running


@pytest.fixture
def noted(app: Flask, send: Send, runs: list[dict[str, Any]]) -> Flask:
    """The demo with a score that has a note."""
    payload = {"sheet": {"time": 20.0}, "note": "touched the line"}
    send("judge", "EnterScore", runs[0]["target"], payload, runs[0]["version"])
    return app


def of_demo(app: Flask) -> dict[str, Any]:
    verified = verify(app.extensions["engine"])
    demo: dict[str, Any] = next(chain for chain in verified["chains"] if chain["chain"] == "c/demo")
    assert verified["ok"] == (demo["broken"] is None and demo["altered"] == [])
    return demo


IN_DEMO = "WHERE chain = 'c/demo' AND seq = 4"


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (f"UPDATE log_entry SET body = CAST(x'ff00fe' AS TEXT) {IN_DEMO}", ("hash_differs", 4)),
        (f"UPDATE log_entry SET body = x'7b7d' {IN_DEMO}", ("hash_differs", 4)),
        (f"UPDATE log_entry SET hash = 'nonsense' {IN_DEMO}", ("hash_differs", 4)),
        (f"UPDATE log_entry SET hash = CAST(x'ff' AS TEXT) {IN_DEMO}", ("hash_differs", 4)),
        (f"UPDATE log_entry SET type = 'Nothing' {IN_DEMO}", ("entry_unreadable", 4)),
        (f"UPDATE log_entry SET seq = 400 {IN_DEMO}", ("entry_missing", 4)),
        (f"DELETE FROM log_entry {IN_DEMO}", ("entry_missing", 4)),
        ("DELETE FROM log_entry WHERE chain = 'c/demo' AND seq = 1", ("entry_missing", 1)),
        ("DELETE FROM log_entry WHERE chain = 'c/demo'", ("tail_missing", 1)),
    ],
)
def test_the_first_broken_link_is_named(
    noted: Flask, sql: Sql, statement: str, broken: tuple[str, int]
) -> None:
    sql(statement)
    found = of_demo(noted)["broken"]
    assert (found["code"], found["seq"]) == broken


def test_entries_that_changed_places_are_found(noted: Flask, sql: Sql) -> None:
    for was, becomes in ((4, 1000), (5, 4), (1000, 5)):
        sql(f"UPDATE log_entry SET seq = {becomes} WHERE chain = 'c/demo' AND seq = {was}")
    assert of_demo(noted)["broken"] == {"code": "hash_differs", "seq": 4}


def test_a_lost_last_entry_is_found(noted: Flask, sql: Sql) -> None:
    last = of_demo(noted)["entries"]
    sql(f"DELETE FROM log_entry WHERE chain = 'c/demo' AND seq = {last}")
    assert of_demo(noted)["broken"] == {"code": "tail_missing", "seq": last}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("entry_card", "team = team || '!'"),
        ("entry_card", "salt = 'nonsense'"),
        ("person", "full_name = 'Someone Else'"),
        ("note", "text = 'nothing happened'"),
        ("note", "digest = hex(zeroblob(32))"),
    ],
)
def test_a_sealed_row_that_was_changed_is_named(noted: Flask, sql: Sql, table: str, change: str) -> None:
    assert of_demo(noted)["altered"] == []
    sql(f"UPDATE {table} SET {change} WHERE id = (SELECT min(id) FROM {table})")
    altered = of_demo(noted)["altered"]
    assert [row["table"] for row in altered] == [table]


def test_a_changed_row_with_a_digest_to_match_is_named(noted: Flask, sql: Sql) -> None:
    import hashlib

    salt = "00" * 16
    digest = hashlib.sha256(bytes.fromhex(salt) + b"nothing happened").hexdigest()
    sql(f"UPDATE note SET text = 'nothing happened', salt = '{salt}', digest = '{digest}'")
    assert [row["table"] for row in of_demo(noted)["altered"]] == ["note"]


@pytest.mark.parametrize("table", ["person", "entry_card", "note"])
def test_an_erased_row_leaves_everything_sound(noted: Flask, sql: Sql, table: str) -> None:
    sql("DELETE FROM entry_person")
    sql(f"DELETE FROM {table} WHERE id = (SELECT min(id) FROM {table})")
    demo = of_demo(noted)
    assert (demo["broken"], demo["altered"]) == (None, [])
