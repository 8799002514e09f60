"""Backups and withdrawals once alliances stand: who may be called, for whom, and what it does to matches."""

from __future__ import annotations

from flask.testing import FlaskClient

from app.pipeline import Pipeline
from tests.app.conftest import Send
from tests.app.matches.contesting import WHY, contest, waiting

from .choosing import accepted, choosing, formed, give, told


def test_the_next_of_the_ranking_plays_for_who_cannot(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    now = formed(send, pipeline, teams=14)
    first, second = now.selection.available
    captain = now.selection.formed[0][0]
    call = {"alliance": 1, "entry": second, "instead_of": captain, **WHY}
    assert give(send, pipeline, "CallBackup", call)["code"] == "backup_not_next"
    accepted(send, pipeline, "DeclineInvitation", {"entry": first})
    accepted(send, pipeline, "CallBackup", call)
    roster = told(client)["alliances"][0]["members"]
    assert [(one["role"], one["resting"]) for one in roster] == [
        ("captain", True),
        ("partner", False),
        ("partner", False),
        ("backup", False),
    ]
    side = next(one for one in contest(client)["matches"] if one["phase"]["id"] == "playoff")["sides"][0]
    assert [one["id"] for one in side["alliance"]["members"]] == [*now.selection.formed[0][1:], second]
    accepted(send, pipeline, "UndoAllianceStep", WHY)
    assert len(told(client)["alliances"][0]["members"]) == 3


def test_an_alliance_plays_on_when_its_captain_leaves(send: Send, pipeline: Pipeline) -> None:
    now = formed(send, pipeline)
    captain, *others = now.selection.formed[0]
    assert send("referee", "WithdrawEntry", f"c/demo/entry/{captain}", WHY)["status"] == "accepted"
    assert captain in waiting(pipeline)[0].sides
    for partner in others:
        assert send("referee", "WithdrawEntry", f"c/demo/entry/{partner}", WHY)["status"] == "accepted"
    assert all(captain not in match.sides for match in waiting(pipeline))


def test_who_withdraws_during_the_selection_is_not_picked(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    now = formed(send, pipeline, teams=14)
    accepted(send, pipeline, "ReopenAllianceSelection", WHY)
    gone = now.selection.available[0]
    assert send("referee", "WithdrawEntry", f"c/demo/entry/{gone}", WHY)["status"] == "accepted"
    after = choosing(pipeline)
    assert after is not None
    assert gone not in after.selection.available
    assert gone not in [one["entry"]["id"] for one in told(client)["available"]]
    assert send("referee", "ReinstateEntry", f"c/demo/entry/{gone}", WHY)["status"] == "accepted"
    assert gone in [one["entry"]["id"] for one in told(client)["available"]]
