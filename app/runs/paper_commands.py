"""The command for a score sheet that was filled in on paper and is keyed in afterwards."""

from __future__ import annotations

from ..eventlog.deciding import Context, Decision, Target, command
from ..eventlog.fold import State
from .commands import run_version
from .notes import Notes
from .run import Run
from .schemas import KeyPaperSheet
from .sheets import scored, sheet_events
from .targets import check_open, own_run


@command(KeyPaperSheet, on="run", roles=("organiser", "referee"), version_of=run_version)
def key_paper_sheet(state: State, target: Target, payload: KeyPaperSheet, context: Context) -> Decision:
    """As if its judge had entered it, marked as from paper; who keyed it stands in the log."""
    run = own_run(state, target, context)
    check_open(run)
    notes = Notes(state)
    data = scored(state, run, payload, notes) | {
        "note": notes.take(payload.note),
        "captain": {"outcome": payload.captain, "note": None} if payload.captain else None,
        "paper": notes.take(payload.judge),
    }
    return Decision(sheet_events(state, run, data, paper_name(run), notes), notes.rows)


def paper_name(run: Run) -> str:
    """Whose sheet it is where a run takes two: each paper is another judge's, whoever keys them both."""
    return f"paper-{sum(name.startswith('paper-') for name in run.sheets) + 1}"
