"""Reading an archive as carefully as its maker may be careless: the log folded, every seal held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from ..applications.shelf import named_pages
from ..competitions.rulesets import pinned
from ..competitions.schemas import AddDivision, AddField, CreateCompetition
from ..competitions.state import Setup
from ..displays.state import Screens
from ..eventlog.chain import GENESIS, Cause, Entry, Event, Link, instant, link
from ..eventlog.deciding import History, Payload
from ..eventlog.fold import State
from ..extensions import Base
from ..live.snapshots import KINDS, Topic
from ..standings.rebuilding import rebuilt
from ..states import PARTS, take_in
from .contents import (
    BESIDE,
    DOCUMENTS,
    LOG,
    MOST_ENTRIES,
    PICTURE_NAME,
    RULESETS,
    STANDINGS,
    ArchiveRefused,
    Manifest,
)
from .packing import standings_of
from .pictures import check_picture
from .sealed import rows_beside
from .unpacking import Unpacked

SETTING_UP: dict[str, type[Payload]] = {
    "CompetitionCreated": CreateCompetition,
    "FieldAdded": AddField,
    "DivisionAdded": AddDivision,
}
FIELDS = {"seq", "type", "at", "actor", "device", "command", "data"}
HANDED_IN_BY = "handed_in_by"
"""Said only of what somebody else vouched for."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What an archive brings, all of it sound."""

    manifest: Manifest
    history: History
    rows: list[Base]

    @property
    def chain(self) -> str:
        return self.history.state.chain


def check(archive: Unpacked) -> Checked:
    """Everything that can be known of an archive without looking at this installation.

    Takes 30 µs an entry of the log, so call it where nobody waits. Raises ArchiveRefused.
    """
    manifest = archive.manifest
    links = list(_links(archive.content(LOG), manifest))
    rows = rows_beside(archive.content(BESIDE), f"c/{manifest.competition.slug}", links)
    state = _folded(manifest, links, rows)
    _check_drawn(state)
    _check_scores(state)
    if archive.content(STANDINGS) != orjson.dumps(standings_of(state), option=orjson.OPT_INDENT_2):
        raise ArchiveRefused("archive_standings_differ")
    for name in archive.names():
        if PICTURE_NAME.fullmatch(name):
            check_picture(name, archive.content(name))
    _check_documents(archive, state)
    _check_rulesets(archive, state)
    return Checked(manifest, History(links, state), rows)


def _links(content: bytes, manifest: Manifest) -> Iterator[Link]:
    """The log's links, their hashes computed anew: they end in the head the manifest names, or are not its log."""
    lines = content.splitlines()
    if len(lines) > MOST_ENTRIES:
        raise ArchiveRefused("archive_too_many_entries", most=MOST_ENTRIES)
    head = GENESIS
    for seq, line in enumerate(lines, 1):
        made = _link(head, seq, line)
        head = made.hash
        yield made
    if (len(lines), head) != (manifest.log.entries, manifest.log.head):
        raise ArchiveRefused("archive_log_altered")


def _link(head: str, seq: int, line: bytes) -> Link:
    """The link a line says; one that another spelling was hashed of comes out with another hash, and is refused."""
    try:
        said = orjson.loads(line)
        if set(said) - {HANDED_IN_BY} != FIELDS or not _are_texts(said) or not isinstance(said["data"], dict):
            raise ValueError(seq)
        at = datetime.fromisoformat(said["at"])
        cause = Cause(said["actor"], said["device"], said["command"], at, said.get(HANDED_IN_BY))
        made = link(head, seq, Event(said["type"], said["data"]), cause)
    except (ValueError, TypeError) as error:
        raise ArchiveRefused("archive_entry_unreadable", seq=seq) from error
    if made.body.encode() != line or instant(at) != said["at"]:
        raise ArchiveRefused("archive_log_altered")
    return made


def _are_texts(said: dict[str, Any]) -> bool:
    maybe = [said["device"], said["command"], said.get(HANDED_IN_BY)]
    texts = [said["type"], said["at"], said["actor"], *(one for one in maybe if one is not None)]
    return all(isinstance(text, str) and 0 < len(text) <= 200 for text in texts) and len(said["type"]) <= 40


def _folded(manifest: Manifest, links: Iterable[Link], rows: list[Base]) -> State:
    """The state that follows from the log; an event that cannot be taken in is named by its place."""
    slug = manifest.competition.slug
    state = State(f"c/{slug}", PARTS)
    take_in(state, rows)
    for made in links:
        try:
            _check_setting_up(made.entry)
            state.apply(made)
        except Exception as error:
            raise ArchiveRefused("archive_entry_unreadable", seq=made.entry.seq) from error
    told = manifest.competition.model_dump()
    if any(state[Setup].facts.get(key) != value for key, value in told.items()):
        raise ArchiveRefused("archive_not_of_competition", slug=slug)
    if any(not str(screen).startswith(f"{slug}-") for screen in state[Screens].by_id):
        raise ArchiveRefused("archive_not_of_competition", slug=slug)
    return state


def _check_setting_up(entry: Entry) -> None:
    """What a competition is set up from is in every page: it must be what the commands would have taken.

    Raises ValueError or KeyError.
    """
    payload = SETTING_UP.get(entry.type)
    if payload is None:
        return
    payload.model_validate({name: entry.data[name] for name in payload.model_fields if name in entry.data})
    if payload is AddDivision and pinned(entry.data["ruleset"]).digest != entry.data["ruleset_digest"]:
        raise ValueError(entry.seq)


def _check_scores(state: State) -> None:
    """Every sheet scores what the log says it scored, and the standings mended step by step are those ranked anew."""
    for division in state[Setup].divisions.values():
        again = rebuilt(state, division)
        if again["differing"] or not again["same"]:
            raise ArchiveRefused("archive_standings_differ", division=division.code)


def _check_drawn(state: State) -> None:
    """Every live topic can be drawn: what folds may still hold nonsense that no page could show."""
    for name in state.topics:
        topic = Topic.parse(name)
        try:
            if topic and topic.kind in KINDS:
                orjson.dumps(KINDS[topic.kind](state, topic.code))
        except Exception as error:
            raise ArchiveRefused("archive_not_shown", topic=name) from error


def _check_documents(archive: Unpacked, state: State) -> None:
    """Only pages that an application names: nobody would ever erase another."""
    named = {f"{DOCUMENTS}{digest}.jpg" for digest in named_pages([state])}
    odd = sorted(name for name in archive.names() if name.startswith(DOCUMENTS) and name not in named)
    if odd:
        raise ArchiveRefused("archive_files_differ", name=odd[0])


def _check_rulesets(archive: Unpacked, state: State) -> None:
    """The ruleset files are for people to read; they say what the log says."""
    told = {f"{RULESETS}{code}.yaml": one.text.encode() for code, one in state[Setup].divisions.items()}
    found = {name: archive.content(name) for name in archive.names() if name.startswith(RULESETS)}
    if told != found:
        name = next(name for name in sorted(told | found) if told.get(name) != found.get(name))
        raise ArchiveRefused("archive_file_altered", name=name)
