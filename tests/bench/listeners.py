"""A process of many screens: ``python -m tests.bench.listeners URL COUNT TOPIC``.

Speaks Engine.IO over WebSocket by hand, so that hundreds of clients cost little. Prints ``ready`` once all have
their snapshot, then for each version the monotonic second at which its last client received it.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any
from urllib.parse import urlparse

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

NAMESPACE = "/live"


class Tally:
    """How many clients have received each version."""

    def __init__(self, clients: int) -> None:
        self.clients = clients
        self.ready = asyncio.Event()
        self._joined = 0
        self._received: dict[int, int] = {}

    def joined(self) -> None:
        self._joined += 1
        if self._joined == self.clients:
            self.ready.set()

    def received(self, version: int) -> None:
        count = self._received.get(version, 0) + 1
        self._received[version] = count
        if count == self.clients:
            print(json.dumps({"version": version, "last_at_s": time.monotonic()}), flush=True)


class Screen(WSListener):
    """One screen on one topic."""

    def __init__(self, tally: Tally, topic: str) -> None:
        self._tally = tally
        self._topic = topic

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        text = frame.get_payload_as_utf8_text()
        if text.startswith("0"):
            self._say(transport, f"40{NAMESPACE},")
        elif text.startswith(f"40{NAMESPACE}"):
            self._say(transport, f"42{NAMESPACE},1" + json.dumps(["join", {"topics": [self._topic]}]))
        elif text.startswith(f"43{NAMESPACE}"):
            self._tally.joined()
        elif text.startswith(f"42{NAMESPACE}"):
            self._tally.received(version_in(text))
        elif text == "2":
            self._say(transport, "3")

    def _say(self, transport: WSTransport, text: str) -> None:
        transport.send(WSMsgType.TEXT, text.encode())


def version_in(text: str) -> int:
    """The version of an update, without parsing the whole of it."""
    start = text.index('"version":') + len('"version":')
    return int(text[start : text.index(",", start)])


async def listen(url: str, count: int, topic: str) -> None:
    tally = Tally(count)
    address = f"ws://{urlparse(url).netloc}/socket.io/?EIO=4&transport=websocket"
    kept: list[Any] = []
    for _ in range(count):
        kept.append(await ws_connect(lambda: Screen(tally, topic), address))
    await asyncio.wait_for(tally.ready.wait(), 60)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(listen(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
