"""A client of the live feed over a real socket, with Socket.IO's own client."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import socketio

from tests.serving import Serving

WITHIN_S = 20


class Listener:
    """A client of /live that keeps every update it gets."""

    def __init__(self, server: Serving, headers: dict[str, str] | None = None) -> None:
        self._client = socketio.Client(reconnection=False)
        self._came = threading.Condition()
        self.updates: list[dict[str, Any]] = []
        self._client.on("update", self._update, namespace="/live")
        self._ended = threading.Event()
        self._client.on("disconnect", lambda *_reason: self._ended.set(), namespace="/live")
        self._client.connect(
            server.url,
            headers=headers or {},
            transports=["websocket"],
            namespaces=["/live"],
            wait_timeout=WITHIN_S,
        )

    def ask(self, event: str, message: Any) -> Any:
        return self._client.call(event, message, namespace="/live", timeout=WITHIN_S)

    def wait_for(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first update that fits, when it has come."""
        with self._came:
            assert self._came.wait_for(lambda: any(map(fits, self.updates)), WITHIN_S), self.updates
            return next(filter(fits, self.updates))

    def is_ended(self) -> bool:
        """Whether the server ended the connection, when it has."""
        return self._ended.wait(WITHIN_S)

    def close(self) -> None:
        self._client.disconnect()

    def _update(self, snapshot: dict[str, Any]) -> None:
        with self._came:
            self.updates.append(snapshot)
            self._came.notify_all()
