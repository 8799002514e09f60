"""What changes after the fact: corrections, walkovers, replays, withdrawals, ties; and what is refused and why."""

from __future__ import annotations

from flask.testing import FlaskClient

from app.competitions.state import Setup
from app.matches.match import Match
from app.matches.queries import withdrawal
from app.matches.state import Matches
from app.pipeline import Pipeline
from app.standings.state import Standings, ranked_anew
from tests.app.conftest import WITHOUT_WAITING, Send

from .contesting import (
    DIVISION,
    WHY,
    contest,
    enter,
    first_of,
    play_groups,
    set_up,
    standings,
    target,
    waiting,
    won,
)


def correct(send: Send, match: Match, winner: str, role: str = "judge") -> dict[str, object]:
    payload = won(match, winner) | WHY
    receipt: dict[str, object] = send(role, "CorrectMatch", target(match), payload, match.version)
    return receipt


def test_a_correction_pairs_anew_what_was_not_played_and_is_refused_where_it_was(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    semifinals = waiting(pipeline)
    for match in semifinals:
        enter(send, match, first_of(pipeline, match))
    bronze, final = sorted(waiting(pipeline), key=lambda match: match.pairing.part)
    first = semifinals[0]
    other = next(side for side in first.sides if side != first_of(pipeline, first))
    assert correct(send, first, other)["status"] == "accepted"
    assert final.called_off
    assert bronze.called_off
    shown = {match["id"]: match for match in contest(client)["matches"]}
    assert final.id not in shown
    stale = send("judge", "EnterMatch", target(final), won(final, final.sides[0]), final.version)
    assert stale["code"] == "match_called_off"
    again = sorted(waiting(pipeline), key=lambda match: match.pairing.part)
    assert other in again[1].sides
    enter(send, again[1], other)
    refused = correct(send, first, first_of(pipeline, first))
    assert refused["code"] == "pairing_played"
    assert str(again[1].number) in str(refused["detail"])
    assert first.outcome is not None
    assert first.outcome.winner == other
    assert correct(send, again[1], again[1].sides[0])["status"] == "accepted"
    check_standings(pipeline)


def test_a_correction_that_changes_no_winner_moves_only_the_score(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    for match in waiting(pipeline):
        enter(send, match, first_of(pipeline, match))
    for match in waiting(pipeline):
        enter(send, match, match.sides[0])
    state = pipeline.state("c/demo")
    assert state is not None
    semifinal = next(m for m in state[Matches].by_id.values() if m.pairing.slot == "U1.1")
    winner, loser = first_of(pipeline, semifinal), semifinal.sides[1]
    bouts = {"bouts": [{"winner": winner}, {"winner": loser}, {"winner": winner}]}
    receipt = send("judge", "CorrectMatch", target(semifinal), bouts | WHY, semifinal.version)
    assert receipt["status"] == "accepted"
    assert semifinal.outcome is not None
    assert (semifinal.outcome.score, semifinal.outcome.corrected) == ((2.0, 1.0), True)
    assert send("organiser", "PublishResults", DIVISION, WITHOUT_WAITING)["status"] == "accepted"
    assert correct(send, semifinal, winner)["code"] == "result_official"
    assert correct(send, semifinal, winner, "referee")["status"] == "accepted"


def test_a_walkover_gives_the_match_and_no_bouts(client: FlaskClient, send: Send, pipeline: Pipeline) -> None:
    set_up(send, 3)
    match = waiting(pipeline)[0]
    wrong = send("judge", "GiveWalkover", target(match), {"winner": "nobody"} | WHY, match.version)
    assert [error["field"] for error in wrong["errors"]] == ["winner"]
    given = send("judge", "GiveWalkover", target(match), {"winner": match.sides[1]} | WHY, match.version)
    assert given["status"] == "accepted"
    shown = next(one for one in contest(client)["matches"] if one["id"] == match.id)
    assert (shown["walkover"], shown["winner"], shown["score"]) == (True, match.sides[1], [])
    assert correct(send, match, match.sides[0])["status"] == "accepted"
    assert match.outcome is not None
    assert not match.outcome.walkover
    back = send("referee", "GiveWalkover", target(match), {"winner": match.sides[1]} | WHY, match.version)
    assert back["status"] == "accepted"
    check_standings(pipeline)


def test_a_replay_leaves_the_old_match_marked_and_counts_the_new(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 3)
    old = waiting(pipeline)[0]
    assert send("referee", "ReplayMatch", target(old), WHY, old.version)["code"] == "match_not_confirmed"
    enter(send, old, old.sides[0])
    assert send("judge", "ReplayMatch", target(old), WHY, old.version)["code"] == "not_allowed"
    assert send("referee", "ReplayMatch", target(old), WHY, old.version)["status"] == "accepted"
    new = waiting(pipeline)[0]
    assert (new.replay_of, old.replaced_by) == (old.id, new.id)
    assert {rank for rank, _ in standings(client)} == {1}
    assert correct(send, old, old.sides[1])["code"] == "match_replaced"
    enter(send, new, new.sides[1])
    state = pipeline.state("c/demo")
    assert state is not None
    assert state[Standings].standing("sumo", new.sides[1]).rank == 1
    check_standings(pipeline)


def test_a_replay_that_would_undo_a_played_match_is_refused(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    semifinal = waiting(pipeline)[0]
    for match in waiting(pipeline):
        enter(send, match, first_of(pipeline, match))
    final = next(match for match in waiting(pipeline) if match.pairing.part == "final")
    send("judge", "OpenMatch", target(final))
    refused = send("referee", "ReplayMatch", target(semifinal), WHY, semifinal.version)
    assert refused["code"] == "pairing_played"
    send("judge", "CloseMatch", target(final))
    assert send("referee", "ReplayMatch", target(semifinal), WHY, semifinal.version)["status"] == "accepted"
    assert final.called_off


def test_a_withdrawal_gives_open_matches_away_as_it_was_said_beforehand(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 5)
    state = pipeline.state("c/demo")
    assert state is not None
    held = state[Matches].contest("sumo")
    assert held is not None
    gone = held.entries[0]
    played = next(match for match in waiting(pipeline) if gone in match.sides)
    enter(send, played, gone)
    said = withdrawal(state, held, gone)
    assert (len(said.given), said.kept, said.refusal) == (3, 1, None)
    page = client.get(f"/desk/c/demo/division/sumo/withdraw?entry={gone}")
    assert page.status_code == 401
    assert send("referee", "WithdrawEntry", f"c/demo/entry/{gone}", WHY)["status"] == "accepted"
    assert {match.id for match in said.given} == {m.id for m in held.matches() if m.given_to}
    assert all(gone not in match.sides for match in waiting(pipeline))
    late = send("judge", "EnterMatch", target(said.given[0]), won(said.given[0], gone), said.given[0].version)
    assert late["code"] == "match_given"
    play_groups(send, pipeline)
    playoff = [match for match in held.matches() if match.pairing.phase == "playoff"]
    assert len(playoff) == 2
    assert all(gone not in match.sides for match in playoff)
    check_standings(pipeline)


def test_a_withdrawal_in_the_bracket_lets_the_opponent_on_and_can_be_taken_back(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 4)
    play_groups(send, pipeline)
    one, other = waiting(pipeline)
    gone, opponent = one.sides
    assert send("referee", "WithdrawEntry", f"c/demo/entry/{gone}", WHY)["status"] == "accepted"
    assert (one.given_to, one.called_off) == (opponent, False)
    enter(send, other, other.sides[0])
    final = next(match for match in waiting(pipeline) if match.pairing.part == "final")
    assert opponent in final.sides
    assert send("referee", "ReinstateEntry", f"c/demo/entry/{gone}", WHY)["status"] == "accepted"
    assert final.called_off
    assert one in waiting(pipeline)
    send("referee", "WithdrawEntry", f"c/demo/entry/{gone}", WHY)
    final = next(match for match in waiting(pipeline) if match.pairing.part == "final")
    enter(send, final, opponent)
    back = send("referee", "ReinstateEntry", f"c/demo/entry/{gone}", WHY)
    assert back["code"] == "pairing_played"
    assert contest(client)["phases"][1]["champion"]["id"] == opponent
    check_standings(pipeline)


def test_a_tie_at_the_line_waits_for_lots_or_the_referee(
    client: FlaskClient, send: Send, pipeline: Pipeline
) -> None:
    set_up(send, 5)
    while waiting(pipeline):
        match = waiting(pipeline)[0]
        left, right = match.sides
        bouts = [{"winner": left}, {"winner": right}, {"timed_out": True}, {"winner": right}]
        send("judge", "EnterMatch", target(match), {"bouts": bouts}, match.version)
    (tie,) = contest(client)["ties"]
    assert (tie["key"], tie["places"], len(tie["level"])) == ("groups", 4, 5)
    chosen = [entry["id"] for entry in tie["level"][:3]]
    few = send("referee", "SettleTie", DIVISION, {"key": "groups", "entries": chosen} | WHY)
    assert few["code"] == "tie_choice_wrong"
    chosen = [entry["id"] for entry in tie["level"][1:]]
    settled = send("referee", "SettleTie", DIVISION, {"key": "groups", "entries": chosen} | WHY)
    assert settled["status"] == "accepted"
    assert {side for match in waiting(pipeline) for side in match.sides} == set(chosen)
    late = send("referee", "SettleTie", DIVISION, {"key": "groups", "entries": chosen} | WHY)
    assert late["code"] == "tie_not_open"
    check_standings(pipeline)


def test_a_match_is_moved_to_another_field_and_before_another(send: Send, pipeline: Pipeline) -> None:
    set_up(send, 4)
    first, second, third = waiting(pipeline)[:3]
    assert send("judge", "MoveMatch", target(third), {"field": "B"})["code"] == "not_allowed"
    moved = send("referee", "MoveMatch", target(third), {"field": "A", "before": first.id})
    assert moved["status"] == "accepted"
    assert waiting(pipeline)[0] is third
    assert send("organiser", "MoveMatch", target(second), {"field": "B"})["status"] == "accepted"
    assert second not in waiting(pipeline)
    assert second.field == "B"
    itself = send("organiser", "MoveMatch", target(first), {"field": "A", "before": first.id})
    assert [error["field"] for error in itself["errors"]] == ["before"]
    send("judge", "OpenMatch", target(third))
    assert send("referee", "MoveMatch", target(third), {"field": "B"})["code"] == "match_begun"


def check_standings(pipeline: Pipeline) -> None:
    """The order mended step by step is the order ranked anew."""
    state = pipeline.state("c/demo")
    assert state is not None
    assert state[Standings].of("sumo") == ranked_anew(state, state[Setup].divisions["sumo"])
