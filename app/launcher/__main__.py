"""The way in: ``python3 app/launcher setup [--dev]`` and ``python3 app/launcher run``.

This file and ``interpreters.py`` keep to what old Pythons can read, so that those get a sentence and not a traceback.
"""

import os
import sys

# `launcher` becomes a package of its own: as `app.launcher` it would import the server's package first.
sys.path[:1] = []
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from launcher.interpreters import (  # type: ignore[import-not-found]  # noqa: E402
    NEEDED,
    newest,
    sentence_without,
)


def main():
    # type: () -> int
    """Go on in a Python that is new enough: this one, or the newest found."""
    if sys.version_info < NEEDED:
        better = newest()
        if better is None:
            sys.exit(sentence_without())
        os.execv(better, [better, os.path.dirname(os.path.abspath(__file__))] + sys.argv[1:])
    from launcher.command_line import obey  # type: ignore[import-not-found]

    return int(obey(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
