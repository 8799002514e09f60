"""A process of screens that come back: ``python -m tests.faults.screens URL COUNT TOPIC``.

Each keeps one WebSocket, joins the topic, and joins again after every loss. A line on stdin is answered with one of
JSON: how many are joined now, the newest version each has seen, and how often they had to come back.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections import Counter
from urllib.parse import urlparse

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

NAMESPACE = "/live"
BACK_AFTER_S = 0.5
VERSION = re.compile(r'"version":(\d+)')


class Screen(WSListener):
    """One screen's connection; what it has seen outlives it."""

    def __init__(self, hall: Hall, number: int) -> None:
        self._hall = hall
        self._number = number
        self.lost = asyncio.Event()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._hall.joined.discard(self._number)
        self.lost.set()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        text = frame.get_payload_as_utf8_text()
        if text.startswith("0"):
            self._say(transport, f"40{NAMESPACE},")
        elif text.startswith(f"40{NAMESPACE}"):
            self._say(transport, f"42{NAMESPACE},1" + json.dumps(["join", {"topics": [self._hall.topic]}]))
        elif text.startswith((f"43{NAMESPACE}", f"42{NAMESPACE}")):
            self._hall.seen_by(self._number, text)
        elif text == "2":
            self._say(transport, "3")

    def _say(self, transport: WSTransport, text: str) -> None:
        transport.send(WSMsgType.TEXT, text.encode())


class Hall:
    """Every screen's newest version, whoever is joined, and how often one came back."""

    def __init__(self, url: str, topic: str) -> None:
        self.topic = topic
        self.joined: set[int] = set()
        self._address = f"ws://{urlparse(url).netloc}/socket.io/?EIO=4&transport=websocket"
        self._seen: dict[int, int] = {}
        self._returns = 0

    def seen_by(self, number: int, text: str) -> None:
        self.joined.add(number)
        version = VERSION.search(text)
        if version:
            # As every client keeps the newest: the answer to a join may be overtaken by an update.
            self._seen[number] = max(self._seen.get(number, 0), int(version[1]))

    async def keep(self, number: int) -> None:
        """Keep one screen connected for ever."""
        while True:
            try:
                _, screen = await ws_connect(lambda: Screen(self, number), self._address)
            except OSError:
                await asyncio.sleep(BACK_AFTER_S)
                continue
            assert isinstance(screen, Screen)
            await screen.lost.wait()
            self._returns += 1
            await asyncio.sleep(BACK_AFTER_S)

    def told(self) -> str:
        versions = {str(version): count for version, count in Counter(self._seen.values()).items()}
        return json.dumps({"joined": len(self.joined), "versions": versions, "returns": self._returns})


async def hang(url: str, count: int, topic: str) -> None:
    hall = Hall(url, topic)
    screens = [asyncio.create_task(hall.keep(number)) for number in range(count)]
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(hall.told(), flush=True)
    for screen in screens:
        screen.cancel()


if __name__ == "__main__":
    asyncio.run(hang(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
