"""Desk pages that show the rules: every discipline, a sheet to try, and a ruleset file of one's own checked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from pydantic import ValidationError

from scoring.check import Report, check
from scoring.preview import said as in_words
from scoring.problems import RulesetError
from scoring.ruleset import Ruleset
from scoring.sheet import evaluate

from ...accounts.access import access
from ...competitions.rulesets import pinned, shipped, shipped_text
from ...competitions.trying import MOST_CHARACTERS, RulesTried
from ...confining import Ended
from ...languages import request_locale
from ...messages import sentence
from ...rules_printing import said, spoken
from ...standings.criteria import criterion_words
from ...threads import in_thread
from .trying_apart import tried_apart

blueprint = Blueprint("desk_rules", __name__, url_prefix="/desk/rules")


class RulesetForm(FlaskForm):  # type: ignore[misc]
    """A ruleset file to be checked."""

    file = FileField(_l("Ruleset file (YAML)"), validators=[FileRequired(_l("Choose a file."))])


@blueprint.get("/")
@access("organiser")
def disciplines() -> str:
    return _list_page(RulesetForm())


@blueprint.get("/<name>")
@access("organiser")
def discipline(name: str) -> Any:
    text = shipped_text(name)
    if text is None:
        abort(404)
    ruleset = pinned(text)
    parameters, wrong = _set_on_the_day(ruleset)
    try:
        ruleset = pinned(text, parameters)
    except RulesetError as error:
        wrong += said([problem.to_json() for problem in error.problems], request_locale())
        parameters = ()
    return _try_page(
        ruleset, RulesTried(discipline=name, parameters=dict(parameters)), check(text, name), wrong
    )


@blueprint.post("/check")
@access("organiser")
def check_file() -> Any:
    form = RulesetForm()
    if not form.validate_on_submit():
        return _list_page(form), 400
    text = form.file.data.read(4 * MOST_CHARACTERS).decode("utf-8-sig", "replace")[: MOST_CHARACTERS + 1]
    try:
        tried = RulesTried(text=text)
        checked = tried_apart("check", tried)
    except (ValidationError, Ended):
        form.file.errors = [sentence("trial_too_large")]
        return _list_page(form), 400
    report = Report.from_json(checked["report"] | {"file": form.file.data.filename or ""})
    if not checked["is_usable"]:
        return render_template("desk/rules_problems.html", file=report.file, problems=_sentences(report))
    return _try_page(in_thread(lambda: pinned(text)), tried, report, [])


def _list_page(form: RulesetForm) -> str:
    rulesets = [pinned(shipped_text(name) or "") for name in shipped()]
    return render_template("desk/rules_list.html", rulesets=rulesets, form=form)


def _try_page(ruleset: Ruleset, tried: RulesTried, report: Report, wrong: list[dict[str, Any]]) -> str:
    return render_template(
        "desk/rules_try.html",
        ruleset=ruleset,
        report=report,
        problems=_sentences(report),
        wrong=wrong,
        samples=_samples(ruleset),
        ranked_by=[criterion_words(ruleset, criterion.by) for criterion in ruleset.ranking],
        content={
            "ruleset": ruleset.to_json(),
            "tried": tried.model_dump(),
            "formulas": {
                **{value.name: value.formula.source for value in ruleset.values},
                **{result.name: result.formula.source for result in ruleset.results},
            },
            "conditions": {one.code: one.require.source for one in ruleset.constraints},
            "samples": [dict(example.sheet) for example in ruleset.examples],
        },
    )


def _samples(ruleset: Ruleset) -> list[dict[str, Any]]:
    """The worked examples with what they come to, in the order of the file."""
    evaluated = in_thread(lambda: [evaluate(ruleset, one.sheet).to_json() for one in ruleset.examples])
    return [
        {"name": example.name, **spoken(made, request_locale())}
        for example, made in zip(ruleset.examples, evaluated, strict=True)
    ]


def _set_on_the_day(ruleset: Ruleset) -> tuple[tuple[tuple[str, float], ...], list[dict[str, Any]]]:
    """Parameters that the address sets, and what is wrong with those that are no numbers."""
    parameters: list[tuple[str, float]] = []
    wrong: list[dict[str, Any]] = []
    for parameter in ruleset.parameters:
        given = request.args.get(parameter.name, "").strip().replace(",", ".")
        if not given or not parameter.on_the_day:
            continue
        try:
            parameters.append((parameter.name, float(given)))
        except ValueError:
            label = in_words(parameter.label, request_locale() or "kk")
            wrong.append({"field": label, "message": _l("This is not a number.")})
    return tuple(sorted(parameters)), wrong


def _sentences(report: Report) -> list[dict[str, Any]]:
    return said([problem.to_json() for problem in report.problems], request_locale())
