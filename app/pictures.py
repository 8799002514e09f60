"""Pictures of organisers and coaches: drawn anew, so that nothing of a file but its dots is kept, by its SHA-256."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from gevent.lock import BoundedSemaphore
from PIL import Image, ImageOps, UnidentifiedImageError

from .settings import write_private
from .threads import in_thread

ACCEPTED = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 24_000_000
"""As many dots as a large camera takes; unpacked with their transparency they are 96 MB."""
COLOURS_BY_NUMBER = {"1": "L", "P": "RGBA", "PA": "RGBA"}
"""Modes whose dots cannot be mixed, and so not made smaller, before they are said as colours."""
QUALITY = 88

_turn = BoundedSemaphore(1)


class PictureRefused(Exception):
    """The file is no picture we take; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def keep_picture(content: bytes, folder: Path, fits_px: tuple[int, int]) -> str:
    """Draw a picture anew in a real thread, one picture at a time, and keep it in ``folder``; its digest.

    Raises PictureRefused.
    """
    with _turn:
        made = in_thread(lambda: drawn(content, fits_px))
    digest = hashlib.sha256(made).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    write_private(picture_path(folder, digest), made)
    return digest


def drawn(content: bytes, fits_px: tuple[int, int]) -> bytes:
    """The picture as JPEG on white, upright and no larger than ``fits_px`` (width, height). Takes up to a second.

    SVG is refused, as is everything that is not PNG, JPEG or WebP: it can hold scripts and links. Raises
    PictureRefused.
    """
    try:
        with Image.open(io.BytesIO(content), formats=ACCEPTED) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused("picture_too_large")
            small = _made_smaller(picture, fits_px)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PictureRefused("picture_unreadable") from None
    written = io.BytesIO()
    small.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def picture_path(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.jpg"


def _made_smaller(picture: Image.Image, fits_px: tuple[int, int]) -> Image.Image:
    """Small first, coloured after: a whole picture is never held in more colours than its file has."""
    if picture.mode in COLOURS_BY_NUMBER:
        small = picture.convert(COLOURS_BY_NUMBER[picture.mode])
        small.thumbnail(fits_px)
    else:
        # Of a JPEG this unpacks no more dots than it needs.
        picture.thumbnail(fits_px)
        small = picture
    whole = ImageOps.exif_transpose(small).convert("RGBA")
    whole.thumbnail(fits_px)
    on_white = Image.new("RGB", whole.size, "white")
    on_white.paste(whole, mask=whole.getchannel("A"))
    return on_white
