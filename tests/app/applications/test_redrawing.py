"""Documents are drawn anew: what is seen stays, what a file would do does not, and bounds hold."""

from __future__ import annotations

import base64
import io
import subprocess
import sys

import orjson
import pytest
from PIL import Image

from app.applications import redrawing
from app.applications.drawing import PHOTO_PX
from app.applications.redrawing import MOST_FILE_BYTES, MOST_PAGES, DocumentRefused, redrawn
from app.confining import Ended
from app.messages import SENTENCES

from .documents import active_pdf, pdf, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ACTIVE = (b"JavaScript", b"Launch", b"EmbeddedFile", b"evil.example", b"%PDF", b"calc.exe")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_its_own_only_page(kind: str) -> None:
    [page] = redrawn(picture(kind, (3_000, 1_500)))
    drawn = Image.open(io.BytesIO(page))
    assert (drawn.format, drawn.size) == ("JPEG", (PHOTO_PX[0], PHOTO_PX[0] // 2))


def test_of_a_pdf_what_is_seen_stays_and_what_it_would_do_does_not() -> None:
    [page] = redrawn(active_pdf())
    drawn = Image.open(io.BytesIO(page))
    assert drawn.format == "JPEG"
    red, green, blue = drawn.split()
    place = (drawn.width * 70 // 200, drawn.height * 230 // 300)
    assert [round(float(str(one.getpixel(place))), -1) for one in (red, green, blue)] == [200, 30, 30]
    assert drawn.getpixel((drawn.width - 5, 5)) == (255, 255, 255)
    assert not any(word in page for word in ACTIVE)


def test_every_page_comes_in_its_order_up_to_the_most() -> None:
    assert len(redrawn(pdf(MOST_PAGES))) == MOST_PAGES
    with pytest.raises(DocumentRefused) as refused:
        redrawn(pdf(MOST_PAGES + 1))
    assert refused.value.code == "document_too_many_pages"


@pytest.mark.parametrize(
    "content",
    [b"", b"rubbish", SVG, pdf()[:60], b"%PDF-1.7\n%%EOF", picture("GIF"), picture()[:200], b"%PDF-" + SVG],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused) as refused:
        redrawn(content)
    assert refused.value.code == "document_unreadable"


def test_one_that_has_a_password_is_said_to_have_one() -> None:
    locked = pdf().replace(
        b"/Root 1 0 R", b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
    )  # fmt: skip
    with pytest.raises(DocumentRefused) as refused:
        redrawn(locked)
    assert refused.value.code == "document_locked"


def test_pages_and_pictures_beyond_any_sheet_are_within_bounds() -> None:
    huge = pdf().replace(b"[0 0 200 300]", b"[0 0 14400 14400]")
    [page] = redrawn(huge)
    assert max(Image.open(io.BytesIO(page)).size) <= 1754
    thin = pdf().replace(b"[0 0 200 300]", b"[0 0 1 90000]")
    [page] = redrawn(thin)
    assert max(Image.open(io.BytesIO(page)).size) <= 1754
    with pytest.raises(DocumentRefused) as refused:
        redrawn(picture("PNG", (5_000, 5_000)))
    assert refused.value.code == "picture_too_large"
    with pytest.raises(DocumentRefused) as refused:
        redrawn(bytes(MOST_FILE_BYTES + 1))
    assert refused.value.code == "document_too_large"


def test_a_file_that_the_process_died_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_given: object) -> bytes:
        raise Ended("app.applications.drawing")

    monkeypatch.setattr(redrawing, "confined", die)
    with pytest.raises(DocumentRefused) as refused:
        redrawn(pdf())
    assert refused.value.code == "document_unreadable"
    assert "document_unreadable" in SENTENCES


def test_the_server_itself_never_loads_what_reads_pdfs() -> None:
    loaded = "import sys, app.wiring; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert done.stdout.strip().endswith("False")


def test_the_answer_of_the_process_reads_as_it_was_written() -> None:
    told = redrawing.Redrawn([b"\x00\xff"], None, {})
    assert orjson.loads(told.to_json())["pages"] == [base64.b64encode(b"\x00\xff").decode()]
    assert redrawing.Redrawn.from_json(told.to_json()) == told
