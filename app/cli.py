"""The command line: `flask rules …`, `log verify`, `standings rebuild`, `data upgrade`, `demo create`, `doctor` …

Standard output is JSON only; exit 0 ok, 1 refused, 2 usage.
"""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from . import logs
from .account_cli import account_cli
from .cli_answers import answer, database, settings
from .competition_cli import competition_cli
from .rehearsal.cli import district_command, republican_command, spreadsheet_command
from .rules_cli import rules_cli
from .schedule_repair_cli import schedule_cli
from .settings import LOCALES

log_cli = AppGroup("log", help="The append-only log.")
standings_cli = AppGroup("standings", help="Standings, which follow from the log.")
data_cli = AppGroup("data", help="The installation's database.")
demo_cli = AppGroup("demo", help="Made competitions: the small demo, a district and a republican contest.")
backup_cli = AppGroup("backup", help="The second place of everything, and the way back.")


def register(app: Flask) -> None:
    groups = (
        rules_cli,
        schedule_cli,
        competition_cli,
        account_cli,
        log_cli,
        standings_cli,
        data_cli,
        demo_cli,
        backup_cli,
    )
    for group in groups:
        app.cli.add_command(group)
    app.cli.add_command(doctor_command)
    for command in (district_command, republican_command, spreadsheet_command):
        demo_cli.add_command(command)


@log_cli.command("verify")
def log_verify() -> None:
    """Walk every chain of the log and name the first broken link of each."""
    from . import tables  # noqa: F401 (what is sealed is known once every table is)
    from .eventlog.verifying import verify

    with database() as engine:
        answer(verify(engine))


@standings_cli.command("rebuild")
def standings_rebuild() -> None:
    """Score every sheet of the log again and say whether the standings come out the same."""
    from .standings.rebuilding import rebuild

    with database() as engine:
        answer(rebuild(engine))


@data_cli.command("upgrade")
def data_upgrade() -> None:
    """Bring the database to the newest shape; the running server must be stopped."""
    from .upgrading import upgrade

    answer(upgrade(settings()))


@demo_cli.command("create")
def demo_create() -> None:
    """Create the demo competition and its accounts, once; write DATA/access.json."""
    from .demo import create

    logs.configure()
    answer(create(current_app._get_current_object()))  # type: ignore[attr-defined]


@backup_cli.command("restore")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup_restore(folder: Path) -> None:
    """Bring the data back from a second place into an empty DATA; the log is verified and a new epoch begins."""
    from . import tables  # noqa: F401 (what is sealed is known once every table is)
    from .backup.restoring import RestoreRefused, restore

    try:
        told = restore(folder, settings())
    except RestoreRefused as refused:
        told = {"ok": False, "code": refused.code, "facts": refused.facts}
    answer(told)


@click.command("doctor")
@click.option("--lang", type=click.Choice(LOCALES), help="Of the sentences; else that of LANG.")
@with_appcontext
def doctor_command(lang: str | None) -> None:
    """Look for what is wrong with this installation; exit 1 where something has to be mended."""
    from . import tables  # noqa: F401 (what is sealed is known once every table is)
    from .doctor import examine

    own = os.environ.get("LANG", "")[:2]
    with force_locale(lang or (own if own in LOCALES else "en")):
        answer(examine(settings()))
