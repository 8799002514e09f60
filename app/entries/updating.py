"""A list read once more: which of its rows are teams that are there already, and what of each is to change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ..registry.mending import letters_mended

Part = Literal["coach", "member"]
PARTS: tuple[tuple[Part, str], ...] = (("coach", "coach"), ("member", "members"))
"""The parts people play, and the column of a list each is named in."""
DETAILS = ("organisation_kind", "district", "robot")
"""What a card says besides team, organisation and region."""
KNOWN = ("full_name", "surname", "given_name", "patronymic", "birth_year", "grade", "sex", "contact")
"""What is known of a person."""
NAMING = ("full_name", "surname", "given_name", "patronymic")
_QUOTES = re.compile("[\"'«»“”„‟‘’‚‹›`]")
_NUMBER_SIGN = re.compile(r"(?:\bno?\b\.?|\bno?(?=\d)|#)\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Registered:
    """A team as it stands. ``people`` are ``(id, name, part)``, with what is ``known`` of each by id.

    ``applied`` if an application speaks for it.
    """

    entry: str
    number: int
    division: str
    team: str
    organisation: str
    region: str | None
    details: Mapping[str, str | None]
    people: tuple[tuple[str, str, Part], ...]
    applied: bool
    known: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def names(self, part: Part) -> list[str]:
        return [name for _id, name, own in self.people if own == part]


class Difference(NamedTuple):
    """What a list says otherwise; ``whom`` is the name of the person it is about, if it is about one."""

    column: str
    was: str
    now: str
    whom: str = ""


@dataclass(slots=True)
class Planned:
    """What becomes of a row: ``new``, ``changed`` (with ``change`` as a command takes it), ``same``, or ``applied``."""

    row: dict[str, Any]
    kind: Literal["new", "changed", "same", "applied"]
    registered: Registered | None = None
    differences: list[Difference] = field(default_factory=list)
    change: dict[str, Any] | None = None


def identity(division: str, team: str, organisation: str) -> tuple[str, str, str]:
    """What makes two rows the same entry: division, and team and organisation as they are compared."""
    return division, as_compared(team), as_compared(organisation)


def as_compared(text: str) -> str:
    """Without case, spacing, quotation marks, ways to write № and letters that only look like others."""
    plain = unicodedata.normalize("NFKC", letters_mended(text)).casefold()
    if not plain.replace(" ", "").isalpha():
        plain = _NUMBER_SIGN.sub("№", _QUOTES.sub("", plain))
    return " ".join(plain.split())


def plan(
    rows: Sequence[Mapping[str, Any]], registered: Iterable[Registered], columns: Collection[str]
) -> list[Planned]:
    """What becomes of each row of a list that has these ``columns``; a cell that is empty changes nothing.

    A row is a team's own where division, team and organisation are. One that is left over is a renamed team of the
    same school in the same division if at least half of the members are the same, and only one such team is left.
    """
    known = {identity(one.division, one.team, one.organisation): one for one in registered}
    found = [known.get(_identity_of(row)) for row in rows]
    left = _by_school(known.values(), {one.entry for one in found if one})
    for at, row in enumerate(rows):
        if found[at] is None:
            school = left.get(_school(row["division"], row["organisation"]), [])
            renamed = [one for one in school if _is_renamed(one, row)]
            if len(renamed) == 1:
                found[at] = renamed[0]
                school.remove(renamed[0])
    return [_planned(dict(row), one, columns) for row, one in zip(rows, found, strict=True)]


def _identity_of(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return identity(row["division"] or "", row["team"], row["organisation"])


def _school(division: str | None, organisation: str) -> tuple[str, str]:
    return division or "", as_compared(organisation)


def _by_school(
    registered: Iterable[Registered], found: Collection[str]
) -> dict[tuple[str, str], list[Registered]]:
    """Teams that no row is about, by division and school."""
    schools: dict[tuple[str, str], list[Registered]] = {}
    for one in registered:
        if one.entry not in found:
            schools.setdefault(_school(one.division, one.organisation), []).append(one)
    return schools


def _is_renamed(one: Registered, row: Mapping[str, Any]) -> bool:
    members = {as_compared(name) for name in one.names("member")}
    listed = {as_compared(name_of(one)) for one in row["members"]}
    shared = members & listed
    return bool(shared) and 2 * len(shared) >= max(len(members), len(listed))


def name_of(member: Any) -> str:
    """The full name of a member as a row has it: the name, or all that is said of them."""
    return str(member if isinstance(member, str) else member["full_name"])


def _planned(row: dict[str, Any], one: Registered | None, columns: Collection[str]) -> Planned:
    if one is None:
        return Planned(row, "new")
    wanted = {"team": row["team"], "organisation": row["organisation"], "region": one.region}
    details = {name: one.details.get(name) for name in DETAILS}
    for said in ("region", *DETAILS):
        if said in columns and row.get(said):
            (wanted if said == "region" else details)[said] = row[said]
    was = {"team": one.team, "organisation": one.organisation, "region": one.region} | dict(one.details)
    differences = [
        Difference(column, was.get(column) or "", now or "")
        for column, now in (wanted | details).items()
        if now != was.get(column)
    ]
    people = _People(one, row, columns)
    differences += people.differences
    if not differences:
        return Planned(row, "same", one)
    if one.applied:
        return Planned(row, "applied", one, differences)
    change = wanted | {
        "entry": one.entry,
        "details": details,
        "kept": people.kept,
        "revised": people.revised,
        "coach": name_of(people.coming["coach"][0]) if people.coming["coach"] else None,
        "contact": row.get("contact") if people.coming["coach"] else None,
        "members": people.coming["members"],
    }
    return Planned(row, "changed", one, differences, change)


class _People:
    """Who of a team stays (``kept``; of some more is known now: ``revised``), and who comes, by column."""

    def __init__(self, one: Registered, row: Mapping[str, Any], columns: Collection[str]) -> None:
        self.kept: list[str] = []
        self.revised: list[dict[str, Any]] = []
        self.coming: dict[str, list[Any]] = {}
        self.differences: list[Difference] = []
        self._one = one
        for part, column in PARTS:
            said = _said(row, column) if column in columns else []
            if part == "coach" and said:
                said = [{"full_name": said[0], "contact": row.get("contact")}]
            self._compare(part, column, said)

    def _compare(self, part: Part, column: str, said: Sequence[Any]) -> None:
        """Where nothing is said, everybody stays."""
        mine = [(id_, name) for id_, name, own in self._one.people if own == part]
        coming, kept = [], [] if said else [id_ for id_, _name in mine]
        for member in said:
            match = _found(name_of(member), [one for one in mine if one[0] not in kept])
            if match is None:
                coming.append(member)
            else:
                kept.append(match)
                self._revise(match, member, column)
        self.kept += kept
        self.coming[column] = coming
        if said and (coming or len(kept) != len(mine)):
            now = ", ".join(name_of(member) for member in said)
            self.differences.append(Difference(column, ", ".join(self._one.names(part)), now))

    def _revise(self, id_: str, member: Any, column: str) -> None:
        """Somebody who stays, as the list tells more of them; what it does not say stays as it was."""
        known = self._one.known.get(id_)
        if known is None or isinstance(member, str):
            return
        told = {name: member[name] for name in KNOWN if member.get(name)}
        changed = {name: now for name, now in told.items() if now != known[name]}
        if changed:
            self.revised.append({"id": id_, **known, **changed})
            shown = {name: (known[name] or "", now) for name, now in changed.items() if name not in NAMING}
            self.differences += [
                Difference(name, str(was), str(now), name_of(member)) for name, (was, now) in shown.items()
            ]
            if not shown:
                self.differences.append(Difference(column, str(known["full_name"]), name_of(member)))


def _found(name: str, among: Sequence[tuple[str, str]]) -> str | None:
    """The id of whoever is called so: to the letter, or else as names are compared."""
    exact = next((id_ for id_, own in among if own == name), None)
    if exact is not None or not among:
        return exact
    wanted = as_compared(name)
    return next((id_ for id_, own in among if as_compared(own) == wanted), None)


def _said(row: Mapping[str, Any], column: str) -> list[Any]:
    value = row.get(column)
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
