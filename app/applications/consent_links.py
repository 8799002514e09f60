"""The command by which an organiser gives parents their addresses, where no coach does."""

from __future__ import annotations

from ..competitions.commands import ORGANISER
from ..entries.commands import shown_entry
from ..eventlog.chain import Event
from ..eventlog.deciding import Context, Decision, Refusal, Target, command
from ..eventlog.fold import State
from ..registry.state import People
from .commands import consent_link, revoking
from .schemas import MakeConsentLinksOfEntry

MEMBER = "member"


@command(MakeConsentLinksOfEntry, on="entry", roles=ORGANISER, internal=True)
def make_consent_links_of_entry(
    state: State, target: Target, payload: MakeConsentLinksOfEntry, context: Context
) -> Decision:
    entry = shown_entry(state, target.id)
    members = {one.id for one in state[People].of_entry(entry.id) if one.parts[entry.id] == MEMBER}
    if not payload.digests.keys() <= members:
        raise Refusal("person_unknown")
    statements = []
    for person, digest in payload.digests.items():
        statements.append(revoking(person, context))
        statements.append(consent_link(state.chain, person, digest, context))
    data = {"entry": entry.id, "people": sorted(payload.digests)}
    return Decision([Event("ConsentLinksMade", data)], [], statements)
