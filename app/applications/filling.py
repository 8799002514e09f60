"""Filling the form of an application in, for whoever does it: its choices, its growing rows, letters asked about."""

from __future__ import annotations

from typing import Any

from flask import request

from ..accounts.signing_in import digest_of
from ..competitions.state import Setup
from ..eventlog.fold import State
from ..languages import in_language
from ..registry.regions import regions
from .forms import ApplicationForm


def form_for(state: State, data: dict[str, Any] | None = None) -> ApplicationForm:
    """The form as it was sent, or with what an application says."""
    form = ApplicationForm(data=data) if data else ApplicationForm()
    names = [(code, in_language(division.name)) for code, division in state[Setup].divisions.items()]
    form.offer(names, [(code, in_language(name)) for code, name in regions().items()])
    return form


def undecided(form: ApplicationForm, before: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What the form may have been meant to say and nobody has decided on yet; mends that were ticked are carried out.

    Each text is asked about once: ``mends_seen`` is the digest of what was shown. What an application says already
    is not asked about again.
    """
    said = {was["was"] for was in ApplicationForm(formdata=None, data=before).offers()} if before else set()
    offers = [offer for offer in form.offers() if offer["was"] not in said]
    seen = digest_of(repr([(offer["name"], offer["was"]) for offer in offers]))
    if offers and form.mends_seen.data != seen:
        form.mends_seen.data = seen
        return offers
    form.mend(set(request.form.getlist("mend")))
    return []


def grown(form: ApplicationForm) -> bool:
    """Whether the form was sent only for another row: this works without scripts."""
    for name, fields in (("members", form.members), ("wanted", form.wanted)):
        if f"add_{name}" in request.form and len(fields) < fields.max_entries:
            fields.append_entry()
        elif f"drop_{name}" in request.form and len(fields) > 1:
            fields.pop_entry()
        else:
            continue
        form.offer(form.wanted[0].form.division.choices[1:], form.region.choices[1:])
        return True
    return False
