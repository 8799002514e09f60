"""`flask doctor`: silent about a sound installation, and each illness by its code and in the asker's language."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from app.backup.place import Place
from app.heartbeat import keep_beating, tell
from app.holding import hold
from app.settings import Settings
from app.tls.authority import ensure_ca
from tests.app.test_cli import run

Spoil = Callable[[Settings], Settings]


@pytest.fixture
def sound(demo_data: Path, tmp_path: Path) -> Settings:
    """An installation with a second place, as `make run` leaves it."""
    folder = tmp_path / "stick"
    settings = Settings(
        data=shutil.copytree(demo_data, tmp_path / "data"), backup=folder, public_url="https://baige.kz"
    )
    place = Place(folder)
    place.begin()
    place.full(1).touch()
    return settings


def codes(settings: Settings) -> dict[str, str]:
    _, told = run(settings, "doctor")
    return {one["code"]: one["level"] for one in told["findings"] if one["code"] != "clock_alone"}


def damage(settings: Settings) -> Settings:
    with settings.database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))
    return settings


def age(settings: Settings) -> Settings:
    _change(settings, "UPDATE alembic_version SET version_num = '0001'")
    return settings


def tamper(settings: Settings) -> Settings:
    _change(settings, "UPDATE log_entry SET body = replace(body, 'line-race', 'maze')")
    return settings


def tell_everybody(settings: Settings) -> Settings:
    settings.access_file.chmod(0o644)
    return settings


def open_the_data(settings: Settings) -> Settings:
    settings.data.chmod(0o755)
    return settings


def open_the_stick(settings: Settings) -> Settings:
    assert settings.backup is not None
    settings.backup.chmod(0o750)
    return settings


def pull_the_stick(settings: Settings) -> Settings:
    assert settings.backup is not None
    shutil.rmtree(settings.backup)
    return settings


def forget_to_copy(settings: Settings) -> Settings:
    assert settings.backup is not None
    then = (datetime.now(UTC) - timedelta(hours=1)).timestamp()
    for path in settings.backup.glob("[0-9]*"):
        os.utime(path, (then, then))
    return settings


SPOILT: list[tuple[Spoil, str, str]] = [
    (damage, "database_damaged", "error"),
    (age, "database_old", "error"),
    (tamper, "log_broken", "error"),
    (tell_everybody, "secret_readable", "warning"),
    (open_the_data, "folder_readable", "warning"),
    (open_the_stick, "folder_readable", "warning"),
    (pull_the_stick, "backup_gone", "error"),
    (forget_to_copy, "backup_behind", "error"),
    (lambda settings: replace(settings, backup=None), "backup_none", "warning"),
    (
        lambda settings: replace(settings, certificate=settings.data / "none.pem"),
        "certificate_unreadable",
        "error",
    ),
    (lambda settings: replace(settings, data=settings.data / "nowhere"), "data_missing", "error"),
]


def test_a_sound_installation_has_nothing(sound: Settings) -> None:
    assert codes(sound) == {}
    assert run(sound, "doctor")[0] == 0


@pytest.mark.parametrize(("spoil", "code", "level"), SPOILT, ids=[one[0].__name__ for one in SPOILT])
def test_each_illness_is_found(sound: Settings, spoil: Spoil, code: str, level: str) -> None:
    spoilt = spoil(sound)
    assert codes(spoilt).get(code) == level
    assert run(spoilt, "doctor")[0] == (1 if level == "error" else 0)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://baige.kz", None),
        ("https://baige.kz:8443/contest", None),
        ("https://95.56.1.1", None),
        ("https://127.0.0.1:8000", "public_url_loopback"),
        ("http://localhost", "public_url_loopback"),
        ("https://[::1]:8000", "public_url_loopback"),
        ("https://0.0.0.0:8000", "public_url_loopback"),
        ("http://baige.kz", "public_url_plain"),
        ("http://192.168.1.5:8000", "public_url_plain"),
        ("https://192.168.1.5:8000", "public_url_local"),
        ("https://hall.local", "public_url_local"),
        ("https://laptop", "public_url_local"),
        ("baige.kz", "public_url_unreadable"),
        ("https://", "public_url_unreadable"),
        ("https://[bad", "public_url_unreadable"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(sound: Settings, address: str, code: str | None) -> None:
    found = codes(replace(sound, public_url=address))
    assert {one for one in found if one.startswith("public_url")} == ({code} if code else set())


def test_a_worker_that_does_not_run_beside_the_server_is_named(sound: Settings) -> None:
    assert "worker_missing" not in codes(sound), "nothing runs, so nothing is missing"
    lock = hold(sound)
    assert lock is not None
    tell(sound)
    assert codes(sound)["worker_missing"] == "error"
    over = keep_beating(sound)
    assert codes(sound) == {}
    over.set()
    sign = sound.data / "worker.alive"
    long_ago = datetime.now(UTC).timestamp() - 60
    os.utime(sign, (long_ago, long_ago))
    assert codes(sound)["worker_silent"] == "error"
    lock.close()
    assert codes(sound) == {}


def test_the_running_servers_own_address_is_looked_at(sound: Settings) -> None:
    keep_beating(sound).set()
    lock = hold(sound)
    assert lock is not None
    tell(sound)
    asked_without = replace(sound, public_url="http://127.0.0.1:8000")
    assert codes(asked_without) == {}
    lock.close()
    assert "public_url_loopback" in codes(asked_without)


def test_it_is_said_in_the_askers_language(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = replace(sound, backup=None)

    def said(*arguments: str) -> Any:
        findings = run(alone, "doctor", *arguments)[1]["findings"]
        return next(one["sentence"] for one in findings if one["code"] == "backup_none")

    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    assert "Второго места" in said()
    assert "Деректердің" in said("--lang", "kk")


def test_a_certificate_that_is_over_is_named(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9000)
    ensure_ca(sound.data, now=long_ago)
    old = replace(sound, certificate=sound.data / "ca" / "ca.crt")
    assert codes(old)["certificate_expires"] == "error"


def _change(settings: Settings, statement: str) -> None:
    create_app(settings)
    with sqlite3.connect(settings.database) as connection:
        connection.execute(statement)
