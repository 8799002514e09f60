"""Topics are sent at once, then at most so often, and the newest is never left out."""

from __future__ import annotations

from collections.abc import Callable

from app.live.pace import Pace

Due = tuple[float, Callable[[str], None], str]


def test_a_burst_is_sent_twice_first_and_newest() -> None:
    sent: list[str] = []
    due: list[Due] = []
    pace = Pace(sent.append, lambda *call: due.append(call), every_s=60)
    assert [pace.may_send("a") for _ in range(100)] == [True] + [False] * 99
    assert len(due) == 1, "one call is enough for all that waits"
    wait_s, call, topic = due.pop()
    assert 59 < wait_s <= 60
    call(topic)
    assert sent == ["a"]
    assert not pace.may_send("a"), "the late sending counts like any other"
    assert len(due) == 1


def test_topics_do_not_wait_for_each_other() -> None:
    pace = Pace(lambda _: None, lambda *_: None, every_s=60)
    assert pace.may_send("a")
    assert pace.may_send("b")


def test_what_changes_seldom_never_waits() -> None:
    pace = Pace(lambda _: None, lambda *_: None, every_s=0)
    assert all(pace.may_send("a") for _ in range(3))
