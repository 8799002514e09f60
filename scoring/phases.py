"""What can be wrong with the phases of a ruleset beyond their structure: alliances or partners out of place."""

from __future__ import annotations

from collections.abc import Iterator

from .brackets import ALLIANCES_OF_8
from .problems import RulesetProblem
from .source import Source


def phase_problems(source: Source) -> list[RulesetProblem]:
    """Problems of the phases, with the line of each."""
    return [*_alliance_problems(source), *_partner_problems(source)]


def _alliance_problems(source: Source) -> Iterator[RulesetProblem]:
    """Alliances are chosen once, there are two at least, and the FRC playoff has eight."""
    phases = source.content.get("phases", ())
    choosing = [(at, phase) for at, phase in enumerate(phases) if "alliances" in phase]
    for at, _ in choosing[1:]:
        yield source.problem(("phases", at, "alliances"), "alliances_twice")
    for at, phase in choosing:
        count = phase["alliances"]["count"]
        path = ("phases", at, "alliances", "count")
        if phase["format"] == "alliances_of_8" and count != ALLIANCES_OF_8:
            yield source.problem(path, "alliances_not_eight", found=count)
        elif count < 2:
            yield source.problem(path, "alliances_too_few", found=count)


def _partner_problems(source: Source) -> Iterator[RulesetProblem]:
    """Partners are drawn for a qualification alone, and not once alliances were chosen for good."""
    is_chosen = False
    for at, phase in enumerate(source.content.get("phases", ())):
        is_chosen = is_chosen or "alliances" in phase
        if phase.get("format") == "qualification" and is_chosen:
            yield source.problem(("phases", at, "format"), "partners_of_alliances")
        elif phase.get("format") != "qualification":
            for key in filter(phase.__contains__, ("side", "min_gap")):
                yield source.problem(("phases", at, key), "partners_without_qualification")
