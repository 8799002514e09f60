"""``flask competition …``: a whole competition to one archive, and an archive to a competition of this installation.

Standard output is JSON only; exit 0 is ok, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from . import logs
from .cli_answers import answer, database, refused, settings

competition_cli = AppGroup("competition", help="A whole competition as one file.")

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@competition_cli.command("export")
@click.argument("slug")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export_command(slug: str, output: Path) -> None:
    """Write the archive of the competition SLUG; it holds people's names. The server may be running."""
    from .archives.packing import pack
    from .eventlog.chain import instant, utc_now
    from .eventlog.queries import chains

    with database() as engine:
        with engine.connect() as connection:
            known = f"c/{slug}" in chains(connection)
        if not known:
            answer(refused("competition_unknown", {"slug": slug}))
        part = output.with_name(output.name + ".part")
        with part.open("wb") as file:
            manifest = pack(engine, f"c/{slug}", settings(), instant(utc_now()), file)
        part.replace(output)
    answer({"ok": True, "archive": str(output), "bytes": output.stat().st_size, "log": manifest["log"]})


@competition_cli.command("import")
@click.argument("archive", type=FILE)
def import_command(archive: Path) -> None:
    """Take over the competition in ARCHIVE, made by another installation; the running server must be stopped."""
    from .holding import hold
    from .upgrading import upgrade

    lock = hold(settings())
    if lock is None:
        answer(refused("server_running", {}))
    with lock:
        logs.configure()
        upgrade(settings())
        answer(taken_over(current_app._get_current_object(), archive))  # type: ignore[attr-defined]


def taken_over(app: Flask, archive: Path) -> dict[str, Any]:
    """The answer to importing: ``{"ok"}`` with what ``summary_of`` says, or why not, as ``refused``."""
    from .archives.contents import ArchiveRefused
    from .archives.taking_over import NotStored, summary_of, take_over
    from .eventlog.deciding import SYSTEM
    from .wiring import start

    start(app)
    pipeline, engine = app.extensions["pipeline"], app.extensions["engine"]
    try:
        receipt = take_over(pipeline, engine, settings(), archive, SYSTEM)
        if receipt["status"] != "accepted":
            return refused(receipt["code"], receipt["facts"])
        return {"ok": True, **summary_of(archive)}
    except ArchiveRefused as refusal:
        return refused(refusal.code, refusal.facts)
    except NotStored:
        return refused("not_stored", {})
    finally:
        pipeline.close()
