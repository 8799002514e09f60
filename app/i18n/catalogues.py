"""The .po files of each language: brought up to date with the source, in one order, without line numbers."""

from __future__ import annotations

from pathlib import Path

import polib

from .compiling import LOCALES, TRANSLATIONS, po_path
from .sources import Message

PLURAL_FORMS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "en": "nplurals=2; plural=(n != 1);",
}
FORMS = {"kk": 2, "ru": 3, "en": 2}
WRAP_AT = 110


def update(messages: dict[str, Message], translations: Path = TRANSLATIONS) -> None:
    """Write every language's .po: strings no longer in the source go, new ones come untranslated, the rest stays."""
    for locale in LOCALES:
        path = po_path(locale, translations)
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {entry.msgid: entry for entry in polib.pofile(str(path))} if path.exists() else {}
        updated(messages, known, locale).save(str(path))


def updated(messages: dict[str, Message], known: dict[str, polib.POEntry], locale: str) -> polib.POFile:
    """The catalogue of ``messages``, with the translations that ``known`` has for them."""
    catalogue = polib.POFile(wrapwidth=WRAP_AT)
    catalogue.metadata = {
        "Project-Id-Version": "Baige",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[locale],
    }
    for msgid in sorted(messages):
        catalogue.append(_entry(messages[msgid], known.get(msgid), locale))
    return catalogue


def _entry(message: Message, known: polib.POEntry | None, locale: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.msgid, occurrences=[(file, "") for file in sorted(message.files)])
    if not message.plural:
        entry.msgstr = known.msgstr if known and not known.msgid_plural else ""
        return entry
    entry.msgid_plural = message.plural
    forms = known.msgstr_plural if known and known.msgid_plural == message.plural else {}
    entry.msgstr_plural = {n: forms.get(n, "") for n in range(FORMS[locale])}
    return entry
