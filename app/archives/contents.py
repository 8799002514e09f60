"""What is in an archive of a competition, by name, and how large each part may be."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..competitions.schemas import Names, Slug
from ..entries.models import EntryPerson
from ..eventlog.models import Sealed
from ..extensions import Base

FORMAT: Literal["baige-competition"] = "baige-competition"
VERSION: Literal[1] = 1

MANIFEST = "manifest.json"
LOG = "log.jsonl"
BESIDE = "beside.jsonl"
STANDINGS = "standings.json"
PICTURES = "pictures/"
DOCUMENTS = "documents/"
RULESETS = "rulesets/"

MOST_ARCHIVE_BYTES = 1024 * 1024 * 1024
"""A log of the longest, and as many documents as a competition takes."""
MOST_UNPACKED_BYTES = 1280 * 1024 * 1024
MOST_MANIFEST_BYTES = 8 * 1024 * 1024
MOST_TEXT_BYTES = 192 * 1024 * 1024
MOST_PICTURE_BYTES = 16 * 1024 * 1024
MOST_FILES = 20_000
MOST_ENTRIES = 200_000
"""Entries of the log: folding so many takes about six seconds."""

PICTURE_NAME = re.compile(r"(?:pictures|documents)/([0-9a-f]{64})\.jpg")
"""Pictures, and pages of documents, which are pictures too."""
RULESET_NAME = re.compile(r"rulesets/[A-Za-z0-9][A-Za-z0-9_-]{0,31}\.yaml")

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ArchiveRefused(Exception):
    """The file is no archive we take, and nothing of it was stored; ``code`` and ``facts`` say why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Part(BaseModel):
    """What the manifest says of one file of the archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: Annotated[int, Field(ge=0)]
    sha256: Digest


class LogFacts(BaseModel):
    """How long the log is, and the hash of its last link, which every entry went into."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entries: Annotated[int, Field(ge=1)]
    head: Digest


class CompetitionFacts(BaseModel):
    """Which competition it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Slug
    name: Names
    starts_on: str
    ends_on: str


class Manifest(BaseModel):
    """The first file of an archive: what it is and what else is in it, by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["baige-competition"]
    version: Literal[1]
    made_at_utc: Annotated[str, Field(max_length=40)]
    competition: CompetitionFacts
    log: LogFacts
    files: dict[str, Part]


def kinds_beside() -> dict[str, type[Base]]:
    """The tables whose rows an archive holds beside the log, by name: all that is sealed, and who is in which entry.

    Left out are accounts and their devices, secret addresses, receipts, and who looked at personal data: these
    belong to the installation.
    """
    sealed: list[Any] = Sealed.__subclasses__()
    return {kind.__tablename__: kind for kind in [*sealed, EntryPerson]}


def is_expected(name: str) -> bool:
    """Whether an archive may hold a file of this name."""
    fixed = (MANIFEST, LOG, BESIDE, STANDINGS)
    return name in fixed or bool(PICTURE_NAME.fullmatch(name) or RULESET_NAME.fullmatch(name))


def most_bytes_of(name: str) -> int:
    """How large a file of this name may be, unpacked."""
    if name in (LOG, BESIDE, STANDINGS):
        return MOST_TEXT_BYTES
    return MOST_PICTURE_BYTES if name.startswith((PICTURES, DOCUMENTS)) else MOST_MANIFEST_BYTES
