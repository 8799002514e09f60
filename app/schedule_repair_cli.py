"""``flask schedule push | repair | swap``: what to do late in the day, proposed from files as a difference.

Standard output is JSON only; exit 0 is ok, 1 refused or not to be done, 2 wrong usage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from scoring.planning.checking import broken_rules, metrics, read_placed
from scoring.planning.day import Now, closed
from scoring.planning.instance import Instance, InstanceInvalid, Placed, Window
from scoring.planning.sides import as_assignments, dealt

from .schedule_cli import FILE, SECONDS, SEEDS, answer, read_json, schedule_cli, the_instance, write_out

__all__ = ["schedule_cli"]

Body = Callable[..., None]


class Hours(click.ParamType[tuple[str, Window]]):
    """``RESOURCE=FROM-TO``, in minutes."""

    name = "RESOURCE=FROM-TO"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, Window]:
        resource, _, hours = str(value).rpartition("=")
        start, _, end = hours.partition("-")
        if not (resource and start.isdigit() and end.isdigit() and int(start) < int(end)):
            self.fail(f"{value!r} is not RESOURCE=FROM-TO")
        return resource, (int(start), int(end))


def late_in_the_day(command: Body) -> Body:
    """The arguments all three have."""
    for option in (
        click.option(
            "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The new schedule."
        ),
        click.option(
            "--closed", "shut", type=Hours(), multiple=True, help="A resource that is late or broken."
        ),
        click.option("--held", multiple=True, help="An activity that is called already."),
        click.option("--late", multiple=True, help="An activity whose time came and that has not begun."),
        click.option("--now", type=click.IntRange(0), required=True, help="The minute it is."),
        click.argument("schedule", type=FILE),
        click.argument("instance", type=FILE),
    ):
        command = option(command)
    return command


@schedule_cli.command("push")
@late_in_the_day
def push_command(instance: Path, schedule: Path, **options: Any) -> None:
    """Push everything forward in its order, each as soon as it can be."""
    from scoring.planning.repairing import push

    asked, placed, now = _asked(instance, schedule, options)
    repair = push(asked, placed, now)
    _propose(asked, placed, now, repair, options["output"])


@schedule_cli.command("repair")
@late_in_the_day
@click.option("--time-limit", type=SECONDS, default=20.0, show_default=True, help="Seconds.")
@click.option("--seed", type=SEEDS, default=0, show_default=True)
def repair_command(instance: Path, schedule: Path, time_limit: float, seed: int, **options: Any) -> None:
    """Mend what breaks a rule by moving as few activities as can be."""
    from scoring.planning.repairing import fewest_moves

    asked, placed, now = _asked(instance, schedule, options)
    repair = fewest_moves(asked, placed, now, time_limit, seed)
    if repair is None:
        answer({"ok": False, "code": "repair_not_found"})
    _propose(asked, placed, now, repair, options["output"])


@schedule_cli.command("swap")
@late_in_the_day
@click.argument("first")
@click.argument("second")
def swap_command(instance: Path, schedule: Path, first: str, second: str, **options: Any) -> None:
    """Have two activities change places, and say what that breaks."""
    from scoring.planning.repairing import swapped

    asked, placed, now = _asked(instance, schedule, options)
    try:
        repair = swapped(asked, placed, now, first, second)
    except KeyError as unknown:
        answer({"ok": False, "code": "activity_unknown", "activity": unknown.args[0]})
    except ValueError:
        answer({"ok": False, "code": "activity_settled"})
    _propose(asked, placed, now, repair, options["output"])


def _asked(instance: Path, schedule: Path, options: dict[str, Any]) -> tuple[Instance, list[Placed], Now]:
    """The instance as it is now, the schedule, and the moment; ends the command where a file or a name is wrong."""
    known = the_instance(instance)
    hours = dict(options["shut"])
    unknown = [name for name in hours if name not in known.resources]
    unknown += [name for name in (*options["held"], *options["late"]) if name not in known.activities]
    if unknown:
        answer({"ok": False, "code": "id_unknown", "ids": unknown})
    try:
        placed = read_placed(known, read_json(schedule))
    except InstanceInvalid as invalid:
        answer({"ok": False, "code": "schedule_invalid", "errors": invalid.problems})
    return (
        closed(known, hours),
        placed,
        Now(options["now"], frozenset(options["held"]), frozenset(options["late"])),
    )


def _propose(instance: Instance, before: list[Placed], now: Now, repair: Any, output: Path | None) -> None:
    """Print the difference, and what it breaks that could still be moved; write the schedule where told."""
    from scoring.planning.repairing import moves

    repair = replace(repair, placed=dealt(instance, repair.placed))
    settled = {one.activity.id for one in repair.placed if now.is_settled(one)}
    broken = [one for one in broken_rules(instance, repair.placed) if not set(one["activities"]) <= settled]
    known = {one.activity.id for one in (*before, *repair.left_out)}
    missing = [id_ for id_ in instance.activities if id_ not in known]
    broken += [{"code": "missing", "activities": missing}] if missing else []
    told = metrics(instance, repair.placed)
    if output:
        written = {
            "status": "feasible",
            "objective": {"last_end": told["last_end"], "idle": told["idle"]},
            "bound": None,
            "assignments": as_assignments(instance, repair.placed),
        }
        write_out(output, written)
    answer(
        {
            "ok": not broken and not repair.left_out,
            "moves": [
                {"activity": move.after.activity.id, "from": _place(move.before), "to": _place(move.after)}
                for move in moves(before, repair.placed)
            ],
            "left_out": [one.activity.id for one in repair.left_out],
            "violations": broken,
            "metrics": told,
        }
    )


def _place(one: Placed) -> dict[str, Any]:
    return {"start": one.start, "resources": list(one.resources)}
