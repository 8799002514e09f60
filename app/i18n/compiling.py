"""Compiles the .po files: to .mo for the server, and to JSON for the front end with only what that shows."""

from __future__ import annotations

import json
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .sources import FRONT_END, ROOT

LOCALES = ("kk", "ru", "en")
TRANSLATIONS = ROOT / "app" / "translations"
CLIENT = ROOT / "app" / "client" / "catalogue"


def po_path(locale: str, translations: Path = TRANSLATIONS) -> Path:
    return translations / locale / "LC_MESSAGES" / "messages.po"


def compile_all(translations: Path = TRANSLATIONS, client: Path = CLIENT) -> None:
    """Write messages.mo beside each messages.po, and <locale>.json into ``client``."""
    client.mkdir(parents=True, exist_ok=True)
    for locale in LOCALES:
        path = po_path(locale, translations)
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
        with path.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
        text = json.dumps(for_client(catalogue), ensure_ascii=False, indent=1, sort_keys=True)
        (client / f"{locale}.json").write_text(text + "\n", "utf-8")


def for_client(catalogue: Catalog) -> dict[str, str | list[str]]:
    """What the front end shows: ``{msgid: translation}``, or for a plural ``{msgid: [form, …]}`` in CLDR's order.

    Untranslated messages are left out; the front end then shows the English source.
    """
    shown: dict[str, str | list[str]] = {}
    for message in catalogue:
        files = [file for file, _line in message.locations]
        if not message.id or not any(file.startswith(FRONT_END) for file in files):
            continue
        if isinstance(message.id, (tuple, list)):
            forms = [str(form) for form in message.string or ()]
            if forms and all(forms):
                shown[message.id[0]] = forms
        elif message.string:
            shown[str(message.id)] = str(message.string)
    return shown
