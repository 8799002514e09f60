"""Which language a request is answered in: the one chosen, the account's, or the browser's; Kazakh otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from babel.support import Translations
from flask import Flask, Response, has_request_context, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from .settings import LOCALES

COOKIE = "lang"
YEAR_S = 365 * 24 * 3600
NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def request_locale() -> str | None:
    """One of kk, ru, en for this request."""
    if not has_request_context():
        return "en"
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE), _account_locale()):
        if wanted in LOCALES:
            return wanted
    return request.accept_languages.best_match(LOCALES, default=LOCALES[0])


@cache
def in_all(source: str) -> dict[str, str]:
    """The translations of an English source string by language, for live data, which speaks all of them at once."""
    folder = Path(__file__).parent / "translations"
    return {code: str(Translations.load(str(folder), [code]).gettext(source)) for code in LOCALES}


def in_language(names: dict[str, str] | None) -> str:
    """A name in three languages, in the request's or the one forced; whichever there is if that one is missing."""
    if not names:
        return ""
    return names.get(str(get_locale() or request_locale())) or next(iter(names.values()))


def figure_text(value: object, kind: str) -> str:
    """A result's value as people write it: a time as 1:23.456, anything else as a number without needless zeros."""
    if not isinstance(value, int | float):
        return "–"
    if kind != "time":
        return f"{value:.3f}".rstrip("0").rstrip(".")
    minutes, rest_ms = divmod(round(value * 1000), 60_000)
    seconds = f"{rest_ms / 1000:06.3f}" if minutes else f"{rest_ms / 1000:.3f}"
    return f"{minutes}:{seconds}" if minutes else seconds


def unit_text(unit: str | None) -> str:
    """A unit of a ruleset as people write it in the language of the request; what is not known here, as it stands."""
    words = {
        "s": _("s"),
        "min": _("min"),
        "mm": _("mm"),
        "cm": _("cm"),
        "m": _("m"),
        "g": _("g"),
        "kg": _("kg"),
    }
    return str(words.get(unit or "", unit or ""))


def install(app: Flask) -> None:
    """Remember a language chosen by ``?lang=``, and give templates what they need."""

    @app.after_request
    def keep_choice(response: Response) -> Response:
        chosen = request.args.get("lang")
        if chosen in LOCALES:
            response.set_cookie(COOKIE, str(chosen), max_age=YEAR_S, samesite="Lax")
        return response

    app.template_filter("figure")(figure_text)
    app.template_filter("unit")(unit_text)

    @app.context_processor
    def names() -> dict[str, Any]:
        return {"locales": NAMES, "locale": request_locale(), "in_language": in_language}


def _account_locale() -> str | None:
    if current_user and current_user.is_authenticated:
        locale: str | None = current_user.actor.locale
        return locale
    return None
