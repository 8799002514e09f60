"""The process that draws documents: ``python -m app.applications.drawing``, confined, is given the file.

It answers with the pages or with why there are none, as ``Redrawn`` says it.
"""

from __future__ import annotations

import io

import pypdfium2

from ..confining import answer_within
from ..pictures import PictureRefused, drawn
from .redrawing import MOST_KEPT_BYTES, MOST_PAGES, DocumentRefused, Redrawn

PAGE_PX = (1240, 1754)
"""A4 at 150 dots an inch: what is written small can be read."""
PHOTO_PX = (1920, 1920)
QUALITY = 80
PDF, LOOKED_AT_BYTES = b"%PDF-", 1024
LOCKED = 4
"""PDFium's word for a password that is missing."""


def answer(content: bytes) -> bytes:
    """The pages of a file, or why it has none."""
    try:
        is_pdf = PDF in content[:LOOKED_AT_BYTES]
        pages = _pages_of(content) if is_pdf else [drawn(content, PHOTO_PX)]
        if sum(map(len, pages)) > MOST_KEPT_BYTES:
            raise DocumentRefused("document_too_large", most=MOST_KEPT_BYTES // 2**20)
    except DocumentRefused as refusal:
        return Redrawn(refused=refusal.code, facts=refusal.facts).to_json()
    except PictureRefused as refusal:
        too_large = refusal.code == "picture_too_large"
        return Redrawn(refused=refusal.code if too_large else "document_unreadable").to_json()
    except Exception:
        return Redrawn(refused="document_unreadable").to_json()
    return Redrawn(pages).to_json()


def _pages_of(content: bytes) -> list[bytes]:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == LOCKED
        raise DocumentRefused("document_locked" if is_locked else "document_unreadable") from None
    if not 1 <= len(pdf) <= MOST_PAGES:
        raise DocumentRefused("document_too_many_pages", most=MOST_PAGES)
    return [_drawn_page(page) for page in pdf]


def _drawn_page(page: pypdfium2.PdfPage) -> bytes:
    """Upright or lying, a page fills the dots of a sheet of A4; what its forms would do is left out."""
    width, height = page.get_size()
    longest, shortest = max(PAGE_PX), min(PAGE_PX)
    scale = min(longest / max(width, height), shortest / min(width, height))
    written = io.BytesIO()
    page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB").save(
        written, "JPEG", quality=QUALITY
    )
    return written.getvalue()


if __name__ == "__main__":
    answer_within(answer)
