"""A made contest, stage by stage: set up, registered, drawn, half played, finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from flask import Flask
from uuid_utils import uuid7

from ..accounts.signing_in import digest_of, new_token
from ..applications.state import Applications
from ..competitions.state import Setup
from ..demo import fill as fill_demo
from ..entries.state import Entries, Entry
from ..eventlog.chain import utc_now
from ..eventlog.deciding import Actor
from ..eventlog.fold import State
from ..pipeline import Pipeline
from ..settings import Settings
from .accounts import actors, open_accounts
from .playing import Day
from .steps import Step, carry_out
from .teams import Plan, made_teams, read_plan

STAGES = ("set-up", "registered", "drawn", "midday", "finished")
"""Divisions only · every team accepted · checked in, inspected and drawn · half of day one · published."""
SEED = 2026
SIGNED = {"early": "барлық команда келісті"}
VOLUNTEERS = 4


def make(
    app: Flask, name: str, stage: str = STAGES[-1], seed: int = SEED, slug: str | None = None
) -> dict[str, Any]:
    """Make a contest (one of PLANS) up to a stage in an open installation, unless it is there.

    Returns ``{"created", "slug", "stage", "seed", "entries", "divisions"}``.
    """
    plan = read_plan(name)
    maker = _Maker(app, plan, seed, slug or plan["slug"])
    if maker.exists:
        return {"created": False, "slug": maker.slug}
    fill_demo(app)
    for made in STAGES[: STAGES.index(stage) + 1]:
        maker.reach(made)
    return {"created": True, "slug": maker.slug, "stage": stage, "seed": seed, **maker.counts()}


class _Maker:
    """Carries out the stages on one competition."""

    def __init__(self, app: Flask, plan: Plan, seed: int, slug: str) -> None:
        self._pipeline: Pipeline = app.extensions["pipeline"]
        self._settings: Settings = app.extensions["settings"]
        self._plan, self._seed = plan, seed
        self._chance = Random(f"doors/{seed}")  # noqa: S311 (a day that can be shown again)
        self.slug = slug
        self._here = f"c/{slug}"

    @property
    def exists(self) -> bool:
        return self._pipeline.state(self._here) is not None

    def reach(self, stage: str) -> None:
        {
            "set-up": self._set_up,
            "registered": self._register,
            "drawn": self._open_doors,
            "midday": lambda: self._compete(share=0.5, rounds=1),
            "finished": self._finish,
        }[stage]()

    def counts(self) -> dict[str, int]:
        return {"entries": len(self._state[Entries].by_id), "divisions": len(self._state[Setup].divisions)}

    @property
    def _state(self) -> State:
        state = self._pipeline.state(self._here)
        assert state is not None
        return state

    def _set_up(self) -> None:
        plan, today = self._plan, utc_now().date()
        last = today + timedelta(days=plan["days"] - 1)
        dates = {"starts_on": today.isoformat(), "ends_on": last.isoformat(), "demo": True}
        steps = [Step("CreateCompetition", self._here, plan["competition"] | dates)]
        steps += [Step("AddField", self._here, {"code": code, "name": code}) for code in plan["fields"]]
        steps += [
            Step("AddField", self._here, {"code": code, "name": f"{code} каб."}) for code in plan["rooms"]
        ]
        for division in plan["divisions"]:
            named = {key: division[key] for key in ("code", "name", "discipline")}
            steps.append(Step("AddDivision", self._here, named))
            if "numbers" in division:
                steps.append(Step("SetNumbers", self._at(division), {"numbers": division["numbers"]}))
        ages = {
            division["code"]: {"youngest": division["ages"][0], "oldest": division["ages"][1]}
            for division in plan["divisions"]
        }
        steps.append(Step("SetApplicationTerms", self._here, {"is_open": True, "divisions": ages}, 0))
        steps += [Step("AddScreen", self._here, screen) for screen in plan["screens"]]
        steps.append(Step("SetOfficials", self._here, plan["officials"]))
        carry_out(self._pipeline, steps)
        open_accounts(self._pipeline, self._settings, self.slug, list(_wanted_accounts(plan)))

    def _register(self) -> None:
        """Every team applies as a coach would by the public form, and is accepted."""
        forms = [team.form() for team in made_teams(self._plan, self._seed, utc_now().year)]
        submitted = [
            {"form": form, "token_digest": digest_of(new_token()), "salt": uuid7().hex} for form in forms
        ]
        steps = [Step("SubmitApplication", f"{self._here}/application/{uuid7()}", one) for one in submitted]
        carry_out(self._pipeline, steps)
        waiting = self._state[Applications].by_id.values()
        accepting = [
            Step("AcceptApplication", f"{self._here}/application/{one.id}", {}, one.version)
            for one in waiting
        ]
        carry_out(self._pipeline, accepting)

    def _open_doors(self) -> None:
        """Most teams come and are inspected; start lists and matches are drawn."""
        volunteer = self._actor("volunteer")
        entries = list(self._state[Entries].by_id.values())
        here = [one for one in entries if self._may_come_late(one)]
        carry_out(self._pipeline, [Step("CheckIn", self._of(one), {}) for one in here], volunteer)
        carry_out(self._pipeline, list(self._inspections(here)), volunteer)
        carry_out(self._pipeline, [self._draw(division) for division in self._plan["divisions"]])

    def _inspections(self, entries: list[Entry]) -> Iterator[Step]:
        for entry in entries:
            limits = self._state[Setup].divisions[entry.division].ruleset.robot
            measured = {
                name: round(most * self._chance.uniform(0.7, 1), 1) for name, most in sorted(limits.items())
            }
            if measured:
                yield Step("RecordInspection", self._of(entry), {"outcome": "passed", **measured})

    def _draw(self, division: Plan) -> Step:
        fields, drawn = division["fields"], {"seed": self._seed}
        if "judges" in division:
            panel = [actor.account for actor in self._judges() if actor.fields == tuple(fields)]
            return Step("DrawPanel", self._at(division), {"field": fields[0], "judges": panel, **drawn})
        if self._state[Setup].divisions[division["code"]].ruleset.match is None:
            return Step("DrawStartList", self._at(division), {"field": fields[0], **drawn})
        return Step("DrawMatches", self._at(division), {"fields": fields, **drawn})

    def _compete(self, share: float, rounds: int | None) -> None:
        day = Day(self._pipeline, self._state, self._plan, self._seed)
        day.hold_runs(self._judges(), share)
        day.hold_matches(self._judges(), self._actor("referee"), rounds)

    def _finish(self) -> None:
        self._compete(share=1, rounds=None)
        publishing = [Step("PublishResults", self._at(one), SIGNED) for one in self._plan["divisions"]]
        carry_out(self._pipeline, publishing)

    def _may_come_late(self, entry: Entry) -> bool:
        """Whether the team is here; those who have matches all come, so that no match needs a walkover."""
        absent = self._chance.random() < self._plan["absent_share"]
        return not absent or self._state[Setup].divisions[entry.division].ruleset.match is not None

    def _actors(self) -> list[Actor]:
        return actors(self._settings, self.slug)

    def _actor(self, role: str) -> Actor:
        return next(actor for actor in self._actors() if actor.role == role)

    def _judges(self) -> list[Actor]:
        return [actor for actor in self._actors() if actor.role == "judge"]

    def _at(self, division: Plan) -> str:
        return f"{self._here}/division/{division['code']}"

    def _of(self, entry: Entry) -> str:
        return f"{self._here}/entry/{entry.id}"


def _wanted_accounts(plan: Plan) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "referee", plan["officials"]["chief_judge"], ()
    for code in plan["fields"]:
        yield "judge", f"Төреші, {code} алаңы", (code,)
    for division in plan["divisions"]:
        for number in range(1, division.get("judges", 0) + 1):
            yield "judge", f"Төреші {number}, {division['name']['kk']}", tuple(division["fields"])
    for number in range(1, VOLUNTEERS + 1):
        yield "volunteer", f"Ерікті {number}", ()
