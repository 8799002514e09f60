"""What must hold of the log, whatever became of tablets and server: each command once, in order, none silently lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.eventlog.chain import Entry
from app.matches.state import Matches
from app.runs.state import Runs

from .tablet import Made, Tablet

SCORED = ("ScoreEntered", "ScoreCorrected", "SheetSubmitted")
DECIDED = ("MatchEntered", "MatchCorrected", "WalkoverGiven")
EFFECTS: Mapping[str, tuple[str, ...]] = {
    "EnterScore": SCORED,
    "CorrectScore": ("ScoreCorrected",),
    "SettleSheets": SCORED,
    "EnterMatch": ("MatchEntered",),
    "CorrectMatch": ("MatchCorrected",),
    "GiveWalkover": ("WalkoverGiven",),
    "SwapRuns": ("RunsSwapped",),
    "SwapMatches": ("MatchesSwapped",),
}
"""What an accepted command leaves in the log; of several, the first is always there."""
FOLLOWING = ("MatchesPaired", "MatchesCalledOff", "RunClosed")
"""What a result of a match has follow from it, once each at most."""
WITHOUT = ("OpenRun", "CloseRun", "OpenMatch", "CloseMatch")
"""These have no effect where it is so already."""
KEPT_LATE = ("EnterScore", "CorrectScore", "EnterMatch", "CorrectMatch", "GiveWalkover")


def check_effects(tablets: Sequence[Tablet], entries: Sequence[Entry], restored: int) -> None:
    """Every command of every tablet took effect once if it was accepted, and not at all if it was refused."""
    caused: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.command:
            caused[entry.command].append(entry)
    for copies in by_id(tablets).values():
        _check_copies(copies, caused, restored)
    known = by_id(tablets)
    from_tablets = (*SCORED, *DECIDED, "SheetDisputed", "RunsSwapped", "MatchesSwapped")
    for command, effects in caused.items():
        if any(entry.type in from_tablets for entry in effects):
            assert command in known, "an effect that no tablet asked for"


def _check_copies(copies: Sequence[Made], caused: Mapping[str, list[Entry]], restored: int) -> None:
    """One command, on its maker's tablet and perhaps on the one that handed it in: all were answered the same.

    But what was said before a restore may be lost with it; and a command that was given another version since, on one
    of the tablets alone, is not the same to the server.
    """
    told = [one for one in copies if one.receipt and one.receipt["code"] != "id_reused"]
    assert told or all(one.receipt is None for one in copies)
    if len(told) < sum(one.receipt is not None for one in copies):
        assert len(copies) > 1, "refused as another command of the same id"
    explained = [_is_explained(one, Counter(entry.type for entry in caused[one.id])) for one in told]
    is_one_enough = any if restored else all
    assert not told or is_one_enough(explained), [(one.body, one.receipt) for one in copies]


def by_id(tablets: Iterable[Tablet]) -> dict[str, list[Made]]:
    """Every command, with its copy on the tablet that handed it in."""
    copies: dict[str, list[Made]] = defaultdict(list)
    for tablet in tablets:
        for one in tablet.made:
            copies[one.id].append(one)
    return copies


def _is_explained(one: Made, types: Counter[str]) -> bool:
    """Whether what a command left in the log is what it was answered: once, and nothing where it was refused."""
    assert one.receipt is not None
    status, kinds = one.receipt["status"], types.keys()
    if any(count > 1 for count in types.values()):
        return False
    if status == "accepted" and one.type in WITHOUT:
        return kinds <= {"RunOpened", "RunClosed", "MatchOpened", "MatchClosed"}
    if status == "accepted":
        expected = EFFECTS[one.type]
        return bool(kinds & set(expected)) and kinds <= {*expected, *FOLLOWING}
    # A conflict leaves nothing where it says what stands already, or builds on what never was.
    is_kept = status == "conflict" and one.type in KEPT_LATE
    return kinds <= ({"SheetDisputed"} if is_kept else set())


def check_order(tablet: Tablet, tablets: Sequence[Tablet], entries: Sequence[Entry]) -> None:
    """What one tablet made for a field took effect in the order it was made; what two tablets sent has no one order."""
    place = {entry.command: entry.seq for entry in reversed(entries) if entry.command}
    copies = by_id(tablets)
    for on in tablet.fields:
        own = [one for one in tablet.accepted() if one.field == on and len(copies[one.id]) == 1]
        effects = [place[one.id] for one in own if one.id in place]
        assert effects == sorted(effects), [(one.body, one.receipt, one.earlier) for one in own]


def check_no_silent_conflict(tablets: Sequence[Tablet], entries: Sequence[Entry]) -> None:
    """Nothing was put over a score or a result that its maker had not seen."""
    made = {one.id: one for tablet in tablets for one in tablet.accepted() if one.type in KEPT_LATE}
    last: dict[str, int] = {}
    for entry in entries:
        about = entry.data.get("run") or entry.data.get("match")
        if entry.type not in ("ScoreEntered", "ScoreCorrected", *DECIDED) or not isinstance(about, str):
            continue
        one = made.get(entry.command or "")
        if one is not None and one.receipt is not None and not one.earlier:
            assert last.get(about, 0) <= one.body["expected_version"], "a silent conflict"
        last[about] = entry.seq


def check_acknowledged(tablets: Sequence[Tablet], epoch: int, runs: Runs, matches: Matches) -> None:
    """Each run and match shows the newest that anybody was told is stored, or what came since without an answer."""
    for tablet in tablets:
        for one in tablet.made:
            if one.is_known_in(epoch) and one.type in EFFECTS and "Swap" not in one.type:
                _check_shown(tablet, one, runs, matches)


def _check_shown(tablet: Tablet, one: Made, runs: Runs, matches: Matches) -> None:
    assert one.receipt is not None
    id_ = one.target.rsplit("/", 1)[1]
    if "Match" in one.type or one.type == "GiveWalkover":
        match = matches.by_id[id_]
        # A match that an earlier result called off since keeps what it came to.
        assert match.outcome is not None
        assert match.version >= one.receipt["version"]
        if match.version == one.receipt["version"] and "bouts" in one.body["payload"]:
            assert [bout["winner"] for bout in match.bouts] == [
                b["winner"] for b in one.body["payload"]["bouts"]
            ]
        return
    run = runs.by_id[id_]
    assert run.version >= one.receipt["version"]
    if run.division == "pair":
        assert run.is_confirmed or (one.author or tablet.account) in run.sheets
        return
    assert run.result is not None
    if run.version == one.receipt["version"]:
        assert run.result.sheet["time"] == one.body["payload"]["sheet"]["time"]
