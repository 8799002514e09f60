"""What a command is, what deciding it yields, and the register of commands the areas fill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from sqlalchemy import Executable

from ..extensions import Base
from .chain import Event, Link
from .fold import State
from .visible import all_visible

INSTALLATION = "installation"


class Payload(BaseModel):
    """The base of every command's payload: unknown fields are an error.

    Texts come stripped, and without characters that nobody can see.
    """

    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, frozen=True, hide_input_in_errors=True
    )

    @model_validator(mode="before")
    @classmethod
    def _can_be_seen(cls, given: Any) -> Any:
        return all_visible(given)


@dataclass(frozen=True, slots=True)
class Target:
    """What a command is about, read from its address: ``c/demo/run/17`` is the run 17 in the chain ``c/demo``."""

    address: str
    chain: str
    kind: str
    id: str

    @classmethod
    def parse(cls, address: str) -> Target:
        """Raises ValueError if ``address`` is neither ``installation``, ``c/<slug>`` nor ``c/<slug>/<kind>/<id>``."""
        parts = address.split("/")
        if address == INSTALLATION:
            return cls(address, INSTALLATION, INSTALLATION, "")
        if parts[0] == "c" and len(parts) in (2, 4) and all(parts):
            kind, id_ = (parts[2], parts[3]) if len(parts) == 4 else ("competition", parts[1])
            return cls(address, f"c/{parts[1]}", kind, id_)
        raise ValueError(address)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account, its role and scope. ``competition`` None means the whole installation."""

    account: str
    name: str
    role: str
    competition: str | None = None
    fields: tuple[str, ...] = ()
    device: str | None = None
    locale: str | None = None

    def may_reach(self, chain: str) -> bool:
        return self.competition is None or chain == f"c/{self.competition}"


SYSTEM = Actor("system", "Baige", "organiser")


@dataclass(frozen=True, slots=True)
class Command:
    """A request to change something; ``id`` is a UUID its maker chose, ``made_at`` the maker's clock.

    ``author`` is who made it, where somebody else hands it in and vouches for that.
    """

    id: str
    type: str
    target: Target
    payload: Payload
    content_digest: str
    expected_version: int | None = None
    made_at: str | None = None
    author: Actor | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a decision may know besides the state: who asks and what time it is.

    ``device`` is the one that sent the command, which is not the actor's own where somebody handed it in for them.
    """

    actor: Actor
    now: datetime
    command: str
    handed_in_by: Actor | None = None

    @property
    def device(self) -> str | None:
        return (self.handed_in_by or self.actor).device


@dataclass(frozen=True, slots=True)
class History:
    """A chain that was written elsewhere, whole: its links as they are, and the state that was folded from them."""

    links: Sequence[Link]
    state: State


@dataclass(slots=True)
class Decision:
    """What follows from a command: events for the log, sealed rows beside it, statements on ordinary tables.

    ``history`` is for a chain that is still empty here: it comes before the events.
    """

    events: list[Event] = attribute(default_factory=list)
    rows: list[Base] = attribute(default_factory=list)
    statements: list[Executable] = attribute(default_factory=list)
    history: History | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a command: a code, where it is, and the facts its sentence needs."""

    code: str
    field: str | None = None
    row: int | None = None
    facts: dict[str, Any] = attribute(default_factory=dict)


def pydantic_problems(error: ValidationError) -> list[Problem]:
    """What pydantic found wrong, as problems: the code is ``field_`` and pydantic's own type of error."""
    return [
        Problem("field_" + found["type"], ".".join(map(str, found["loc"])), facts={"said": found["msg"]})
        for found in error.errors()
    ]


class Refusal(Exception):
    """The command cannot be accepted as it is; carries the code and every problem found.

    A problem of the same code has the same facts, unless it brings its own.
    """

    def __init__(self, code: str, problems: Sequence[Problem] = (), /, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.problems = [
            replace(problem, facts=facts) if problem.code == code and not problem.facts else problem
            for problem in problems
        ]


Decide = Callable[[State, Target, Any, Context], Decision]
VersionOf = Callable[[State, Target], int]
OnlyOwn = Callable[[State, Target, Context], object]


@dataclass(frozen=True, slots=True)
class CommandKind:
    """A type of command: what it is about, who may give it, and the function that decides it.

    An ``internal`` one is made by the server's own pages only (its payload holds a hash, say), never sent in. One
    that does not keep refusals may be refused now and accepted later under the same id. ``stale`` decides what is
    kept of a command that was made against an old version: its conflict is answered all the same. ``changed_by`` are
    the events that make it stale, where its target is changed by others that do not; none are all. ``only_own``
    raises Refusal where the target is not the actor's: then they are not told what changed of it either.
    """

    name: str
    on: frozenset[str]
    payload: type[Payload]
    roles: frozenset[str]
    decide: Decide
    version_of: VersionOf | None
    internal: bool = False
    keeps_refusals: bool = True
    stale: Decide | None = None
    only_own: OnlyOwn | None = None
    changed_by: frozenset[str] = frozenset()


COMMANDS: dict[str, CommandKind] = {}


def command(
    payload: type[Payload],
    *,
    on: str | Iterable[str],
    roles: Iterable[str],
    version_of: VersionOf | None = None,
    internal: bool = False,
    keeps_refusals: bool = True,
    stale: Decide | None = None,
    only_own: OnlyOwn | None = None,
    changed_by: Iterable[str] = (),
) -> Callable[[Decide], Decide]:
    """Register ``decide`` as the handler of the command named like its payload class.

    ``on`` is the kind of target, or several. With ``version_of`` a command must say which version of its target
    it was made against, and a stale one is a conflict; ``stale`` decides what the log keeps of that, and what changed
    is told to those ``only_own`` lets through.
    """

    def register(decide: Decide) -> Decide:
        name = payload.__name__
        targets = frozenset([on] if isinstance(on, str) else on)
        COMMANDS[name] = CommandKind(
            name,
            targets,
            payload,
            frozenset(roles),
            decide,
            version_of,
            internal,
            keeps_refusals,
            stale,
            only_own,
            frozenset(changed_by),
        )
        return decide

    return register
