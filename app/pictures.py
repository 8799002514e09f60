"""Organisers' pictures: drawn anew, so that nothing of the file but its dots is kept, under their SHA-256."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from .settings import write_private

ACCEPTED = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 60_000_000
QUALITY = 88


class PictureRefused(Exception):
    """The file is no picture we take; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def keep_picture(content: bytes, folder: Path, fits_px: tuple[int, int]) -> str:
    """Draw a picture anew as JPEG on white, no larger than ``fits_px`` (width, height); its digest.

    SVG is refused, as is everything that is not PNG, JPEG or WebP: it can hold scripts and links. Raises
    PictureRefused.
    """
    try:
        with Image.open(io.BytesIO(content), formats=ACCEPTED) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused("picture_too_large")
            whole = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PictureRefused("picture_unreadable") from None
    drawn = Image.new("RGB", whole.size, "white")
    drawn.paste(whole, mask=whole.getchannel("A"))
    drawn.thumbnail(fits_px)
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=QUALITY)
    digest = hashlib.sha256(written.getvalue()).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    write_private(picture_path(folder, digest), written.getvalue())
    return digest


def picture_path(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.jpg"
