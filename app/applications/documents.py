"""Commands of documents: attaching one to an application, taking it off again, saying that it may stay."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from ..competitions.commands import ORGANISER
from ..eventlog.chain import Event
from ..eventlog.deciding import Actor, Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .commands import ANYONE, check_open, found
from .schemas import AttachDocument, KeepDocument, RemoveDocument
from .state import Application, Applications, Document

MOST_DOCUMENTS = 6
MOST_OF_COMPETITION_BYTES = 768 * 1024 * 1024
"""So that all of them fit into the competition's archive."""


@command(AttachDocument, on="application", roles=ANYONE, internal=True, keeps_refusals=False)
def attach_document(state: State, target: Target, payload: AttachDocument, context: Context) -> Decision:
    application = found(state, target.id)
    check_attaching(state, application, context.actor, context.now)
    if payload.document in state[Applications].documents:
        raise Refusal("id_reused")
    data = {"application": application.id, **payload.model_dump(mode="json")}
    return Decision([Event("DocumentAttached", data)])


@command(RemoveDocument, on="application", roles=ANYONE, internal=True, keeps_refusals=False)
def remove_document(state: State, target: Target, payload: RemoveDocument, context: Context) -> Decision:
    """At any time: whoever gave a document away may take it back."""
    document = _document(state, target, payload.document)
    data = {"application": document.application, "document": document.id}
    return Decision([Event("DocumentRemoved", data)])


@command(KeepDocument, on="application", roles=ORGANISER, internal=True)
def keep_document(state: State, target: Target, payload: KeepDocument, context: Context) -> Decision:
    """Somebody looked: a consent that was attached before somebody left is of one who stays."""
    document = _document(state, target, payload.document)
    if not document.may_be_of_who_left:
        return Decision()
    return Decision([Event("DocumentKept", {"application": document.application, "document": document.id})])


def _document(state: State, target: Target, id_: str) -> Document:
    """A document of the application that is meant. Raises Refusal."""
    application = found(state, target.id)
    document = state[Applications].documents.get(id_)
    if document is None or document.application != application.id:
        raise Refusal("document_unknown")
    return document


def check_attaching(state: State, application: Application, actor: Actor, now: datetime) -> None:
    """Raises Refusal where an application takes no more documents now."""
    check_open(state, actor, now, application)
    documents = state[Applications].documents.values()
    if Counter(one.application for one in documents)[application.id] >= MOST_DOCUMENTS:
        raise Refusal("documents_too_many", most=MOST_DOCUMENTS)
    if sum(one.bytes for one in documents) > MOST_OF_COMPETITION_BYTES:
        raise Refusal("documents_full")
