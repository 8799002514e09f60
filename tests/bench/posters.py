"""A process of many judges: ``python -m tests.bench.posters URL TOKEN COUNT`` with commands as JSON lines on stdin.

Each client sends its share one after another over one kept-alive connection. Prints one JSON line: seconds taken,
each post's latency in milliseconds, and how many were accepted.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

import aiohttp


async def send_all(url: str, token: str, clients: int, commands: list[str]) -> dict[str, Any]:
    shares = [commands[index::clients] for index in range(clients)]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    latencies_ms: list[float] = []
    statuses: list[str] = []

    async def judge(session: aiohttp.ClientSession, share: list[str]) -> None:
        for body in share:
            sent_at_s = time.monotonic()
            async with session.post(f"{url}/api/v1/commands", data=body.encode()) as answer:
                told = await answer.json()
            latencies_ms.append((time.monotonic() - sent_at_s) * 1000)
            statuses.append(told["receipts"][0]["status"])

    connector = aiohttp.TCPConnector(limit=clients)
    async with aiohttp.ClientSession(headers=headers, connector=connector) as session:
        started_at_s = time.monotonic()
        await asyncio.gather(*(judge(session, share) for share in shares))
        taken_s = time.monotonic() - started_at_s
    return {"taken_s": taken_s, "latencies_ms": latencies_ms, "accepted": statuses.count("accepted")}


if __name__ == "__main__":
    told = asyncio.run(send_all(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdin.read().splitlines()))
    print(json.dumps(told))
