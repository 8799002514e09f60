"""Files that coaches attach, made by hand: pictures, PDFs, and PDFs that would do something."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image


def picture(kind: str = "JPEG", size_px: tuple[int, int] = (400, 300), colour: str = "teal") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size_px, colour).save(written, kind)
    return written.getvalue()


def pdf(pages: int = 1, more: Mapping[str, str] | None = None, page: str = "") -> bytes:
    """A PDF whose pages each hold a filled square; ``more`` goes into its catalogue, ``page`` into each page."""
    square = "0.8 0.1 0.1 rg 20 20 100 100 re f"
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R "
        + " ".join(f"/{key} {value}" for key, value in (more or {}).items())
        + " >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
    ]
    content = 3 + pages
    objects += [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents {content} 0 R {page} >>"
    ] * pages
    objects.append(f"<< /Length {len(square)} >>\nstream\n{square}\nendstream")
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start, size = len(written), len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{start}\n%%EOF\n"
    )
    return written + end.encode()


def active_pdf() -> bytes:
    """One that would run a script, launch a program, open an address, and carries a file."""
    return pdf(
        more={
            "OpenAction": "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
            "AA": "<< /WC << /S /Launch /F (calc.exe) >> >>",
            "Names": "<< /EmbeddedFiles << /Names [(bad.exe) << /Type /Filespec /F (bad.exe) >>] >> >>",
        },
        page="/AA << /O << /S /URI /URI (http://evil.example/) >> >>",
    )
