"""From the form of a team to a change of it: who stays, of whom more is known, who comes, who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...entries.updating import KNOWN, Registered, as_compared
from .team_forms import TeamForm, member_of

OTHER_PARTS = ("surname", "given_name", "patronymic")
"""The parts of a name; a name that was typed anew as a whole has none."""


@dataclass(slots=True)
class People:
    """Ids of who stays, what is known anew of some of them, and who comes; ``gone`` are names nobody has any more.

    ``renamed`` are ``(field, was, now)`` of people whose names are written otherwise: somebody else, unless it is said
    that they are the same; then their consents hold.
    """

    kept: list[str] = field(default_factory=list)
    revised: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    coach: str | None = None
    contact: str | None = None
    renamed: list[tuple[Any, str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def people_of(form: TeamForm, team: Registered) -> People:
    made = People()
    coach = form.row()
    if coach["coach"]:
        said = {"full_name": coach["coach"], "contact": coach["contact"]}
        if not _stays(made, form.coach.form, said, team):
            made.coach, made.contact = coach["coach"], coach["contact"]
    for one in form.named():
        said = member_of(one)
        if not _stays(made, one, said, team):
            made.members.append(said)
    named = {form.coach.form.id.data if coach["coach"] else None, *(one.id.data for one in form.named())}
    made.gone = [name for id_, name, _part in team.people if id_ not in named]
    return made


def change_of(form: TeamForm, team: Registered, people: People) -> dict[str, Any] | None:
    """The change as ``ImportEntries`` takes it; None where all is as it was."""
    row = form.row()
    wanted = {name: row[name] for name in ("team", "organisation", "region")}
    details = {name: row[name] for name in ("organisation_kind", "district", "robot")}
    was = {"team": team.team, "organisation": team.organisation, "region": team.region}
    same = wanted == was and details == {name: team.details.get(name) for name in details}
    if same and not (people.revised or people.members or people.coach or people.gone):
        return None
    return wanted | {
        "entry": team.entry,
        "card": form.card.data,
        "details": details,
        "kept": people.kept,
        "revised": people.revised,
        "coach": people.coach,
        "contact": people.contact,
        "members": people.members,
    }


def filled(team: Registered, card: str) -> dict[str, Any]:
    """The form's data of a team as it stands."""
    people = [
        (part, {name: team.known[id_][name] for name in KNOWN} | {"id": id_})
        for id_, _name, part in team.people
    ]
    coaches = [one for part, one in people if part == "coach"]
    return {
        "division": team.division,
        "opened_in": team.division,
        "team": team.team,
        "organisation": team.organisation,
        "region": team.region or "",
        **{name: said or "" for name, said in team.details.items()},
        "coach": coaches[0] if coaches else {},
        "members": [one for part, one in people if part == "member"] + [{}],
        "card": card,
    }


def _stays(made: People, form: Any, said: Mapping[str, Any], team: Registered) -> bool:
    """Whether the person of a row is who it was when the form was opened."""
    id_ = form.id.data or ""
    known = team.known.get(id_)
    if known is None or id_ in made.kept:
        return False
    if as_compared(said["full_name"]) != as_compared(known["full_name"]):
        made.renamed.append((form.same, known["full_name"], said["full_name"]))
        if not form.same.data:
            return False
    made.kept.append(id_)
    changed = {name: now for name, now in said.items() if now != known[name]}
    if changed:
        parts = dict.fromkeys(OTHER_PARTS) if "full_name" in changed else {}
        made.revised.append({"id": id_, **known, **parts, **changed})
    return True
