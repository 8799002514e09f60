"""Live topics over a real socket: a server in its own process, Socket.IO's own client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.serving import Serving, command, post, serving

from .listening import WITHIN_S, Listener

FIELD, STANDINGS, SCREEN = "c/demo/field/A", "c/demo/division/line/standings", "screen/demo-hall"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("live")) as running:
        yield running


@pytest.fixture
def listen(server: Serving) -> Iterator[Callable[..., Listener]]:
    opened: list[Listener] = []

    def opening(role: str | None = None) -> Listener:
        opened.append(Listener(server, server.bearer(role) if role else None))
        return opened[-1]

    yield opening
    for listener in opened:
        listener.close()


@pytest.fixture
def client(server: Serving) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=WITHIN_S) as made:
        yield made


def snapshot(client: httpx.Client, topic: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/live/{topic}").json()
    return found


def next_run(client: httpx.Client) -> dict[str, Any]:
    run: dict[str, Any] = snapshot(client, FIELD)["data"]["next"][0]
    return run


def test_joining_is_answered_with_the_snapshots_http_gives(
    listen: Callable[..., Listener], client: httpx.Client
) -> None:
    answer = listen().ask("join", {"topics": [FIELD, SCREEN, "c/demo/nothing", "c/none/schedule", 7]})
    assert answer["refused"] == {"c/demo/nothing": "topic_unknown", "c/none/schedule": "topic_unknown"}
    assert answer["snapshots"] == {topic: snapshot(client, topic) for topic in (FIELD, SCREEN)}


def test_a_score_reaches_those_who_joined_and_nobody_else(
    server: Serving, listen: Callable[..., Listener], client: httpx.Client
) -> None:
    follower, other = listen(), listen()
    before = follower.ask("join", {"topics": [STANDINGS, FIELD]})["snapshots"][STANDINGS]
    other.ask("join", {"topics": [SCREEN, STANDINGS]})
    other.ask("leave", {"topics": [STANDINGS]})
    run = next_run(client)
    scored = command("EnterScore", run["target"], {"sheet": {"time": 25.0}}, run["version"])
    steered = command("SetScreen", "c/demo/screen/demo-hall", {"view": "standings", "division": "line"})
    (receipt,) = post(client, server.bearer("judge"), scored)
    post(client, server.bearer("organiser"), steered)

    update = follower.wait_for(lambda one: one["topic"] == STANDINGS)
    assert update["version"] == receipt["version"] > before["version"]
    assert update == snapshot(client, STANDINGS)
    assert follower.wait_for(lambda one: one["topic"] == FIELD)["data"]["last"]["id"] == run["id"]
    other.wait_for(lambda one: one["topic"] == SCREEN)
    assert {one["topic"] for one in other.updates} == {SCREEN}


def test_only_the_staff_of_a_competition_sees_its_devices(
    server: Serving, listen: Callable[..., Listener], client: httpx.Client
) -> None:
    topic = "c/demo/devices"
    for role, code in ((None, "sign_in_needed"), ("field_controller", "not_allowed")):
        assert listen(role).ask("join", {"topics": [topic]}) == {"snapshots": {}, "refused": {topic: code}}
    referee = listen("referee")
    joined = referee.ask("join", {"topics": [topic]})["snapshots"][topic]
    beat = {"device": "gate", "origin": "simulated"}
    client.post("/api/v1/devices/heartbeat", json=beat, headers=server.bearer("field_controller:A"))
    update = referee.wait_for(lambda one: bool(one["data"]["controllers"]))
    assert update["version"] > joined["version"]
    reading = {
        "seq": 1, "channel": 0, "edge": "fall", "ticks": 1, "at_utc": "2026-04-01T07:00:00Z", "uncertainty_us": 9,
    }  # fmt: skip
    batch = beat | {"boot": 1, "readings": [reading]}
    client.post("/api/v1/readings", json=batch, headers=server.bearer("field_controller:A"))
    told = referee.wait_for(lambda one: bool(one["data"]["unassigned"]))
    assert (told["data"]["unassigned"][0]["seq"], told["version"] > update["version"]) == (1, True)


@contextmanager
def signed_in(server: Serving, account: dict[str, Any]) -> Iterator[httpx.Client]:
    """A browser of its own, signed in by PIN."""
    with httpx.Client(base_url=server.url, timeout=WITHIN_S) as browser:
        answer = browser.post("/api/v1/sign-in", json={"account": account["account"], "pin": account["pin"]})
        answer.raise_for_status()
        yield browser


@pytest.mark.parametrize("how", ["signs out", "gets a new PIN"])
def test_who_is_signed_out_hears_nothing_more_of_what_is_for_staff(server: Serving, how: str) -> None:
    topic = "c/demo/devices"
    accounts, organiser = server.access["accounts"], server.access["roles"]["organiser"]
    judge = next(one for one in accounts if one["role"] == "judge" and "B" in one["fields"])
    with signed_in(server, judge) as own, signed_in(server, organiser) as desk:
        cookies = [{"Cookie": f"session={browser.cookies['session']}"} for browser in (own, desk)]
        listener, other = (Listener(server, headers) for headers in cookies)
        for one in (listener, other):
            assert topic in one.ask("join", {"topics": [topic, FIELD]})["snapshots"]
        if how == "signs out":
            own.post("/api/v1/sign-out", json={}).raise_for_status()
        else:
            page = desk.get("/desk/c/demo/accounts").text
            form = {"csrf_token": page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]}
            desk.post(f"/desk/c/demo/accounts/{judge['account']}/pin", data=form).raise_for_status()
        assert listener.is_ended()
        answer = other.ask("join", {"topics": [topic]})
        assert topic in answer["snapshots"], "whoever is still signed in stays"
        again = Listener(server, cookies[0])
        answer = again.ask("join", {"topics": [topic, FIELD]})
        assert (answer["refused"], FIELD in answer["snapshots"]) == ({topic: "sign_in_needed"}, True)
        for one in (other, again):
            one.close()


@pytest.mark.parametrize("message", [None, 5, "x", [], {"topics": None}, {"topics": [{}, 1, None]}])
def test_rubbish_is_answered_and_the_socket_stays(listen: Callable[..., Listener], message: Any) -> None:
    listener = listen()
    assert listener.ask("join", message) == {"snapshots": {}, "refused": {}}
    assert listener.ask("time", message)["sent_ms"] is None
    assert listener.ask("time", {"sent_ms": 5})["sent_ms"] == 5
    assert FIELD in listener.ask("join", {"topics": [FIELD]})["snapshots"]


def test_commands_do_not_come_in_by_the_socket(listen: Callable[..., Listener], client: httpx.Client) -> None:
    referee, before = listen("referee"), snapshot(client, FIELD)
    referee._client.emit("commands", {"commands": [command("OpenRun", next_run(client)["target"])]}, "/live")
    referee.ask("time", {})
    assert snapshot(client, FIELD) == before


def test_a_restart_keeps_versions_receipts_and_epoch(
    server: Serving, listen: Callable[..., Listener], client: httpx.Client
) -> None:
    run = next_run(client)
    scored = command("EnterScore", run["target"], {"sheet": {"time": 31.0}, "note": "n"}, run["version"])
    first = post(client, server.bearer("judge"), scored)
    topics = (FIELD, STANDINGS, SCREEN, "c/demo/schedule", f"{FIELD}/queue")
    before = {topic: snapshot(client, topic) for topic in topics}
    server.kill()
    server.start()
    after = listen().ask("join", {"topics": list(topics)})["snapshots"]
    made = "at_utc"  # when the snapshot was made, not what it shows
    assert {t: s | {made: ""} for t, s in after.items()} == {t: s | {made: ""} for t, s in before.items()}
    assert post(client, server.bearer("judge"), scored) == first
    changed = scored | {"payload": {"sheet": {"time": 1.0}}}
    assert post(client, server.bearer("judge"), changed)[0]["code"] == "id_reused"


def test_a_cache_in_front_may_keep_public_snapshots_for_a_second_and_no_others(server: Serving) -> None:
    public = httpx.get(f"{server.url}/api/v1/live/{FIELD}")
    assert public.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert "Set-Cookie" not in public.headers
    again = httpx.get(f"{server.url}/api/v1/live/{FIELD}", headers={"If-None-Match": public.headers["ETag"]})
    assert again.status_code == 304
    staff = httpx.get(f"{server.url}/api/v1/live/c/demo/devices", headers=server.bearer("referee"))
    assert staff.headers["Cache-Control"] == "private, no-cache"
