"""The one write path: command → decision → events in the log → state → commit → live."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import gevent
import orjson
import structlog
from gevent.event import AsyncResult
from gevent.event import Event as Signal
from gevent.lock import BoundedSemaphore
from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Executable

from .backup.capturing import Committed
from .command_kinds import COMMANDS
from .eventlog import queries
from .eventlog.chain import Cause, Link, link, utc_now
from .eventlog.deciding import (
    Actor,
    Command,
    CommandKind,
    Context,
    Decision,
    Problem,
    Refusal,
    Target,
    pydantic_problems,
)
from .eventlog.fold import State
from .states import open_state, row_values, take_in
from .writer import Batch, NotStored, Receipt, Writer

__all__ = ["NotStored", "Pipeline", "Receipt", "check_access", "content_digest", "make_command"]

log = structlog.get_logger()

MOST_COMMANDS_A_COMMIT = 256

Publish = Callable[[State, frozenset[str]], None]


@dataclass(slots=True)
class Ticket:
    """Commands that came in together, waiting for their receipts."""

    commands: Sequence[Command]
    actor: Actor
    receipts: AsyncResult = field(default_factory=AsyncResult)


def content_digest(actor: str, type_: str, target: str, expected_version: int | None, payload: Any) -> str:
    """What a repeated command id is compared by: the same maker asking for the same thing."""
    content = orjson.dumps([actor, type_, target, expected_version, payload], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).hexdigest()


class Pipeline:
    """Decides commands one after another and commits those that wait together in one transaction.

    Decisions run in the event loop on states folded from the log; only the transaction runs in a real thread. No
    state is ahead of the database but while a commit is under way, and then ``reading()`` waits: so nothing is
    shown before it is stored.
    """

    def __init__(
        self,
        engine: Engine,
        publish: Publish = lambda _state, _changed: None,
        tables_changed: Callable[[], None] = lambda: None,
        now: Callable[[], datetime] = utc_now,
        committed: Committed | None = None,
    ) -> None:
        self._engine = engine
        self._publish = publish
        self._tables_changed = tables_changed
        self._now = now
        self._turn = BoundedSemaphore(1)
        self._waiting: list[Ticket] = []
        self._wake = Signal()
        self._writer = Writer(engine, committed)
        self._reader: Connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self.epoch = int(queries.fact(self._reader, "epoch") or 1)
        self._states: dict[str, State] = {}
        self._lost: set[str] = set()
        for chain in queries.chains(self._reader):
            self._states[chain] = open_state(self._reader, chain)
        self._committing = gevent.spawn(self._run)

    def submit(self, commands: Sequence[Command], actor: Actor) -> list[Receipt]:
        """Carry out ``commands`` in order and return a receipt for each, once all of it is on the disk.

        Raises NotStored if the commit failed; then nothing was changed.
        """
        ticket = Ticket(commands, actor)
        self._waiting.append(ticket)
        self._wake.set()
        receipts: list[Receipt] = ticket.receipts.get()
        return receipts

    def write(self, statement: Executable) -> None:
        """Run one statement on an ordinary table (a sign-in, say) through the one writer. Raises NotStored."""
        with self._turn:
            self._writer.store(Batch(statements=[statement]))
            self._tables_changed()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While this is held, states are what is committed. Hold it only for as long as nothing yields.

        Raises NotStored while a state that a failed commit had moved cannot be folded again.
        """
        with self._turn:
            self._fold_lost()
            yield

    def state(self, chain: str) -> State | None:
        """The state of a chain; read it inside ``reading()``."""
        return self._states.get(chain)

    def states(self) -> Iterable[State]:
        return self._states.values()

    def close(self) -> None:
        """Finish what is waiting, then let go of the database."""
        while self._waiting:
            gevent.sleep(0.001)
        with self._turn:
            self._committing.kill()
        self._writer.close()
        self._reader.close()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._waiting:
                with self._turn:
                    self._commit(self._take())

    def _take(self) -> list[Ticket]:
        taken, count = [], 0
        while self._waiting and count < MOST_COMMANDS_A_COMMIT:
            ticket = self._waiting.pop(0)
            count += len(ticket.commands)
            taken.append(ticket)
        return taken

    def _commit(self, tickets: list[Ticket]) -> None:
        batch = Batch()
        try:
            self._fold_lost()
            known = queries.receipts(self._reader, {c.id for ticket in tickets for c in ticket.commands})
            answers = [
                [self._answer(c, ticket.actor, known, batch) for c in ticket.commands] for ticket in tickets
            ]
            self._writer.store(batch)
        except Exception as failure:
            self._lost |= batch.states.keys()
            reason = failure if isinstance(failure, NotStored) else NotStored.because(failure)
            for ticket in tickets:
                ticket.receipts.set_exception(reason)
            return
        if batch.statements:
            self._tables_changed()
        for ticket, receipts in zip(tickets, answers, strict=True):
            ticket.receipts.set(receipts)
        for state in batch.states.values():
            self._show(state)

    def _show(self, state: State) -> None:
        changed, state.changed = frozenset(state.changed), set()
        try:
            self._publish(state, changed)
        except Exception:
            log.exception("not_published", chain=state.chain, topics=sorted(changed))

    def _answer(
        self, command: Command, actor: Actor, known: dict[str, tuple[str, Receipt]], batch: Batch
    ) -> Receipt:
        first = known.get(command.id) or batch.answers.get(command.id)
        if first:
            digest, answer = first
            return (
                answer if digest == command.content_digest else self._receipt(command, "refused", "id_reused")
            )
        state = self._states.get(command.target.chain) or open_state(self._reader, command.target.chain)
        answer = self._decide(state, command, actor, batch)
        if answer["status"] != "accepted" and not _keeps(command, answer):
            return answer
        batch.answers[command.id] = (command.content_digest, answer)
        batch.receipts.append(
            {
                "command_id": command.id,
                "content_digest": command.content_digest,
                "chain": state.chain,
                "version": state.seq,
                "answer": answer,
            }
        )
        return answer

    def _decide(self, state: State, command: Command, actor: Actor, batch: Batch) -> Receipt:
        kind = COMMANDS[command.type]
        context = Context(
            command.author or actor, self._now(), command.id, handed_in_by=actor if command.author else None
        )
        try:
            check_access(kind, command.target, actor)
            check_access(kind, command.target, context.actor)
            if kind.only_own:
                kind.only_own(state, command.target, context)
            conflict = self._conflict(state, kind, command)
            decision = _decision(state, kind, command, context, conflict)
            links = _links(state, decision, context)
        except Refusal as refusal:
            return self._receipt(
                command, "refused", refusal.code, facts=refusal.facts, errors=refusal.problems
            )
        except Exception:
            # A mistake of ours in one command must not hold up everybody else's.
            log.exception("not_decided", command=command.id, type=command.type)
            return self._receipt(command, "refused", "server_error")
        if conflict is None or links:
            self._take_in(state, decision, links, batch)
        if conflict:
            return conflict
        version = kind.version_of(state, command.target) if kind.version_of else state.seq
        return self._receipt(command, "accepted", "stored", version=version)

    def _take_in(self, state: State, decision: Decision, links: list[Link], batch: Batch) -> None:
        batch.states[state.chain] = self._states[state.chain] = state
        batch.statements += decision.statements
        for row in decision.rows:
            batch.inserts.setdefault(type(row), []).append(row_values(row))
        if decision.history:
            batch.entries += [_stored(state.chain, taken) for taken in decision.history.links]
            state.become(decision.history.state)
        take_in(state, decision.rows)
        for made in links:
            batch.entries.append(_stored(state.chain, made))
            state.apply(made)

    def _conflict(self, state: State, kind: CommandKind, command: Command) -> Receipt | None:
        """The answer to what was made against another version than the target has, or none; None where it was not."""
        version = kind.version_of(state, command.target) if kind.version_of else None
        if version is None or command.expected_version == version:
            return None
        if command.expected_version is None:
            return self._receipt(command, "refused", "expected_version_missing", version=version)
        changed = [
            {"type": e.type, "by": e.actor, "at_utc": e.at_utc, "version": e.seq, "data": e.data}
            for e in state.changes(command.target.address, command.expected_version)
            if not kind.changed_by or e.type in kind.changed_by
        ]
        return self._receipt(command, "conflict", "version_stale", version=version, changed=changed)

    def _receipt(
        self,
        command: Command,
        status: str,
        code: str,
        *,
        version: int | None = None,
        facts: dict[str, Any] | None = None,
        errors: Sequence[Problem] = (),
        changed: Sequence[dict[str, Any]] = (),
    ) -> Receipt:
        return {
            "id": command.id,
            "status": status,
            "code": code,
            "facts": facts or {},
            "errors": [{"code": e.code, "field": e.field, "row": e.row, "facts": e.facts} for e in errors],
            "changed": list(changed),
            "version": version,
            "epoch": self.epoch,
        }

    def _fold_lost(self) -> None:
        """Fold again, from what is stored, the states a failed commit had already moved."""
        for chain in list(self._lost):
            try:
                self._states[chain] = open_state(self._reader, chain)
            except Exception as failure:
                raise NotStored.because(failure) from failure
            self._lost.discard(chain)


def _decision(
    state: State, kind: CommandKind, command: Command, context: Context, conflict: Receipt | None
) -> Decision:
    """What follows from a command, or what is kept of one that is in conflict. Raises Refusal."""
    if conflict is None:
        return kind.decide(state, command.target, command.payload, context)
    if kind.stale is None or conflict["status"] != "conflict":
        return Decision()
    return kind.stale(state, command.target, command.payload, context)


def _links(state: State, decision: Decision, context: Context) -> list[Link]:
    """The events of a decision as the next links of its chain. Raises TypeError for what the log cannot hold."""
    handed_in_by = context.handed_in_by.account if context.handed_in_by else None
    cause = Cause(context.actor.account, context.device, context.command, context.now, handed_in_by)
    links: list[Link] = []
    before = decision.history.state if decision.history else state
    head = before.head
    for seq, event in enumerate(decision.events, before.seq + 1):
        links.append(link(head, seq, event, cause))
        head = links[-1].hash
    return links


def _keeps(command: Command, refusal: Receipt) -> bool:
    """Whether a refusal is to be stored; one for want of the right is not, or anybody could fill the disk with them."""
    return COMMANDS[command.type].keeps_refusals and refusal["code"] != "not_allowed"


def _stored(chain: str, made: Link) -> dict[str, Any]:
    """A link as a row of the log."""
    entry = made.entry
    return {"chain": chain, "seq": entry.seq, "type": entry.type, "body": made.body, "hash": made.hash}


def check_access(kind: CommandKind, target: Target, actor: Actor) -> None:
    """Raises Refusal where this actor may not give this kind of command to this target."""
    if target.kind not in kind.on:
        raise Refusal("target_of_wrong_kind", expected=", ".join(sorted(kind.on)), found=target.kind)
    if actor.role not in kind.roles or not actor.may_reach(target.chain):
        raise Refusal("not_allowed", role=actor.role)


def make_command(
    id_: str,
    type_: str,
    target: str,
    payload: dict[str, Any],
    actor: Actor,
    expected_version: int | None = None,
    *,
    author: Actor | None = None,
) -> Command:
    """Read a command from what crossed the wire. Raises Refusal with a problem for each field that is wrong.

    One that is handed in for its ``author`` is the same command as when the author sends it: an id counts once.
    """
    kind = COMMANDS.get(type_)
    if kind is None:
        raise Refusal("command_unknown", type=type_)
    try:
        parsed = kind.payload.model_validate(payload)
        where = Target.parse(target)
    except ValidationError as error:
        raise Refusal("payload_invalid", pydantic_problems(error)) from None
    except ValueError:
        raise Refusal("target_unreadable", [Problem("target_unreadable", "target")]) from None
    try:
        digest = content_digest((author or actor).account, type_, target, expected_version, payload)
    except TypeError:
        # Whole numbers beyond 64 bits, half letters, or nesting without end: nothing the log could hold.
        raise Refusal("payload_invalid", [Problem("bad_request", "payload")]) from None
    return Command(id_, type_, where, parsed, digest, expected_version, author=author)
