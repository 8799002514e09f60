"""Pictures of an archive: each is the JPEG its name says, and small enough to be drawn."""

from __future__ import annotations

import hashlib
import io

from PIL import Image

from ..pictures import MOST_PIXELS
from .contents import PICTURE_NAME, ArchiveRefused


def check_picture(name: str, content: bytes) -> None:
    """Raises ArchiveRefused unless the file is a whole JPEG whose SHA-256 is its name.

    It is not drawn anew, for the log names it by that digest; Baige serves pictures as JPEG and as nothing else.
    """
    named = PICTURE_NAME.fullmatch(name)
    if named is None or hashlib.sha256(content).hexdigest() != named[1]:
        raise ArchiveRefused("archive_file_altered", name=name)
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ArchiveRefused("archive_picture_refused", name=name)
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ArchiveRefused("archive_picture_refused", name=name) from error
