"""Collects every translatable string of the source: Python and templates through Babel, TypeScript by its compiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2), "lazy_gettext": None, "lazy_ngettext": (1, 2)}
FRONT_END = ("app/client", "arena_display")
TYPESCRIPT_READER = Path(__file__).with_name("typescript.mjs")


@dataclass
class Message:
    """A string to translate; ``plural`` is empty unless it counts something; ``files`` are those it stands in."""

    msgid: str
    plural: str = ""
    files: set[str] = field(default_factory=set)


class UnreadableSource(Exception):
    """A string cannot be collected: it is not a literal, or has two plurals. ``str()`` names the place."""


def collect(root: Path = ROOT) -> dict[str, Message]:
    """Every message by its msgid. Raises UnreadableSource."""
    messages: dict[str, Message] = {}
    for msgid, plural, file in (*_from_python(root), *_from_typescript(root)):
        message = messages.setdefault(msgid, Message(msgid, plural))
        if plural and message.plural and message.plural != plural:
            raise UnreadableSource(f"{file}: “{msgid}” has two plurals, “{message.plural}” and “{plural}”")
        message.plural = message.plural or plural
        message.files.add(file)
    return messages


def _from_python(root: Path) -> Iterator[tuple[str, str, str]]:
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(root, methods, options, KEYWORDS, directory_filter=_is_ours)
    for name, _line, msgid, _comments, _context in found:
        singular, plural = (msgid[0], msgid[1]) if isinstance(msgid, tuple) else (msgid, "")
        if singular:
            yield singular, plural, Path(name).as_posix()


def _is_ours(folder: str | os.PathLike[str]) -> bool:
    name = Path(folder).name
    return not name.startswith((".", "_")) and name not in ("node_modules", "static", "data")


def _from_typescript(root: Path) -> Iterator[tuple[str, str, str]]:
    files = sorted(_typescript_files(root))
    if not files:
        return
    argv = [_node(), str(TYPESCRIPT_READER), *(str(file) for file in files)]
    done = subprocess.run(argv, cwd=root, capture_output=True, text=True)
    if done.returncode != 0:
        raise UnreadableSource(done.stderr.strip())
    for row in json.loads(done.stdout):
        yield row["msgid"], row.get("plural", ""), Path(row["file"]).relative_to(root).as_posix()


def _node() -> str:
    """The Node.js of the virtual environment if the set-up put one there, else the machine's."""
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else "node"


def _typescript_files(root: Path) -> Iterable[Path]:
    for folder in FRONT_END:
        for file in (root / folder).rglob("*.ts*"):
            if file.suffix in (".ts", ".tsx") and ".test." not in file.name:
                yield file
