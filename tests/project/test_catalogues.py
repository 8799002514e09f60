"""Strings are found in every kind of source, and reach both the server's and the front end's catalogue."""

from __future__ import annotations

import gettext
import json
import shutil
from pathlib import Path

import polib
import pytest

from app.i18n.catalogues import update
from app.i18n.compiling import compile_all, po_path
from app.i18n.sources import ROOT, UnreadableSource, collect

PYTHON = """
from flask_babel import gettext as _, lazy_gettext as _l, ngettext
SENTENCES = {"a": _l("Lazy %(x)s.")}
def say(n):
    return _("Plain.") + ngettext("%(num)s run", "%(num)s runs", n)
"""
TEMPLATE = """
{% trans %}Block{% endtrans %} {{ _("Inline") }}
{% trans n=3 %}{{ n }} team{% pluralize %}{{ n }} teams{% endtrans %}
"""
TYPESCRIPT = """
import { t, tn } from '../feed/i18n';
// t('in a comment')
export const View = ({ n }: { n: number }) => (
  <p title={t("It isn’t {name}", { name: 'x' })}>
    don't {/ab'c/.test('x') ? t(`Ticked`) : tn('{n} lap', '{n} laps', n)}
  </p>
);
const notOurs = other.t('A method, not ours');
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A tiny project with a Python file, a template and a TypeScript file."""
    for name, text in (
        ("area.py", PYTHON),
        ("templates/page.html", TEMPLATE),
        ("client/judge/View.tsx", TYPESCRIPT),
    ):
        file = tmp_path / "app" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    shutil.copy(ROOT / "babel.cfg", tmp_path)
    return tmp_path


def test_strings_of_every_kind_of_source_are_found(source: Path) -> None:
    found = {(message.msgid, message.plural) for message in collect(source).values()}
    assert found == {
        ("Lazy %(x)s.", ""),
        ("Plain.", ""),
        ("%(num)s run", "%(num)s runs"),
        ("Block", ""),
        ("Inline", ""),
        ("%(n)s team", "%(n)s teams"),
        ("It isn’t {name}", ""),
        ("Ticked", ""),
        ("{n} lap", "{n} laps"),
    }


def test_string_that_is_not_a_literal_is_refused_with_its_place(source: Path) -> None:
    (source / "app" / "client" / "bad.ts").write_text("const a = 1;\nt('Run ' + a);\n")
    with pytest.raises(UnreadableSource, match=r"bad\.ts:2: .*literal"):
        collect(source)


def test_two_plurals_of_one_string_are_refused(source: Path) -> None:
    (source / "app" / "client" / "bad.ts").write_text("tn('{n} lap', '{n} rounds', 2);\n")
    with pytest.raises(UnreadableSource, match="two plurals"):
        collect(source)


def test_update_keeps_translations_drops_what_is_gone_and_is_steady(source: Path, tmp_path: Path) -> None:
    translations = tmp_path / "translations"
    messages = collect(source)
    update(messages, translations)
    path = po_path("kk", translations)
    translate(path, {"Plain.": "Жай."})
    del messages["Ticked"]
    update(messages, translations)
    once = path.read_text("utf-8")
    update(messages, translations)
    assert path.read_text("utf-8") == once
    assert "Жай." in once
    assert "Ticked" not in once


def test_translations_reach_the_server_and_the_front_end(source: Path, tmp_path: Path) -> None:
    translations, client = tmp_path / "translations", tmp_path / "client"
    update(collect(source), translations)
    path = po_path("ru", translations)
    translate(
        path,
        {"Plain.": "Просто.", "Ticked": "Отмечено"},
        {"{n} lap": ["{n} круг", "{n} круга", "{n} кругов"]},
    )
    compile_all(translations, client)
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Plain.") == "Просто."
    shown = json.loads((client / "ru.json").read_text("utf-8"))
    assert shown == {"Ticked": "Отмечено", "{n} lap": ["{n} круг", "{n} круга", "{n} кругов"]}


def translate(path: Path, plain: dict[str, str], plurals: dict[str, list[str]] | None = None) -> None:
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = plain.get(entry.msgid, entry.msgstr)
        if entry.msgid in (plurals or {}):
            entry.msgstr_plural = dict(enumerate((plurals or {})[entry.msgid]))
    catalogue.save()
