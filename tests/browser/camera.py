"""A Chromium whose camera sees given pictures, one after another and again from the start."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserType

from .conftest import CHROMIUM, QUIETLY

SIZE = (960, 720)
CODE_PX = 640
FRAMES_EACH = 4
FRAMES_A_SECOND = 10
HELD_ASKEW_DEGREES = 4


@contextmanager
def seeing(chromium: BrowserType, pictures: Iterable[bytes], folder: Path) -> Iterator[Browser]:
    """A browser of its own; ``pictures`` are PNGs, held slightly askew in front of a dull wall."""
    film = folder / "camera.y4m"
    write_film(film, pictures)
    looking = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = chromium.launch(executable_path=CHROMIUM, args=[*QUIETLY, *looking])
    try:
        yield browser
    finally:
        browser.close()


def write_film(path: Path, pictures: Iterable[bytes]) -> None:
    """The pictures as YUV4MPEG2, which Chromium plays in a loop."""
    width, height = SIZE
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{width} H{height} F{FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures:
            film.write(frame(picture) * FRAMES_EACH)


def frame(picture: bytes) -> bytes:
    """One frame: brightness for each dot, both colours for each four."""
    wall = Image.new("RGB", SIZE, (150, 140, 125))
    code = Image.open(io.BytesIO(picture)).convert("RGB").resize((CODE_PX, CODE_PX))
    wall.paste(code, ((SIZE[0] - CODE_PX) // 2, (SIZE[1] - CODE_PX) // 2))
    turned = wall.rotate(HELD_ASKEW_DEGREES, Image.Resampling.BILINEAR, fillcolor=(150, 140, 125))
    bright, blue, red = turned.convert("YCbCr").split()
    half = (SIZE[0] // 2, SIZE[1] // 2)
    return b"FRAME\n" + b"".join(plane.tobytes() for plane in (bright, blue.resize(half), red.resize(half)))
