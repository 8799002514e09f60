"""Opening an archive that somebody else may have made: measured and named before anything is unpacked."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from .contents import (
    BESIDE,
    LOG,
    MANIFEST,
    MOST_ARCHIVE_BYTES,
    MOST_FILES,
    MOST_UNPACKED_BYTES,
    STANDINGS,
    ArchiveRefused,
    Manifest,
    is_expected,
    most_bytes_of,
)

PACKED_HOW = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What reading a file that is damaged, or no ZIP at all, may raise."""


class Unpacked:
    """An archive that is being read; its manifest is sound, and names exactly the files there are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._items = _measured(archive)
        self.manifest = _manifest(self._read(MANIFEST))
        named, found = set(self.manifest.files) | {MANIFEST}, set(self._items)
        if named != found or not {LOG, BESIDE, STANDINGS} <= named:
            odd = sorted(named ^ found) or sorted({LOG, BESIDE, STANDINGS} - named)
            raise ArchiveRefused("archive_files_differ", name=odd[0])

    def names(self) -> list[str]:
        return list(self.manifest.files)

    def content(self, name: str) -> bytes:
        """A file as the manifest says it is. Raises ArchiveRefused."""
        part, content = self.manifest.files[name], self._read(name)
        if len(content) != part.bytes or hashlib.sha256(content).hexdigest() != part.sha256:
            raise ArchiveRefused("archive_file_altered", name=name)
        return content

    def _read(self, name: str) -> bytes:
        if name not in self._items:
            raise ArchiveRefused("archive_not_ours")
        try:
            return self._archive.read(self._items[name])
        except BROKEN as error:
            raise ArchiveRefused("archive_broken") from error


@contextmanager
def unpacking(path: Path) -> Iterator[Unpacked]:
    """Open the archive at ``path``. Raises ArchiveRefused."""
    if path.stat().st_size > MOST_ARCHIVE_BYTES:
        raise ArchiveRefused("archive_too_large", most=MOST_ARCHIVE_BYTES // 2**20)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise ArchiveRefused("archive_broken") from error
    with archive:
        yield Unpacked(archive)


def _measured(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files by name, none unpacked yet. Reading one stops at the size it states here, so sizes cannot lie."""
    items: dict[str, zipfile.ZipInfo] = {}
    listed = archive.infolist()
    if len(listed) > MOST_FILES or sum(item.file_size for item in listed) > MOST_UNPACKED_BYTES:
        raise ArchiveRefused("archive_unpacks_too_large", most=MOST_UNPACKED_BYTES // 2**20)
    if not any(item.filename == MANIFEST for item in listed):
        raise ArchiveRefused("archive_not_ours")
    for item in listed:
        if item.filename in items or not is_expected(item.filename):
            raise ArchiveRefused("archive_files_differ", name=item.filename[:100])
        if item.file_size > most_bytes_of(item.filename):
            raise ArchiveRefused("archive_unpacks_too_large", most=most_bytes_of(item.filename) // 2**20)
        if item.compress_type not in PACKED_HOW or item.flag_bits & ENCRYPTED:
            raise ArchiveRefused("archive_broken")
        items[item.filename] = item
    return items


def _manifest(content: bytes) -> Manifest:
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        versions = [one for one in error.errors() if one["loc"] == ("version",)]
        raise ArchiveRefused("archive_of_newer_version" if versions else "archive_not_ours") from None
