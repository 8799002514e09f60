"""``python -m app.i18n compile`` (at set-up) and ``update`` (``make messages``, after changing a string)."""

from __future__ import annotations

import sys

from .compiling import compile_all
from .sources import UnreadableSource, collect


def main(arguments: list[str]) -> int:
    if arguments == ["compile"]:
        compile_all()
    elif arguments == ["update"]:
        from .catalogues import update  # needs a development requirement

        try:
            messages = collect()
        except UnreadableSource as error:
            print(error, file=sys.stderr)
            return 1
        update(messages)
        compile_all()
        print(f"{len(messages)} messages")
    else:
        print("usage: python -m app.i18n compile|update", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
