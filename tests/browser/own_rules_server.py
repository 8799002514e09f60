"""The server with disciplines from the folder DISCIPLINES names, for rules that no shipped discipline has."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from app.competitions import rulesets  # noqa: E402
from app.server import main  # noqa: E402

if __name__ == "__main__":
    rulesets.DISCIPLINES = Path(os.environ["DISCIPLINES"])
    sys.exit(main())
