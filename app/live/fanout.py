"""Socket.IO's broadcast written straight to the sockets: one encoding, one system call a client, no greenlet woken.

The one module that reaches into python-engineio and simple-websocket, at the versions pinned in requirements.txt;
``install`` looks whether they are as expected, and leaves the ordinary path where they are not.
"""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import engineio.base_socket
import engineio.socket
import orjson
import simple_websocket
import socketio
import structlog
from engineio.async_drivers import gevent as driver

from .outbox import outbox_of, text_frame

log = structlog.get_logger()

PINGS = {"ping_interval": 15, "ping_timeout": 10}
"""In seconds. A ping costs as much as thirty updates; a client that lost its network says so after 25 s at most."""
NEWEST_WINS = "update"
"""The event of which a client needs only the newest of each room."""
MOST_UNPOLLED = 64
"""Packets a client without a WebSocket may leave unfetched before it is cut off; it comes back and gets the newest."""


class DirectManager(socketio.Manager):  # type: ignore[misc]
    """Sends updates through each client's outbox, and everything else as ever."""

    def emit(
        self, event: str, data: Any, namespace: str, room: str | None = None, *arguments: Any, **options: Any
    ) -> None:
        """As ``socketio.Manager.emit``. Updates to one room take the direct way; ``data`` must be JSON."""
        to = options.get("to") or room
        if (
            event != NEWEST_WINS
            or not isinstance(to, str)
            or options.get("callback")
            or options.get("skip_sid")
        ):
            super().emit(event, data, namespace, room, *arguments, **options)
            return
        address = b"" if namespace == "/" else namespace.encode() + b","
        payload = b"42" + address + orjson.dumps([event, data])
        frame = text_frame(payload)
        sockets = self.server.eio.sockets
        for eio_sid in list(self.rooms.get(namespace, {}).get(to, {}).values()):
            connection = sockets.get(eio_sid)
            if connection is None:
                continue
            outbox = getattr(connection, "outbox", None)
            if outbox is not None and connection.upgraded:
                outbox.offer(to, frame)
            elif not connection.closed:
                self._queue(connection, payload)

    def _queue(self, connection: Any, payload: bytes) -> None:
        """The ordinary way, for clients that poll or are just changing over."""
        if connection.queue.qsize() >= MOST_UNPOLLED:
            connection.close(wait=False, abort=True)
            return
        packet = engineio.packet.Packet(engineio.packet.MESSAGE, payload[1:].decode())
        self.server._send_eio_packet(connection.sid, packet)


class DirectRedisManager(socketio.RedisManager, DirectManager):  # type: ignore[misc]
    """The same where several servers share a Redis: what it hears from there goes out directly."""


class DirectWebSocket(driver.WebSocketWSGI):  # type: ignore[misc]
    """engineio's WebSocket over an outbox, which the connection keeps; compression is not offered."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self.ws = simple_websocket.Server(environ, **self.server_args)
        outbox = outbox_of(self.ws.sock)
        self.ws.sock = outbox
        self.app.__self__.outbox = outbox
        return self.app(self)


def install(server: Any) -> bool:
    """Have a Socket.IO server write directly; False (and said in the log) where it is not as expected."""
    reason = _unexpected(server)
    if reason is not None:
        log.warning("fanout_ordinary", reason=reason)
        return False
    server.eio._async = {**server.eio._async, "websocket": DirectWebSocket}
    # Pings are timed by the wall clock there: setting it forward would cut off whoever is about to answer one.
    engineio.base_socket.time = engineio.socket.time = SimpleNamespace(time=time.monotonic)
    return True


def _unexpected(server: Any) -> str | None:
    """What keeps this module from its work; None where all is as expected."""
    if not isinstance(server.manager, DirectManager):
        return "another client manager"
    if getattr(driver, "SimpleWebSocketWSGI", None) is None:
        return "gevent-websocket is installed"
    if server.eio._async.get("websocket") is not driver.WebSocketWSGI:
        return "another WebSocket driver"
    parts = {
        "engineio.socket.Socket": (engineio.socket.Socket, ("_websocket_handler", "send", "close")),
        "engineio.socket": (engineio.socket, ("time",)),
        "engineio.base_socket": (engineio.base_socket, ("time",)),
        "simple_websocket.Server": (simple_websocket.Server, ("handshake", "_thread", "_handle_events")),
        "engineio server": (server.eio, ("sockets", "_async")),
        "socketio server": (server, ("_send_eio_packet",)),
    }
    for name, (part, attributes) in parts.items():
        missing = [attribute for attribute in attributes if not hasattr(part, attribute)]
        if missing:
            return f"{name} has no {', '.join(missing)}"
    return None
