"""`flask competition export` and `import`: a competition carried between two data folders by hand."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any

from app import create_app
from app.settings import Settings


def flask(data: Path, *arguments: str) -> dict[str, Any]:
    """What a `flask` command on a data folder prints, and its exit code."""
    made = create_app(Settings(data=data))
    ran = made.test_cli_runner().invoke(args=arguments)
    if "engine" in made.extensions:
        made.extensions["engine"].dispose()
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told | {"exit": ran.exit_code}


def standings(data: Path) -> list[Any]:
    return [(one["division"], one["digest"]) for one in flask(data, "standings", "rebuild")["divisions"]]


def test_a_competition_is_carried_from_one_data_folder_to_another(demo_data: Path, tmp_path: Path) -> None:
    there, archive = tmp_path / "there", tmp_path / "demo.zip"
    told = flask(demo_data, "competition", "export", "demo", "-o", str(archive))
    assert (told["ok"], told["exit"]) == (True, 0)
    assert (
        flask(demo_data, "competition", "export", "no", "-o", str(archive))["code"] == "competition_unknown"
    )

    there.mkdir()
    with (there / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert flask(there, "competition", "import", str(archive))["code"] == "server_running"
    taken = flask(there, "competition", "import", str(archive))
    assert (taken["ok"], taken["exit"], taken["log"]) == (True, 0, told["log"])
    again = flask(there, "competition", "import", str(archive))
    assert (again["ok"], again["exit"], again["code"]) == (False, 1, "competition_exists")
    assert standings(there) == standings(demo_data)
    assert flask(there, "log", "verify")["ok"]


def test_a_file_that_is_no_archive_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 but no more")
    told = flask(tmp_path / "there", "competition", "import", str(path))
    assert (told["ok"], told["exit"], told["code"]) == (False, 1, "archive_broken")
    assert told["detail"].startswith("The file is damaged")
