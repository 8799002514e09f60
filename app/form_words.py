"""What a browser says of a field that is not filled in as it should be, in the page's language instead of its own."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _


def form_words() -> dict[str, str]:
    """A sentence for each fault of ``ValidityState``; ``{limit}`` is the bound that the field names.

    Some faults are said by the kind of field: ``valueMissing-radio`` comes before ``valueMissing``.
    """
    return {
        "valueMissing": _("This is needed."),
        "valueMissing-checkbox": _("Tick this to go on."),
        "valueMissing-radio": _("Choose one of these."),
        "valueMissing-select": _("Choose one of these."),
        "valueMissing-file": _("Choose a file."),
        "badInput": _("This cannot be read. Write it in full."),
        "badInput-number": _("Write a number."),
        "typeMismatch": _("This is not a whole address."),
        "patternMismatch": _("This may not be written so."),
        "patternMismatch-password": _("Digits only."),
        "tooShort": _("At least {limit} characters."),
        "tooLong": _("At most {limit} characters."),
        "rangeUnderflow": _("{limit} at the least."),
        "rangeOverflow": _("{limit} at the most."),
        "stepMismatch": _("This value does not fit here."),
        "stepMismatch-number": _("Write a whole number."),
    }


def install(app: Flask) -> None:
    app.context_processor(lambda: {"form_words": form_words})
