"""``flask rules …``: check, try and use rulesets from a terminal, with no database and no server.

Also ``python -m app.rules_cli …``. Standard output is JSON only; exit 0 is ok, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

from scoring.awards import award
from scoring.check import check
from scoring.contest import Awards
from scoring.model import Ruleset
from scoring.playing import bracket_of, next_swiss_round
from scoring.preview import preview
from scoring.problems import RulesetError
from scoring.records import RecordsRefused, judge_json, rank_json
from scoring.ruleset import load
from scoring.sheet import evaluate

from .rules_printing import print_json, problem, refusal, refuse, said, spoken

DISCIPLINES = Path(__file__).parents[1] / "config" / "disciplines"

_CHOSEN = "app.rules_cli.chosen"
_LOCALE = click.Choice(["kk", "ru", "en"])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _parameters(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    try:
        return {name: float(value) for name, value in (item.split("=", 1) for item in given)}
    except ValueError:
        raise click.BadParameter("NAME=NUMBER", context, option) from None


@click.group("rules")
@click.option("--locale", type=_LOCALE, default="en", show_default=True, help="Language of the sentences.")
@click.option(
    "--set", "chosen", multiple=True, callback=_parameters, help="A parameter on the day: NAME=NUMBER."
)
@click.pass_context
def rules_cli(context: click.Context, locale: str, chosen: dict[str, float]) -> None:
    """Check, try and use the rulesets of disciplines."""
    context.obj = locale
    context.meta[_CHOSEN] = chosen


@rules_cli.command("check")
@click.argument("files", nargs=-1, type=_FILE)
def check_command(files: tuple[Path, ...]) -> None:
    """Schema, formulas, examples and lint of FILES, or of every shipped ruleset."""
    reports = [check(path.read_text("utf-8-sig", "replace"), str(path)) for path in files or shipped()]
    ok = all(report.ok for report in reports)
    shown = [report.to_json() for report in reports]
    print_json({"ok": ok, "files": [{**file, "problems": said(file["problems"])} for file in shown]})
    sys.exit(0 if ok else 1)


@rules_cli.command("score")
@click.argument("ruleset", type=_FILE)
@click.argument("sheet", type=click.File("r", "utf-8"), required=False)
@click.option("--many", type=click.File("r", "utf-8"), help="Score one sheet a line of this file.")
def score_command(ruleset: Path, sheet: TextIO | None, many: TextIO | None) -> None:
    """What SHEET ({field: value}) comes to by RULESET."""
    rules = read_ruleset(ruleset)
    if many is not None:
        for line in many:
            print_json(scored(rules, line))
        return
    if sheet is None:
        raise click.UsageError("Give a SHEET, or --many FILE.")
    made = scored(rules, sheet.read())
    print_json(made)
    sys.exit(0 if made["ok"] else 1)


@rules_cli.command("fields")
@click.argument("ruleset", type=_FILE)
def fields_command(ruleset: Path) -> None:
    """What a sheet of RULESET is made of."""
    print_json([_field(field) for field in read_ruleset(ruleset).to_json()["fields"]])


def on_results(name: str) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Make a command of a function of a ruleset and results: it prints what that gives, or why it is refused."""

    def register(make: Callable[..., Any]) -> Callable[..., None]:
        @rules_cli.command(name)
        @click.argument("ruleset", type=_FILE)
        @click.argument("results", type=click.File("r", "utf-8"))
        @wraps(make)
        def run(ruleset: Path, results: TextIO, **options: Any) -> None:
            rules, given = read_ruleset(ruleset), read_json(results)
            try:
                made = make(rules, given, **options)
            except RecordsRefused as refused:
                refuse(found.to_json() for found in refused.problems)
            print_json(made)

        return run

    return register


@on_results("rank")
def ranked(ruleset: Ruleset, results: Any) -> Any:
    """The standings of RESULTS by RULESET."""
    return {"standings": [standing.to_json() for standing in rank_json(ruleset, results)]}


@on_results("pair")
def paired(ruleset: Ruleset, results: Any) -> Any:
    """The next Swiss round of RESULTS (the same form as for rank)."""
    return asdict(next_swiss_round(ruleset, results))


@on_results("bracket")
@click.option("--phase", help="Which elimination phase; the first, if not said.")
def drawn(ruleset: Ruleset, results: Any, phase: str | None) -> Any:
    """The bracket of RESULTS: entries in the order of their seeds, and the matches played."""
    played = bracket_of(ruleset, results, phase)
    places = [{"id": entry, "rank": place} for entry, place in played.places().items()]
    matches = [match.to_json() for match in played.matches]
    return {"matches": matches, "champion": played.champion, "places": places}


@on_results("judge")
def judged(ruleset: Ruleset, marks: Any) -> Any:
    """Raw and severity-adjusted means of RESULTS, here the judges' [{project, judge, sheet}]."""
    return asdict(judge_json(ruleset, marks))


@on_results("award")
def awarded(ruleset: Ruleset, results: Any) -> Any:
    """The degrees that RESULTS (the same form as for rank) come to, and the ties the jury has to settle."""
    standings = rank_json(ruleset, results)
    return {"degrees": [asdict(degree) for degree in award(standings, ruleset.awards or Awards())]}


@rules_cli.command("preview")
@click.argument("ruleset", type=_FILE)
@click.option("--locale", type=_LOCALE, default="kk", show_default=True)
def preview_command(ruleset: Path, locale: str) -> None:
    """The sheet as the judge will see it, with sample runs."""
    shown = preview(read_ruleset(ruleset), locale)
    print_json({**shown, "samples": [spoken(sample, locale) for sample in shown["samples"]]})


def shipped() -> list[Path]:
    """The rulesets in ``config/disciplines``, in order."""
    return sorted(DISCIPLINES.glob("*.yaml"))


def read_ruleset(path: Path) -> Ruleset:
    """The ruleset of a file; leaves with exit 1 and its problems if it is wrong."""
    try:
        chosen = click.get_current_context().meta.get(_CHOSEN)
        return load(path.read_text("utf-8-sig", "replace"), str(path), chosen)
    except RulesetError as error:
        refuse(found.to_json() for found in error.problems)


def scored(ruleset: Ruleset, text: str) -> dict[str, Any]:
    """What a sheet written as JSON comes to."""
    try:
        sheet = json.loads(text)
    except ValueError as error:
        return refusal(problem("json_malformed", problem=str(error)))
    if not isinstance(sheet, dict):
        return refusal(problem("sheet_not_mapping"))
    return spoken(evaluate(ruleset, sheet).to_json())


def read_json(file: TextIO) -> Any:
    try:
        return json.load(file)
    except ValueError as error:
        refuse([problem("json_malformed", problem=str(error))])


def _field(field: dict[str, Any]) -> dict[str, Any]:
    shown = {key: field[key] for key in ("id", "type", "required", "min", "max", "step", "options", "label")}
    shown |= {key: field[key] for key in ("unit", "group", "source")}
    if field["type"] == "rows":
        shown |= {"min_rows": field["min_rows"], "max_rows": field["max_rows"]}
        shown["fields"] = [_field(column) for column in field["fields"]]
    if field["visible_if"]:
        shown["visible_if"] = field["visible_if"]["cel"]
    return shown


if __name__ == "__main__":
    rules_cli()
