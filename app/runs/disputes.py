"""Sheets that came too late to be taken and say otherwise than what stands: kept until a person has settled them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..eventlog.chain import Entry, Event
from ..eventlog.deciding import Context, Refusal
from ..eventlog.fold import Part, State, on
from .texts import told

Content = Mapping[str, Any]
ABOUT = ("run", "match")


@dataclass(frozen=True, slots=True)
class Dispute:
    """One such sheet; its id is that of the command that brought it. ``data`` is what its event says."""

    id: str
    by: str
    at_utc: str
    data: dict[str, Any]


class Disputes(Part):
    """The open ones of each run and match. One is settled by name, or once what stands says the same."""

    def __init__(self) -> None:
        self._open: dict[str, dict[str, Dispute]] = {}

    def open_of(self, about: str) -> list[Dispute]:
        """Those of a run or match, oldest first."""
        return list(self._open.get(about, {}).values())

    @on("SheetDisputed")
    def _disputed(self, state: State, entry: Entry) -> None:
        dispute = Dispute(entry.data["dispute"], entry.actor, entry.at_utc, entry.data)
        self._open.setdefault(_about(entry), {})[dispute.id] = dispute
        self._touch(state, entry)

    @on("DisputesSettled")
    def _settled(self, state: State, entry: Entry) -> None:
        self._drop(entry, entry.data["disputes"])
        self._touch(state, entry)

    @on("ScoreEntered")
    def _entered(self, state: State, entry: Entry) -> None:
        self._result_changed(entry)

    @on("ScoreCorrected")
    def _corrected(self, state: State, entry: Entry) -> None:
        self._result_changed(entry)

    @on("MatchEntered")
    def _match_entered(self, state: State, entry: Entry) -> None:
        self._result_changed(entry)

    @on("MatchCorrected")
    def _match_corrected(self, state: State, entry: Entry) -> None:
        self._result_changed(entry)

    @on("WalkoverGiven")
    def _walkover_given(self, state: State, entry: Entry) -> None:
        self._result_changed(entry, {"walkover": True, "winner": entry.data["winner"]})

    def _result_changed(self, entry: Entry, said: Content | None = None) -> None:
        """What the new result says is not disputed any more, nor what one of its judges said before.

        Texts are compared by their rows, so that it stays the same when they are erased: another row is another text.
        """
        judges = entry.data.get("judges", ())
        disputes = self.open_of(_about(entry))
        moot = [one.id for one in disputes if one.by in judges or is_same(one.data, said or entry.data)]
        self._drop(entry, moot)

    def _drop(self, entry: Entry, disputes: Sequence[str]) -> None:
        for dispute in disputes:
            self._open.get(_about(entry), {}).pop(dispute, None)

    def _touch(self, state: State, entry: Entry) -> None:
        """Only those who judge are told."""
        state.touch(f"{state.chain}/field/{entry.data['field']}/judging")


def is_same(one: Content, other: Content, texts: Mapping[str, str] | None = None) -> bool:
    """Whether two sheets, or results of a match, say the same; ``texts`` are those their references stand for."""
    return _content(one, texts) == _content(other, texts)


def _content(data: Content, texts: Mapping[str, str] | None) -> Content:
    """What a sheet claims, to hold against another: unset fields say nothing."""
    claimed = data if texts is None else told(data, texts)
    if claimed.get("walkover"):
        return {"walkover": claimed["winner"]}
    if "bouts" in claimed:
        return {"bouts": list(claimed["bouts"]), "decision": claimed["decision"]}
    filled = {name: value for name, value in claimed["sheet"].items() if value is not None}
    return {"sheet": filled, "mark": claimed["mark"]}


def disputed(about: str, id_: str, field: str, claim: Content, context: Context) -> Event:
    """The event by which a late sheet of a run or match (``about``) is kept."""
    return Event("SheetDisputed", {about: id_, "field": field, "dispute": context.command, **claim})


def to_settle(state: State, about: str, named: Sequence[str], context: Context) -> list[Dispute]:
    """The open disputes among those named. Raises Refusal for another judge's, unless a referee settles it."""
    found = [one for one in state[Disputes].open_of(about) if one.id in named]
    if context.actor.role != "referee" and any(one.by != context.actor.account for one in found):
        raise Refusal("dispute_of_another")
    return found


def settled(about: str, id_: str, field: str, disputes: Sequence[Dispute], **why: Any) -> list[Event]:
    """The event by which disputes are settled; none where there is none of them."""
    names = [one.id for one in disputes]
    return [Event("DisputesSettled", {about: id_, "field": field, "disputes": names, **why})] if names else []


def _about(entry: Entry) -> str:
    return next(str(entry.data[name]) for name in ABOUT if name in entry.data)
