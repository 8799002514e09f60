"""``flask schedule …``: solve and check schedules from files, with no database and no server.

Standard output is JSON only; exit 0 is ok, 1 refused or not to be done, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
import orjson

from scoring.planning.checking import check
from scoring.planning.instance import Instance, InstanceInvalid, read_instance

schedule_cli = click.Group("schedule", help="Who is where and when.")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SEEDS = click.IntRange(0, 2**31 - 1)


class Seconds(click.ParamType[float]):
    """A number of seconds that ends."""

    name = "SECONDS"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= MOST_SECONDS:
            self.fail(f"{value!r} is no number of seconds above 0 and up to {MOST_SECONDS}")
        return seconds


MOST_SECONDS = 86_400
SECONDS = Seconds()


@schedule_cli.command("solve")
@click.argument("instance", type=FILE)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--time-limit", type=SECONDS, default=60.0, show_default=True, help="Seconds.")
@click.option("--seed", type=SEEDS, default=0, show_default=True)
def solve_command(instance: Path, output: Path, time_limit: float, seed: int) -> None:
    """Find a schedule that ends as early as it can, and write it; exit 1 where there is none."""
    # The solver takes a second to load, which no other command and no server should wait for.
    from scoring.planning.solving import solve

    found = solve(the_instance(instance), time_limit, seed, _tell)
    write_out(output, found)
    told = {key: value for key, value in found.items() if key != "assignments"}
    answer({"ok": found["status"] in ("optimal", "feasible"), **told})


@schedule_cli.command("check")
@click.argument("instance", type=FILE)
@click.argument("schedule", type=FILE)
def check_command(instance: Path, schedule: Path) -> None:
    """Hold a schedule against its instance: every broken rule, with the activities that break it."""
    try:
        answer(check(the_instance(instance), read_json(schedule)))
    except InstanceInvalid as invalid:
        answer({"ok": False, "code": "schedule_invalid", "errors": invalid.problems})


@schedule_cli.command("matches")
@click.option("--entries", type=int, required=True)
@click.option("--rounds", type=int, required=True, help="Matches each entry plays.")
@click.option("--side", type=click.IntRange(2, 3), default=3, show_default=True, help="Entries on a side.")
@click.option("--min-gap", type=click.IntRange(1), default=1, show_default=True, help="1 is back to back.")
@click.option("--seed", type=SEEDS, default=0, show_default=True)
@click.option("--tries", type=click.IntRange(1, 100), default=1, show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
def matches_command(
    entries: int, rounds: int, side: int, min_gap: int, seed: int, tries: int, output: Path | None
) -> None:
    """Draw qualification matches, write them where told, and print how good they are."""
    # Compiling takes seconds, which no other command and no server should wait for.
    from scoring.planning.annealing import anneal
    from scoring.planning.match_list import Asked, AskedTooMuch, faults, measured

    try:
        asked = Asked(entries, rounds, side, min_gap)
    except AskedTooMuch as too_much:
        answer({"ok": False, "code": too_much.code, "limit": too_much.limit})
    found = anneal(asked, seed, tries)
    if output:
        written = [{"sides": match.sides, "surrogates": sorted(match.surrogates)} for match in found]
        write_out(output, {"version": 1, "entries": entries, "matches": written})
    told, unfit = measured(asked, found), list(faults(asked, found))
    is_apart = told["min_gap"] >= min_gap
    code = "list_unfit" if unfit else None if is_apart else "gap_not_kept"
    answer({"ok": code is None, "code": code, "faults": unfit, "metrics": told})


def the_instance(path: Path) -> Instance:
    """The instance of a file; ends the command with every problem where it is none."""
    try:
        return read_instance(read_json(path))
    except InstanceInvalid as invalid:
        answer({"ok": False, "code": "instance_invalid", "errors": invalid.problems})


def read_json(path: Path) -> Any:
    """What a file holds; ends the command where that is no JSON."""
    try:
        read = json.loads(path.read_bytes(), parse_float=_number)
        json.dumps(read, ensure_ascii=False).encode()  # half a surrogate pair could not be written again
        return read
    except (ValueError, RecursionError) as error:
        answer({"ok": False, "code": "json_invalid", "errors": [{"field": path.name, "message": str(error)}]})


def _number(text: str) -> float:
    """5.0 is a whole number to JSON Schema, so it is one here."""
    number = float(text)
    return int(number) if number.is_integer() else number


def write_out(output: Path, body: dict[str, Any]) -> None:
    """Write a file; ends the command where that cannot be."""
    try:
        output.write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2))
    except OSError as error:
        answer(
            {"ok": False, "code": "not_written", "errors": [{"field": str(output), "message": str(error)}]}
        )


def _tell(what: str, facts: dict[str, Any]) -> None:
    click.echo(f"{what} {facts}", err=True)


def answer(body: dict[str, Any]) -> NoReturn:
    """Print the answer and end: with 0 where it is ok, else with 1."""
    sys.stdout.buffer.write(orjson.dumps(body) + b"\n")
    sys.stdout.flush()
    raise SystemExit(0 if body["ok"] else 1)
