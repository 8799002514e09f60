"""A launcher with stand-in children, run as a process of its own: ``python standing_in.py FOLDER KIND…``.

Each child writes its number to FOLDER/<kind>; the launcher says what it says on standard output.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.launcher.children import Child
from app.launcher.interrupts import Interrupts
from app.launcher.supervisor import Supervisor

WRITE = 'echo $$ > "$0.new"; mv "$0.new" "$0";'
KINDS = {
    "obedient": f"{WRITE} exec sleep 300",
    "deaf": f"trap '' TERM INT HUP; {WRITE} while :; do sleep 300; done",
    "parent": f'sleep 300 & echo $! > "$0.child"; {WRITE} wait',
    "orphaning": f'sleep 300 & echo $! > "$0.child"; {WRITE} exit 3',
    "crashing": f"{WRITE} exit 3",
}


def main(folder: Path, kinds: list[str]) -> None:
    supervisor = Supervisor(lambda sentence: print(sentence, flush=True))
    with Interrupts() as interrupts:
        try:
            for kind in kinds:
                argv = ["/bin/sh", "-c", KINDS[kind], str(folder / kind)]
                supervisor.start(Child(kind, argv, folder / "logs" / f"{kind}.log", folder))
            print("ready", flush=True)
            print("stopping:", supervisor.watch(interrupts), flush=True)
        finally:
            supervisor.end_all(interrupts, patience_s=float(os.environ.get("PATIENCE_S", "0.5")))
    print("stopped", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
