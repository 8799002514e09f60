"""Archives that are broken, altered, doubled, too large or made to do harm: each refused by name, nothing stored."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from PIL import Image
from sqlalchemy import inspect

from app.archives import contents
from app.archives.checking import check
from app.archives.contents import ArchiveRefused
from app.archives.taking_over import take_over
from app.archives.unpacking import unpacking
from app.eventlog.chain import GENESIS
from app.eventlog.deciding import SYSTEM
from app.messages import SENTENCES
from app.pipeline import NotStored
from tests.app.archives.conftest import Elsewhere, packed
from tests.app.conftest import opened, sender

FIRST_DIVISION = 4
"""Where the demo's log adds its first division, after the competition and three fields."""
Files = dict[str, bytes]
Spoil = Callable[[Files], None]


def files_of(archive: Path) -> Files:
    with zipfile.ZipFile(archive) as unpacked:
        return {name: unpacked.read(name) for name in unpacked.namelist()}


def zipped(files: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def manifest_of(files: Files) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads(files["manifest.json"])
    return told


def put_manifest(files: Files, /, **changes: Any) -> None:
    files["manifest.json"] = orjson.dumps(manifest_of(files) | changes)


def signed_anew(files: Files) -> None:
    """What somebody does who knows the format: every digest of the manifest is made to fit."""
    rest = {name: content for name, content in files.items() if name != "manifest.json"}
    listed = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in rest.items()
    }
    head, lines = GENESIS, files["log.jsonl"].splitlines()
    for line in lines:
        head = hashlib.sha256(bytes.fromhex(head) + line).hexdigest()
    put_manifest(files, files=listed, log={"entries": len(lines), "head": head})


def everything_stored(elsewhere: Elsewhere) -> dict[str, Any]:
    """Every table's rows and every picture there."""
    engine = elsewhere.app.extensions["engine"]
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        stored = {name: connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables}
    folders = {"pictures": elsewhere.settings.pictures, "documents": elsewhere.settings.documents}
    return stored | {
        name: sorted(folder.iterdir()) if folder.exists() else [] for name, folder in folders.items()
    }


def refused(elsewhere: Elsewhere, path: Path) -> str:
    """The code an archive is refused with, once it is sure that it left nothing."""
    before = everything_stored(elsewhere)
    engine = elsewhere.app.extensions["engine"]
    with pytest.raises(ArchiveRefused) as refusal:
        take_over(elsewhere.pipeline, engine, elsewhere.settings, path, SYSTEM)
    assert everything_stored(elsewhere) == before
    state = elsewhere.pipeline.state("c/demo")
    assert state is None or state.seq == 0
    assert refusal.value.code in SENTENCES
    assert str(SENTENCES[refusal.value.code]) % refusal.value.facts
    return refusal.value.code


def edit_line(files: Files, name: str, at: int, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change one line's JSON in the spelling of the log."""
    lines = files[name].splitlines()
    said = orjson.loads(lines[at])
    change(said)
    lines[at] = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    files[name] = b"\n".join(lines) + b"\n"


def log_line(change: Callable[[dict[str, Any]], Any], at: int = -1) -> Spoil:
    return lambda files: edit_line(files, "log.jsonl", at, change)


def beside_line(change: Callable[[dict[str, Any]], Any], at: int = 0) -> Spoil:
    return lambda files: edit_line(files, "beside.jsonl", at, change)


def add(name: str, content: bytes) -> Spoil:
    return lambda files: files.update({name: content})


def without(name: str) -> Spoil:
    def spoil(files: Files) -> None:
        del files[name]

    return spoil


def a_picture(kind: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, kind)
    return drawn.getvalue()


def picture(content: bytes, digest: str | None = None) -> Spoil:
    return add(f"pictures/{digest or hashlib.sha256(content).hexdigest()}.jpg", content)


def document(content: bytes) -> Spoil:
    return add(f"documents/{hashlib.sha256(content).hexdigest()}.jpg", content)


def twice_the_first_row(files: Files) -> None:
    files["beside.jsonl"] += files["beside.jsonl"].splitlines()[0] + b"\n"


def without_first_person(files: Files) -> None:
    lines = files["beside.jsonl"].splitlines(keepends=True)
    gone = next(at for at, line in enumerate(lines) if b'"table":"person"' in line)
    files["beside.jsonl"] = b"".join(lines[:gone] + lines[gone + 1 :])


def other_slug(files: Files) -> None:
    """A competition that calls itself otherwise than the manifest does."""
    facts = manifest_of(files)["competition"] | {"slug": "other"}
    put_manifest(files, competition=facts)


def best_is_another(files: Files) -> None:
    standings = orjson.loads(files["standings.json"])
    standings["line"].reverse()
    files["standings.json"] = orjson.dumps(standings, option=orjson.OPT_INDENT_2)


RE_SIGNED: dict[str, tuple[Spoil, str]] = {
    "a score changed": (
        log_line(lambda e: e["data"].update(sheet={"time": 1.0})),
        "archive_standings_differ",
    ),
    "a total changed": (
        log_line(lambda e: e["data"]["results"].update(total=1.0)),
        "archive_standings_differ",
    ),
    "an event nobody can fold": (log_line(lambda e: e.update(data={})), "archive_entry_unreadable"),
    "an event of no type": (log_line(lambda e: e.update(type=7)), "archive_entry_unreadable"),
    "an event too many fields": (log_line(lambda e: e.update(also=1)), "archive_entry_unreadable"),
    "a time that is none": (log_line(lambda e: e.update(at="tomorrow")), "archive_entry_unreadable"),
    "a sequence number twice": (log_line(lambda e: e.update(seq=1)), "archive_log_altered"),
    "another competition's log": (other_slug, "archive_not_of_competition"),
    "names that are no names": (
        log_line(lambda e: e["data"].update(name=["x"]), 0),
        "archive_entry_unreadable",
    ),
    "a day nobody was told": (
        log_line(lambda e: e["data"].update(ends_on="2099-01-01"), 0),
        "archive_not_of_competition",
    ),
    "a ruleset of another digest": (
        log_line(lambda e: e["data"].update(ruleset_digest="0" * 64), FIRST_DIVISION),
        "archive_entry_unreadable",
    ),
    "a name changed": (beside_line(lambda r: r["row"].update(team="Жеңімпаз")), "archive_row_altered"),
    "a row of another table": (beside_line(lambda r: r.update(table="account")), "archive_row_unreadable"),
    "a row with a chain": (beside_line(lambda r: r["row"].update(chain="c/x")), "archive_row_unreadable"),
    "a number for a name": (beside_line(lambda r: r["row"].update(team=5)), "archive_row_unreadable"),
    "a name without end": (beside_line(lambda r: r["row"].update(team="x" * 201)), "archive_row_unreadable"),
    "a row twice": (twice_the_first_row, "archive_row_unreadable"),
    "a member nobody knows": (without_first_person, "archive_row_unreadable"),
    "no JSON": (add("beside.jsonl", b"{]\n"), "archive_row_unreadable"),
    "deep JSON": (add("beside.jsonl", b"[" * 100_000 + b"\n"), "archive_row_unreadable"),
    "other standings": (best_is_another, "archive_standings_differ"),
    "another ruleset": (add("rulesets/line.yaml", b"id: line\n"), "archive_file_altered"),
    "a ruleset of no division": (add("rulesets/free.yaml", b"id: free\n"), "archive_file_altered"),
    "a path upwards": (add("../evil.jpg", b"x"), "archive_files_differ"),
    "an absolute path": (add("/tmp/evil.jpg", b"x"), "archive_files_differ"),
    "a database": (add("baige.sqlite3", b"SQLite format 3\0"), "archive_files_differ"),
    "a picture under another name": (picture(a_picture("JPEG"), "0" * 64), "archive_file_altered"),
    "a PNG as JPEG": (picture(a_picture("PNG")), "archive_picture_refused"),
    "a document nobody names": (document(a_picture("JPEG")), "archive_files_differ"),
    "a PDF as a document": (document(b"%PDF-1.7"), "archive_picture_refused"),
    "an SVG as JPEG": (picture(b"<svg onload='alert(1)'/>"), "archive_picture_refused"),
    "half a JPEG": (picture(a_picture("JPEG")[:200]), "archive_picture_refused"),
}
UNSIGNED: dict[str, tuple[Spoil, str]] = {
    "a file altered": (twice_the_first_row, "archive_file_altered"),
    "a file missing": (without("standings.json"), "archive_files_differ"),
    "a file more": (add("rulesets/free.yaml", b"x"), "archive_files_differ"),
    "a newer version": (lambda files: put_manifest(files, version=2), "archive_of_newer_version"),
    "another program's": (lambda files: put_manifest(files, format="zip"), "archive_not_ours"),
    "a manifest that is none": (add("manifest.json", b"[]"), "archive_not_ours"),
    "no manifest": (without("manifest.json"), "archive_not_ours"),
    "a slug that leads elsewhere": (
        lambda files: put_manifest(files, competition=manifest_of(files)["competition"] | {"slug": "../x"}),
        "archive_not_ours",
    ),
}


@pytest.fixture(scope="module")
def sound(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of a sound archive, made once; its log ends with two scores."""
    folder = tmp_path_factory.mktemp("sound")
    with opened(shutil.copytree(demo_data, folder / "data")) as app:
        send, client = sender(app), app.test_client()
        queue = client.get("/api/v1/live/c/demo/field/A/queue").get_json()["data"]["runs"]
        for run, time in zip(queue, (30.5, 20.5), strict=False):
            receipt = send("judge", "EnterScore", run["target"], {"sheet": {"time": time}}, run["version"])
            assert receipt["status"] == "accepted"
        return files_of(packed(app, folder / "sound.zip"))


def code_of(files: Files, path: Path) -> str:
    """The code the check refuses these files with; it is the check that importing begins with."""
    with pytest.raises(ArchiveRefused) as refusal, unpacking(zipped(files, path)) as archive:
        check(archive)
    assert str(SENTENCES[refusal.value.code]) % refusal.value.facts
    return refusal.value.code


@pytest.mark.parametrize("case", RE_SIGNED)
def test_an_archive_made_to_fit_is_still_refused(sound: Files, tmp_path: Path, case: str) -> None:
    spoil, code = RE_SIGNED[case]
    files = dict(sound)
    spoil(files)
    signed_anew(files)
    assert code_of(files, tmp_path / "spoilt.zip") == code


@pytest.mark.parametrize("case", UNSIGNED)
def test_what_does_not_fit_its_list_is_refused(sound: Files, tmp_path: Path, case: str) -> None:
    spoil, code = UNSIGNED[case]
    files = dict(sound)
    spoil(files)
    assert code_of(files, tmp_path / "spoilt.zip") == code


def test_files_that_are_no_archives(archive: Path, elsewhere: Elsewhere, tmp_path: Path) -> None:
    content = archive.read_bytes()
    middle = len(content) // 2
    spoilt = {
        "empty": b"",
        "text": "команда;мектеп\n".encode(),
        "half": content[:middle],
        "holes": content[:middle] + bytes(200) + content[middle + 200 :],
    }
    for name, spoilt_content in spoilt.items():
        path = tmp_path / name
        path.write_bytes(spoilt_content)
        assert refused(elsewhere, path) in ("archive_broken", "archive_file_altered"), name


def test_a_bomb_is_measured_before_it_goes_off(
    archive: Path, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(archive)
    bomb = zipped(
        files | {"rulesets/bomb.yaml": bytes(contents.MOST_MANIFEST_BYTES + 1)}, tmp_path / "bomb.zip"
    )
    assert bomb.stat().st_size < 200_000
    assert refused(elsewhere, bomb) == "archive_unpacks_too_large"
    many = zipped(
        {f"rulesets/r{at}.yaml": b"" for at in range(contents.MOST_FILES + 1)}, tmp_path / "many.zip"
    )
    assert refused(elsewhere, many) == "archive_unpacks_too_large"
    monkeypatch.setattr("app.archives.unpacking.MOST_ARCHIVE_BYTES", 1000)
    assert refused(elsewhere, archive) == "archive_too_large"
    monkeypatch.undo()
    monkeypatch.setattr("app.archives.checking.MOST_ENTRIES", 3)
    assert refused(elsewhere, archive) == "archive_too_many_entries"


def test_a_file_twice_under_one_name_is_refused(archive: Path, elsewhere: Elsewhere, tmp_path: Path) -> None:
    path = zipped(files_of(archive), tmp_path / "twice.zip")
    with zipfile.ZipFile(path, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("standings.json", b"{}")
    assert refused(elsewhere, path) == "archive_files_differ"


def test_the_same_archive_twice_and_under_another_address(
    archive: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    engine = elsewhere.app.extensions["engine"]
    assert take_over(elsewhere.pipeline, engine, elsewhere.settings, archive, SYSTEM)["status"] == "accepted"
    before = everything_stored(elsewhere)
    again = take_over(elsewhere.pipeline, engine, elsewhere.settings, archive, SYSTEM)
    assert (again["status"], again["code"]) == ("refused", "competition_exists")
    assert everything_stored(elsewhere) == before

    files = files_of(archive)
    other_slug(files)
    edit_line(files, "log.jsonl", 0, lambda entry: entry["data"].update(slug="other"))
    lines = files["log.jsonl"].replace(b'"demo-', b'"other-')
    files["log.jsonl"] = lines
    signed_anew(files)
    with pytest.raises(ArchiveRefused) as refusal:
        take_over(
            elsewhere.pipeline, engine, elsewhere.settings, zipped(files, tmp_path / "other.zip"), SYSTEM
        )
    assert (refusal.value.code, refusal.value.facts) == ("archive_known_already", {"slug": "demo"})
    assert everything_stored(elsewhere) == before


def test_a_disk_that_is_full_leaves_neither_rows_nor_pictures(
    archive: Path, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(archive)
    picture(a_picture("JPEG"))(files)
    signed_anew(files)
    path = zipped(files, tmp_path / "with-picture.zip")
    before = everything_stored(elsewhere)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    engine = elsewhere.app.extensions["engine"]
    monkeypatch.setattr("app.writer._write", full)
    with pytest.raises(NotStored):
        take_over(elsewhere.pipeline, engine, elsewhere.settings, path, SYSTEM)
    monkeypatch.undo()
    assert everything_stored(elsewhere) == before
    assert take_over(elsewhere.pipeline, engine, elsewhere.settings, path, SYSTEM)["status"] == "accepted"
    assert len(list(elsewhere.settings.pictures.iterdir())) == 1
