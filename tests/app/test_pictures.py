"""Pictures that strangers made are drawn within bounds, and never where the event loop would wait for them."""

from __future__ import annotations

import io
import threading
from pathlib import Path
from typing import Any

import gevent
import pytest
from PIL import Image

from app import pictures
from app.pictures import PictureRefused, keep_picture, picture_path

FITS = (800, 800)
ORIENTATION = 0x0112


def encoded(size_px: tuple[int, int], mode: str = "RGB", kind: str = "PNG", **more: Any) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size_px, 0).save(written, kind, **more)
    return written.getvalue()


def test_what_has_more_dots_than_a_large_camera_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PNG of 25 million white dots has some kilobytes; unpacked it would take a hundred million."""
    loaded: list[object] = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: loaded.append(self))
    with pytest.raises(PictureRefused) as refused:
        keep_picture(encoded((5_000, 5_000), "1"), tmp_path, FITS)
    assert (refused.value.code, loaded) == ("picture_too_large", [])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_it_is_made_smaller_before_its_colours_are_worked_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    sizes = []
    convert = Image.Image.convert

    def watched(self: Image.Image, *given: Any, **more: Any) -> Image.Image:
        sizes.append(self.width * self.height)
        return convert(self, *given, **more)

    monkeypatch.setattr(Image.Image, "convert", watched)
    digest = keep_picture(encoded((2_400, 1_200), kind=kind), tmp_path, FITS)
    assert max(sizes, default=0) <= FITS[0] * FITS[1]
    assert Image.open(picture_path(tmp_path, digest)).size == (800, 400)


def test_a_large_jpeg_is_never_unpacked_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    core: Any = vars(Image)["core"]
    load = core.new

    def watched(mode: str, size: tuple[int, int]) -> Any:
        loaded.append(size)
        return load(mode, size)

    content = encoded((4_800, 3_200), kind="JPEG")
    monkeypatch.setattr(core, "new", watched)
    keep_picture(content, tmp_path, FITS)
    assert max(width for width, _ in loaded) <= 4_800 / 2


def test_a_phones_photo_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    digest = keep_picture(encoded((400, 300), kind="JPEG", exif=exif), tmp_path, FITS)
    drawn = Image.open(picture_path(tmp_path, digest))
    assert drawn.size == (300, 400)
    assert not drawn.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_colours_is_drawn(tmp_path: Path, mode: str) -> None:
    digest = keep_picture(encoded((1_000, 1_000), mode), tmp_path, FITS)
    drawn = Image.open(picture_path(tmp_path, digest))
    assert (drawn.mode, drawn.size) == ("RGB", FITS)


def test_drawing_leaves_the_event_loop_and_comes_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go = threading.Event(), threading.Event()
    threads: list[int] = []

    def slowly(content: bytes, fits_px: tuple[int, int]) -> bytes:
        threads.append(threading.get_ident())
        begun.set()
        assert may_go.wait(30)
        return content

    monkeypatch.setattr(pictures, "drawn", slowly)
    drawing = [gevent.spawn(keep_picture, name, tmp_path, FITS) for name in (b"one", b"two")]
    assert gevent.get_hub().threadpool.apply(begun.wait, (30,))
    gevent.idle()
    assert len(threads) == 1, "the second waits for the first, and this loop for neither"
    assert threads[0] != threading.get_ident()
    may_go.set()
    gevent.joinall(drawing, timeout=30, raise_error=True)
    assert len(threads) == 2
