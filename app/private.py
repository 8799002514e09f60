"""What an installation writes is for its owner alone: other users of the machine may not read children's names."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077
"""What the group and everybody else may do with a file."""


def keep_to_owner() -> None:
    """From now on this process makes files and folders that its owner alone can open."""
    os.umask(OTHERS)


def is_open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & OTHERS)


def close_to_others(path: Path) -> None:
    """Take from others what they may do with a file or folder of ours.

    Nothing is done to a folder that everybody may write to by right (``/tmp``), nor where there are no modes (FAT).
    """
    found = path.stat()
    if found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX:
        with suppress(OSError):
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
