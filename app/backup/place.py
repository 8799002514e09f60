"""The second place: a folder on a stick or another machine's disk, with a mark that says it is really there.

It holds, of each generation, a full copy and the commits since: ``000003.sqlite3`` and ``000003.stream``. ``files``
are the secrets, pictures and documents beside the database. A copy under way ends in ``.part`` and counts for nothing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..private import close_to_others

MARK = "baige-backup"
FULL, STREAM, PART = ".sqlite3", ".stream", ".part"
FOLDERS = ("pictures", "documents", "ca")
MIRRORED = ("documents", "pictures")
"""Folders of which nothing is kept that was erased; one that is gone altogether is not taken for erased."""
FILES = ("secret.key", "access.json", "setup-token")


class PlaceGone(OSError):
    """The folder is not there, or is not the one it was: a stick was pulled out, and its mount point is empty."""


class Place:
    """A folder for backups of one installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        """Mark the folder as ours, for nobody else to read.

        It is made where only it is missing: whole paths are those of sticks not plugged in. Raises OSError.
        """
        self.folder.mkdir(exist_ok=True)
        (self.folder / MARK).touch()
        close_to_others(self.folder)
        sync_folder(self.folder)

    def check(self) -> None:
        """Raises PlaceGone."""
        if not (self.folder / MARK).exists():
            raise PlaceGone(f"{self.folder} is not there")

    def full(self, generation: int) -> Path:
        return self.folder / f"{generation:06d}{FULL}"

    def stream(self, generation: int) -> Path:
        return self.folder / f"{generation:06d}{STREAM}"

    def generations(self) -> list[int]:
        """Those with a whole full copy, oldest first."""
        return sorted(int(path.stem) for path in self.folder.glob(f"[0-9]*{FULL}"))

    def newest_number(self) -> int:
        """The highest generation of which there is anything at all."""
        return max((int(path.name.split(".")[0]) for path in self.folder.glob("[0-9]*.*")), default=0)

    def forget_before(self, generation: int) -> None:
        """Delete the generations before this one, and copies that were never finished."""
        for path in self.folder.glob("[0-9]*.*"):
            if int(path.name.split(".")[0]) < generation:
                path.unlink(missing_ok=True)
        sync_folder(self.folder)

    def keep_files(self, data: Path) -> None:
        """Copy the secrets, pictures and documents that changed since; forget those that were erased."""
        for source in _beside_the_database(data):
            kept = self.folder / "files" / source.relative_to(data)
            if not kept.exists() or kept.stat().st_mtime < source.stat().st_mtime:
                kept.parent.mkdir(parents=True, exist_ok=True)
                part = kept.with_name(kept.name + PART)
                shutil.copy2(source, part)
                part.replace(kept)
        for name in MIRRORED:
            if (data / name).is_dir():
                for kept in (self.folder / "files" / name).glob("*"):
                    if not (data / name / kept.name).exists():
                        kept.unlink(missing_ok=True)

    def give_files_back(self, data: Path) -> None:
        kept = self.folder / "files"
        if kept.is_dir():
            shutil.copytree(kept, data, dirs_exist_ok=True)


def _beside_the_database(data: Path) -> list[Path]:
    files = [data / name for name in FILES if (data / name).is_file()]
    return files + [path for name in FOLDERS for path in sorted((data / name).rglob("*")) if path.is_file()]


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
