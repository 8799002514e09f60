"""A client's outbox: everything whole and in order, the newest update alone where the client is slow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gevent
import gevent.socket
import pytest

from app.live.outbox import MOST_PACKETS, DirectOutbox, QueuedOutbox, text_frame
from tests.app.live.frames import payloads

BIG = b"x" * 50_000
WITHIN_S = 10


@pytest.fixture
def pair() -> Iterator[tuple[Any, Any]]:
    """A server's and a client's end of one connection."""
    ends = gevent.socket.socketpair()
    yield ends
    for end in ends:
        end.close()


def read_all(client: Any) -> bytes:
    """What the client gets until nothing more comes."""
    parts: list[bytes] = []
    client.settimeout(0.3)
    while True:
        try:
            part = client.recv(1 << 20)
        except TimeoutError:
            return b"".join(parts)
        if not part:
            return b"".join(parts)
        parts.append(part)


def keep_sending(outbox: Any, packets: int) -> None:
    for _ in range(packets):
        outbox.send(text_frame(BIG))
        gevent.sleep(0)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_of_every_size(size: int) -> None:
    assert payloads(text_frame(b"y" * size)) == [b"y" * size]


@pytest.mark.parametrize("kind", [DirectOutbox, QueuedOutbox])
def test_an_idle_client_gets_everything_in_order(pair: tuple[Any, Any], kind: Any) -> None:
    server, client = pair
    outbox = kind(server)
    for number in range(100):
        outbox.offer("a", text_frame(b"update %d" % number))
        outbox.send(text_frame(b"packet %d" % number))
        gevent.sleep(0)
    got = payloads(read_all(client))
    for word in (b"update", b"packet"):
        assert [p for p in got if p.startswith(word)] == [b"%s %d" % (word, number) for number in range(100)]


@pytest.mark.parametrize("kind", [DirectOutbox, QueuedOutbox])
def test_a_slow_client_gets_the_newest_of_each_topic_and_all_its_packets(
    pair: tuple[Any, Any], kind: Any
) -> None:
    server, client = pair
    outbox = kind(server)
    for number in range(1_000):
        for topic in ("a", "b"):
            outbox.offer(topic, text_frame(b"%s %d " % (topic.encode(), number) + BIG))
        if number % 10 == 0:
            outbox.send(text_frame(b"packet %d" % number))
        gevent.sleep(0)
    kept = outbox._waiting
    assert len(kept._updates) == 2, "one update a topic is kept, whatever was missed"
    got = payloads(read_all(client))
    assert [p for p in got if p.startswith(b"packet")] == [b"packet %d" % n for n in range(0, 1_000, 10)]
    for name in (b"a ", b"b "):
        numbers = [int(p.split()[1]) for p in got if p.startswith(name)]
        assert numbers == sorted(numbers)
        assert numbers[-1] == 999
        assert len(numbers) < 100, "most were never queued"


@pytest.mark.parametrize("kind", [DirectOutbox, QueuedOutbox])
def test_a_client_that_never_reads_is_cut_off(pair: tuple[Any, Any], kind: Any) -> None:
    server, _ = pair
    outbox = kind(server)
    with pytest.raises(BrokenPipeError):
        keep_sending(outbox, 2 * MOST_PACKETS)


@pytest.mark.parametrize("kind", [DirectOutbox, QueuedOutbox])
def test_a_client_that_left_disturbs_nobody(pair: tuple[Any, Any], kind: Any) -> None:
    server, client = pair
    outbox = kind(server)
    client.close()
    for _ in range(3):
        outbox.offer("a", text_frame(BIG))
        gevent.sleep(0.01)
    with pytest.raises(OSError):
        outbox.send(text_frame(b"packet"))
    with gevent.Timeout(WITHIN_S):
        assert outbox.recv(10) == b"", "whoever reads hears of it, and ends the connection"
