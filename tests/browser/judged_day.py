"""A contest's day by the API, as many tablets at once would judge it: the rest of what a journey does by hand."""

from __future__ import annotations

from random import Random
from typing import Any

import httpx

from app.competitions.rulesets import pinned, shipped_text
from app.rehearsal.sheets import made_attempt, strength_of
from app.rehearsal.teams import Plan
from tests.serving import command, post

Shape = dict[str, Any]
Header = dict[str, str]
BATCH = 50


class Day:
    """Judges, volunteers and referees of one competition; ``headers`` sign them in, by ``judge A`` or ``volunteer``."""

    def __init__(self, client: httpx.Client, plan: Plan, headers: dict[str, Header], seed: int) -> None:
        self._client, self._plan, self._headers, self._seed = client, plan, headers, seed
        self._chance = Random(f"journey/{seed}")
        self._here = f"c/{plan['slug']}"

    def live(self, topic: str) -> Shape:
        """A topic as the public sees it."""
        answer = self._client.get(f"/api/v1/live/{self._here}/{topic}")
        answer.raise_for_status()
        data: Shape = answer.json()["data"]
        return data

    def queue(self, field: str) -> Shape:
        return self.live(f"field/{field}/queue")

    def check_in(self, entries: list[str]) -> None:
        self._all("volunteer", [command("CheckIn", f"{self._here}/entry/{entry}") for entry in entries])

    def score_the_rest(self) -> None:
        """Every run that has no result yet gets one, as good as its robot is."""
        for division in self._plan["divisions"]:
            ruleset = pinned(shipped_text(division["discipline"]) or "")
            for field in division["fields"] if ruleset.match is None else ():
                runs = [one for one in self.queue(field)["runs"] if one["result"] is None]
                self._all(f"judge {field}", [self._score(ruleset, division, run) for run in runs])

    def play_the_matches(self) -> None:
        """Every match that can be held, again and again until the contests are over."""
        for division in self._plan["divisions"]:
            if "sheet" in division:
                continue
            for field in division["fields"]:
                while matches := [one for one in self.queue(field)["matches"] if not one["is_over"]]:
                    self._all(f"judge {field}", [self._win(match) for match in matches])

    def _score(self, ruleset: Any, division: Plan, run: Shape) -> Shape:
        strength = strength_of(self._seed, run["entry"]["number"])
        made = made_attempt(ruleset, division["sheet"], strength, self._chance)
        return command("EnterScore", run["target"], made, run["version"])

    def _win(self, match: Shape) -> Shape:
        """Two bouts to nothing for the side that is stronger."""
        winner = max(
            match["sides"], key=lambda side: (strength_of(self._seed, side["number"]), side["number"])
        )
        bouts = [{"winner": winner["id"]}] * match["needed"]
        return command("EnterMatch", match["target"], {"bouts": bouts}, match["version"])

    def _all(self, who: str, commands: list[Shape]) -> None:
        for at in range(0, len(commands), BATCH):
            receipts = post(self._client, self._headers[who], *commands[at : at + BATCH])
            assert {receipt["status"] for receipt in receipts} == {"accepted"}, receipts
