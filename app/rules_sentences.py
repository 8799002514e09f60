"""The sentence for every code that rulesets, sheets and results can be refused with, for the terminal.

The catalogue is read without Flask, so that ``flask rules`` works alone; pages use ``messages``.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_TRANSLATIONS = Path(__file__).parent / "translations"


def N_(text: str) -> str:  # the name Babel looks for
    """Mark a text to be translated when it is used."""
    return text


SENTENCES: Mapping[str, str] = {
    # the file
    "yaml_malformed": N_("The file is not YAML: %(problem)s."),
    "yaml_not_mapping": N_("The file must hold keys and values."),
    "file_too_large": N_("The file is too large."),
    "key_not_text": N_("A key must be plain text."),
    "key_repeated": N_("This key stands twice."),
    "key_unknown": N_("This key is not known here."),
    "key_missing": N_("The key “%(key)s” is missing."),
    "key_not_for_type": N_("“%(key)s” does not go with the type %(type)s."),
    "value_not_allowed": N_("This value is not allowed here."),
    "text_malformed": N_("This is not in the right form."),
    "too_few": N_("There are too few of these."),
    "too_many": N_("There are too many of these."),
    "too_short": N_("This is too short."),
    "repeated": N_("This stands twice."),
    "schema_mismatch": N_("This is not in the right form."),
    "bounds_crossed": N_("The least is more than the most."),
    "out_of_bounds": N_("%(name)s is outside its bounds."),
    "name_repeated": N_("The name “%(name)s” is used twice."),
    "name_reserved": N_("The name “%(name)s” has a meaning in formulas; choose another."),
    "name_unknown": N_("There is nothing called “%(name)s” here."),
    "name_taken": N_("The name “%(name)s” already stands for something else."),
    "group_unknown": N_("There is no group “%(group)s”."),
    "alliances_twice": N_("Alliances are chosen once in a contest."),
    "partners_of_alliances": N_(
        "Partners are drawn for entries alone: not where alliances were chosen already."
    ),
    "partners_without_qualification": N_("Only a qualification has partners drawn for each match."),
    "alliances_of_others": N_("An alliance begins with the entry that its side is named by."),
    "alliances_not_eight": N_("This playoff has eight alliances, not %(found)s."),
    "alliances_too_few": N_("There must be two alliances at least."),
    "groups_missing": N_("Say which rounds belong together."),
    "rows_inside_rows": N_("Rows cannot stand inside rows."),
    "parameter_unknown": N_("There is no parameter “%(name)s”."),
    "parameter_fixed": N_("The parameter “%(name)s” is not one that may change on the day."),
    # formulas
    "character_unexpected": N_("The character “%(character)s” does not belong in a formula."),
    "token_unexpected": N_("The formula cannot be read at “%(found)s”."),
    "string_malformed": N_("This text in the formula cannot be read."),
    "formula_too_deep": N_("The formula has too many parentheses inside each other."),
    "formula_circular": N_("These formulas need each other: %(cycle)s."),
    "formula_too_costly": N_("The formula can take too long on a tablet."),
    "comparison_chained": N_("Compare two things at a time, and join them with &&."),
    "function_unknown": N_("There is no function “%(function)s”."),
    "arguments_wrong": N_("The function “%(function)s” is not called like that."),
    "table_unknown": N_("There is no table “%(table)s”."),
    "type_mismatch": N_("This should be %(expected)s, and is %(found)s."),
    "may_be_unset": N_("“%(name)s” may be unset; say what counts then, with if_set or otherwise."),
    "list_mixed": N_("A list holds things of one kind."),
    # lint and examples
    "example_failed": N_("The example “%(example)s” comes out otherwise."),
    "examples_few": N_("There are %(found)s worked examples; give at least %(least)s."),
    "points_ascending": N_("Points are ranked from the least."),
    "time_descending": N_("Times are ranked from the slowest."),
    "field_unused": N_("No formula uses “%(name)s”."),
    "max_unreachable": N_("Nobody can reach %(declared)s; the most there is is %(most)s."),
    "translation_missing": N_("A translation is missing."),
    # a sheet
    "required": N_("This is needed."),
    "type_wrong": N_("This is not a value of the right kind."),
    "not_finite": N_("This cannot be computed."),
    "too_large": N_("This is too large."),
    "not_whole": N_("This must be a whole number."),
    "below_min": N_("This is too small."),
    "above_max": N_("This is too large."),
    "off_step": N_("This must go in steps of %(step)s."),
    "option_unknown": N_("There is no such option."),
    "option_repeated": N_("An option is chosen twice."),
    "too_long": N_("This is too long."),
    "too_few_rows": N_("There are too few rows."),
    "too_many_rows": N_("There are too many rows."),
    "field_unknown": N_("The score sheet has no such field."),
    "index_out_of_range": N_("A formula asks for a row that is not there."),
    "not_in_table": N_("A formula looks up a value that its table does not have."),
    "list_empty": N_("A formula needs at least one row."),
    "exponent_not_whole": N_("A power needs a whole exponent."),
    "digits_not_whole": N_("Rounding needs a whole number of digits."),
    "evaluation_failed": N_("A formula has no value on this sheet."),
    # results
    "json_malformed": N_("This is not JSON: %(problem)s."),
    "sheet_not_mapping": N_("A sheet is written as {field: value}."),
    "entry_repeated": N_("The entry %(entry)s stands twice."),
    "entry_unknown": N_("There is no entry %(entry)s."),
    "too_many_attempts": N_("There are %(found)s attempts, and the rules allow %(most)s."),
    "side_unknown": N_("%(side)s is not a side of this match."),
    "match_undecided": N_("These bouts do not decide the match."),
    "entries_too_few": N_("A bracket of this kind needs %(needed)s entries."),
    "phase_without_bracket": N_("The ruleset has no such phase that is played in a bracket."),
}


def sentence(code: str, facts: Mapping[str, Any], locale: str) -> str:
    """The sentence for ``code`` in ``locale``; the code itself where there is none."""
    wording = _catalogue(locale).gettext(SENTENCES[code]) if code in SENTENCES else code
    try:
        return wording % facts
    except KeyError:
        return wording


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    return gettext.translation("messages", _TRANSLATIONS, [locale], fallback=True)
