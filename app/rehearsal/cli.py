"""The command line of made contests: `flask demo district`, `flask demo republican`, `flask demo spreadsheet`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from .. import logs
from ..cli_answers import answer, refused
from ..eventlog.chain import utc_now
from ..holding import hold
from ..upgrading import upgrade
from .contest import SEED, STAGES, make
from .spreadsheet import write_spreadsheet
from .teams import PLANS, made_teams, read_plan

SEED_OPTION = click.option("--seed", default=SEED, show_default=True, help="The same makes the same again.")
STAGE_OPTION = click.option(
    "--stage", type=click.Choice(STAGES), default=STAGES[-1], show_default=True, help="How far it has come."
)
SLUG_OPTION = click.option("--slug", help="Its name in addresses; the plan's own where none is said.")


@click.command("district")
@SEED_OPTION
@STAGE_OPTION
@SLUG_OPTION
@with_appcontext
def district_command(seed: int, stage: str, slug: str | None) -> None:
    """Create a district contest of 24 teams to rehearse with; the running server must be stopped."""
    _make("district", stage, seed, slug)


@click.command("republican")
@SEED_OPTION
@STAGE_OPTION
@SLUG_OPTION
@with_appcontext
def republican_command(seed: int, stage: str, slug: str | None) -> None:
    """Create a republican contest of 400 entries to rehearse with; the running server must be stopped."""
    _make("republican", stage, seed, slug)


@click.command("spreadsheet")
@click.argument("plan", type=click.Choice(PLANS))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@SEED_OPTION
def spreadsheet_command(plan: str, file: Path, seed: int) -> None:
    """Write the teams of a made contest as a spreadsheet to import."""
    read = read_plan(plan)
    teams = made_teams(read, seed, utc_now().year)
    answer({"ok": True, "file": str(file), "rows": write_spreadsheet(read, teams, seed, file)})


def _make(name: str, stage: str, seed: int, slug: str | None) -> None:
    from ..wiring import start

    logs.configure()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = app.extensions["settings"]
    lock = hold(settings)
    if lock is None:
        answer(refused("server_running", {}))
    with lock:
        upgrade(settings)
        start(app)
        try:
            answer({"ok": True, **make(app, name, stage, seed, slug)})
        finally:
            app.extensions["pipeline"].close()
