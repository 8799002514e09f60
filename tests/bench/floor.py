"""What a screen update costs at least: ``python -m tests.bench.floor PORT``, a bare picows server.

Answers the listeners' handshake; for each line on standard input (a JSON snapshot) it writes the same frame to every
client, as the server does after a commit, with nothing before or between. The line ``cpu`` prints the CPU seconds
spent.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

NAMESPACE = "/live"


class Client(WSListener):
    """One connection; kept among those that are written to once it has joined."""

    def __init__(self, joined: list[WSTransport]) -> None:
        self._joined = joined

    def on_ws_connected(self, transport: WSTransport) -> None:
        handshake = {"sid": "floor", "upgrades": [], "pingInterval": 60_000, "pingTimeout": 60_000}
        transport.send(WSMsgType.TEXT, b"0" + json.dumps(handshake).encode())

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        text = frame.get_payload_as_utf8_text()
        if text.startswith("40"):
            transport.send(WSMsgType.TEXT, f'40{NAMESPACE},{{"sid":"floor"}}'.encode())
        elif text.startswith("42"):
            transport.send(WSMsgType.TEXT, f"43{NAMESPACE},1[{{}}]".encode())
            self._joined.append(transport)


async def serve(port: int) -> None:
    joined: list[WSTransport] = []

    def accept(_request: WSUpgradeRequest) -> Client:
        return Client(joined)

    server = await ws_create_server(accept, "127.0.0.1", port)
    print("ready", flush=True)
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        if line.strip() == b"cpu":
            print(time.process_time(), flush=True)
            continue
        frame = f"42{NAMESPACE},".encode() + b'["update",' + line.strip() + b"]"
        for transport in joined:
            transport.send(WSMsgType.TEXT, frame)
    server.close()


def update(version: int, data: Any) -> str:
    """A snapshot as one line, its version where the listeners look for it."""
    return json.dumps({"topic": "floor", "epoch": 1, "version": version, "data": data}, separators=(",", ":"))


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
