"""Tables of thousands of lines, written as files without holding up whoever is served meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from typing import TypeVar

import gevent
from flask import Response

from ...reports.results import FORMATS, ResultTable
from ...threads import in_thread

AT_A_TIME = 100
Given = TypeVar("Given")
Made = TypeVar("Made")


def in_slices(given: Sequence[Given], make: Callable[[Sequence[Given]], Sequence[Made]]) -> Iterator[Made]:
    """What ``make`` makes of all of them, a few at a time; the event loop goes on in between."""
    for at in range(0, len(given), AT_A_TIME):
        yield from make(given[at : at + AT_A_TIME])
        gevent.sleep(0)


def as_file(table: ResultTable, name: str, extension: str) -> Response:
    """The table as a file, written in a real thread in the language of the request."""
    made = FORMATS[extension]
    asked_in = copy_context()
    content = in_thread(lambda: asked_in.run(made.write, table))
    response = Response(content, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response.headers["Cache-Control"] = "no-store"
    return response
