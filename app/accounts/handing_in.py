"""Who may hand in what another account made: the unsent commands of a tablet that was lost or broke."""

from __future__ import annotations

from sqlalchemy import Connection, select

from ..eventlog.deciding import Actor, Refusal
from .models import Account

HAND_IN = ("referee",)
"""They could enter all of it themselves, so vouching for a judge gives them no power they lack."""
AUTHORS = ("judge",)
OF_TABLETS = frozenset(
    {
        "OpenRun",
        "CloseRun",
        "ResetRun",
        "StartByHand",
        "StopByHand",
        "CancelByHand",
        "EnterScore",
        "CorrectScore",
        "SettleSheets",
        "SettleDisputes",
        "CallReferee",
        "AnswerEscalation",
        "StepAside",
        "SwapRuns",
        "AddPracticeRun",
        "OpenMatch",
        "CloseMatch",
        "ShowBouts",
        "EnterMatch",
        "CorrectMatch",
        "GiveWalkover",
        "SetPartnerAbsent",
        "SwapMatches",
        "AddPracticeMatch",
    }
)
"""What a tablet may keep unsent; nothing else can have been left on a lost one."""

_FIND = select(Account.id, Account.name, Account.role, Account.competition, Account.fields, Account.locale)


def author_for(connection: Connection, account: str, sender: Actor, command: str) -> Actor:
    """The account a command is handed in for, as it would act itself, though it may be closed by now.

    Raises Refusal: ``may_not_hand_in`` where the sender's role may not, ``not_of_a_tablet`` where no tablet makes
    such a command, ``author_unknown`` where it is no judge's account within the sender's reach,
    ``author_of_other_field`` where the sender has fewer fields.
    """
    if sender.role not in HAND_IN:
        raise Refusal("may_not_hand_in")
    if command not in OF_TABLETS:
        raise Refusal("not_of_a_tablet")
    row = connection.execute(_FIND.where(Account.id == account)).first()
    if row is None or not _is_judge_within_reach(sender, row.role, row.competition):
        raise Refusal("author_unknown")
    if sender.fields and not (row.fields and set(row.fields) <= set(sender.fields)):
        raise Refusal("author_of_other_field")
    return Actor(row.id, row.name, row.role, row.competition, tuple(row.fields), None, row.locale)


def _is_judge_within_reach(sender: Actor, role: str, competition: str | None) -> bool:
    """Nobody speaks for another referee: that would be another's signature under what only referees may do."""
    return role in AUTHORS and sender.competition in (None, competition)
