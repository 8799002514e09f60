"""What waits to be written to one WebSocket: its own packets in order, and of each topic only the newest update.

Nothing here waits. A socket that takes no more is written to again when it says it can, so that a slow client holds up
nobody and costs one update a topic, whatever it misses.
"""

from __future__ import annotations

import socket
from collections import deque
from typing import Any, Protocol

import gevent
from gevent.ssl import SSLSocket

WRITABLE = 2
MOST_PACKETS = 1_000
"""Packets of its own (answers, pings) a client may leave unread before it is cut off."""
TEXT_FRAME = 0x81


class Outbox(Protocol):
    """Stands in for the socket of a WebSocket, and takes updates beside it."""

    def send(self, data: bytes) -> int: ...
    def offer(self, topic: str, frame: bytes) -> None: ...
    def recv(self, most_bytes: int) -> bytes: ...
    def close(self) -> None: ...


class Waiting:
    """The bytes not yet written, in the order they go out: what was cut in two, packets, then updates."""

    def __init__(self) -> None:
        self._rest = memoryview(b"")
        self._packets: deque[bytes] = deque()
        self._updates: dict[str, bytes] = {}

    def __bool__(self) -> bool:
        return bool(self._rest or self._packets or self._updates)

    def packet(self, data: bytes) -> bool:
        """Add a packet; False where there are too many."""
        self._packets.append(data)
        return len(self._packets) <= MOST_PACKETS

    def update(self, topic: str, frame: bytes) -> None:
        """Add an update in place of an older one of its topic."""
        self._updates[topic] = frame

    def cut(self, rest: memoryview) -> None:
        """Add what is left of a frame that was written in part; only where nothing waits."""
        self._rest = rest

    def next(self) -> memoryview:
        """What to write now; only where something waits."""
        if not self._rest:
            waiting = (
                self._packets.popleft() if self._packets else self._updates.pop(next(iter(self._updates)))
            )
            self._rest = memoryview(waiting)
        return self._rest

    def wrote(self, count: int) -> None:
        self._rest = self._rest[count:]


class DirectOutbox:
    """Writes to a plain socket at once, past gevent: most sockets are idle and take everything."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        # gevent's own socket: non-blocking, and no greenlet is switched.
        self._raw: socket.socket = sock._sock
        self._write = self._raw.send
        self._waiting = Waiting()
        self._watcher: Any = None
        self._is_closed = False

    def send(self, data: bytes) -> int:
        """Write a packet, after those before it. Raises OSError where the client is gone or reads nothing."""
        if self._is_closed or not self._waiting.packet(data):
            raise BrokenPipeError
        self._flush()
        return len(data)

    def offer(self, topic: str, frame: bytes) -> None:
        """Write an update, or keep the newest of its topic until the socket takes it."""
        if self._watcher is None and not self._is_closed:
            # Nothing waits: the one system call that a delivery costs, with as little as can be around it.
            try:
                count = self._write(frame)
            except OSError:
                count = 0
            if count < len(frame):
                self._waiting.cut(memoryview(frame)[count:]) if count else self._waiting.update(topic, frame)
                self._flush()
        elif not self._is_closed:
            self._waiting.update(topic, frame)

    def recv(self, most_bytes: int) -> bytes:
        data: bytes = self._sock.recv(most_bytes)
        return data

    def close(self) -> None:
        self._is_closed = True
        self._watch(False)
        self._sock.close()

    def _flush(self) -> None:
        try:
            while self._waiting:
                self._waiting.wrote(self._write(self._waiting.next()))
        except BlockingIOError:
            self._watch(True)
        except OSError:
            self._fail()
        else:
            self._watch(False)

    def _watch(self, wanted: bool) -> None:
        """Have the event loop call when the socket can be written to, or no more."""
        if wanted and self._watcher is None and not self._is_closed:
            self._watcher = gevent.get_hub().loop.io(self._raw.fileno(), WRITABLE)
            self._watcher.start(self._flush)
        elif not wanted and self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None

    def _fail(self) -> None:
        """The client is gone: whoever reads from the socket will hear of it and end the connection."""
        self._is_closed = True
        self._watch(False)
        try:
            self._raw.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


class QueuedOutbox:
    """The same for a TLS socket, which cannot be written to without waiting: a greenlet writes while it has to."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._waiting = Waiting()
        self._writer: gevent.Greenlet[..., None] | None = None
        self._is_closed = False

    def send(self, data: bytes) -> int:
        """As in ``DirectOutbox``."""
        if self._is_closed or not self._waiting.packet(data):
            raise BrokenPipeError
        self._wake()
        return len(data)

    def offer(self, topic: str, frame: bytes) -> None:
        if not self._is_closed:
            self._waiting.update(topic, frame)
            self._wake()

    def recv(self, most_bytes: int) -> bytes:
        data: bytes = self._sock.recv(most_bytes)
        return data

    def close(self) -> None:
        self._is_closed = True
        self._sock.close()

    def _wake(self) -> None:
        if self._writer is None:
            self._writer = gevent.spawn(self._write)

    def _write(self) -> None:
        try:
            while self._waiting and not self._is_closed:
                frame = self._waiting.next()
                self._sock.sendall(frame)
                self._waiting.wrote(len(frame))
        except OSError:
            self._is_closed = True
        finally:
            self._writer = None


def outbox_of(sock: Any) -> Outbox:
    """The outbox for a socket that gevent made."""
    return QueuedOutbox(sock) if isinstance(sock, SSLSocket) else DirectOutbox(sock)


def text_frame(payload: bytes) -> bytes:
    """A whole unmasked text frame, as a server sends it (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((TEXT_FRAME, size)) + payload
    if size < 2**16:
        return bytes((TEXT_FRAME, 126)) + size.to_bytes(2, "big") + payload
    return bytes((TEXT_FRAME, 127)) + size.to_bytes(8, "big") + payload
