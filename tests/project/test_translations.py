"""Every string of the source stands in the catalogue, in Kazakh and Russian, with the same placeholders."""

from __future__ import annotations

import re
from collections import Counter

import polib
import pytest

from app.i18n.catalogues import FORMS, PLURAL_FORMS, WRAP_AT, updated
from app.i18n.compiling import LOCALES, po_path
from app.i18n.sources import Message, collect

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
ADVICE = "run `make messages`, then translate what is new in app/translations/"


@pytest.fixture(scope="module")
def messages() -> dict[str, Message]:
    return collect()


@pytest.fixture(params=LOCALES)
def catalogue(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(po_path(request.param)), wrapwidth=WRAP_AT)


def test_catalogue_has_every_string_of_the_source_and_no_other(
    catalogue: polib.POFile, messages: dict[str, Message]
) -> None:
    known = {entry.msgid for entry in catalogue}
    assert sorted(messages.keys() - known) == [], f"missing: {ADVICE}"
    assert sorted(known - messages.keys()) == [], f"stale: {ADVICE}"


def test_catalogue_is_as_make_messages_writes_it(
    catalogue: polib.POFile, messages: dict[str, Message]
) -> None:
    known = {entry.msgid: entry for entry in catalogue}
    assert str(updated(messages, known, catalogue.metadata["Language"])) == str(catalogue), ADVICE
    assert not [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete]


@pytest.mark.parametrize("locale", ["kk", "ru"])
def test_every_string_is_translated(locale: str) -> None:
    untranslated = [entry.msgid for entry in polib.pofile(str(po_path(locale))) if not all(forms_of(entry))]
    assert untranslated == [], f"{len(untranslated)} untranslated in {locale}"


def test_placeholders_are_those_of_the_source(catalogue: polib.POFile) -> None:
    wrong = []
    for entry in catalogue:
        sources = {placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text}
        # A singular may leave the number out: "one team".
        allowed = sources if entry.msgid_plural else {placeholders(entry.msgid)}
        wrong += [form for form in forms_of(entry) if form and placeholders(form) not in allowed]
    assert wrong == []


def test_plural_rules_are_those_of_the_language(catalogue: polib.POFile) -> None:
    locale = catalogue.metadata["Language"]
    assert catalogue.metadata["Plural-Forms"] == PLURAL_FORMS[locale]
    assert {len(entry.msgstr_plural) for entry in catalogue if entry.msgid_plural} <= {FORMS[locale]}


@pytest.mark.parametrize(
    ("locale", "n", "form"),
    [
        ("ru", 1, 0),
        ("ru", 21, 0),
        ("ru", 3, 1),
        ("ru", 12, 2),
        ("ru", 5, 2),
        ("kk", 1, 0),
        ("kk", 5, 1),
        ("en", 0, 1),
    ],
)
def test_plural_expressions_pick_the_form(locale: str, n: int, form: int) -> None:
    from gettext import c2py  # the standard library's own reader of these expressions

    expression = PLURAL_FORMS[locale].split("plural=")[1].rstrip(";")
    assert c2py(expression)(n) == form


def forms_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(PLACEHOLDER.findall(text)).items()))
