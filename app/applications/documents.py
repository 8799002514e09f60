"""Commands of documents: attaching one to an application, and taking it off again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from ..eventlog.chain import Event
from ..eventlog.deciding import Actor, Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from .commands import ANYONE, check_open, found
from .schemas import AttachDocument, RemoveDocument
from .state import Application, Applications

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
    application = found(state, target.id)
    document = state[Applications].documents.get(payload.document)
    if document is None or document.application != application.id:
        raise Refusal("document_unknown")
    return Decision([Event("DocumentRemoved", {"application": application.id, "document": document.id})])


def check_attaching(state: State, application: Application, actor: Actor, now: datetime) -> None:
    """Raises Refusal where an application takes no more documents now."""
    check_open(state, actor, now, application)
    documents = state[Applications].documents.values()
    if Counter(one.application for one in documents)[application.id] >= MOST_DOCUMENTS:
        raise Refusal("documents_too_many", most=MOST_DOCUMENTS)
    if sum(one.bytes for one in documents) > MOST_OF_COMPETITION_BYTES:
        raise Refusal("documents_full")
