"""The server's fan-out with nothing around it: ``python -m tests.bench.fanout PORT direct|ordinary``.

For each line on standard input (a JSON snapshot) it sends an update to everyone who joined the snapshot's topic:
written straight to the sockets, or as Flask-SocketIO does by itself. The line ``cpu`` prints the CPU seconds spent.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from flask import Flask  # noqa: E402
from flask_socketio import Namespace, SocketIO, join_room  # noqa: E402
from gevent.fileobject import FileObjectPosix  # noqa: E402

from app.live.fanout import PINGS, DirectManager, install  # noqa: E402
from app.server import listen  # noqa: E402

NAMESPACE = "/live"


class Live(Namespace):  # type: ignore[misc]
    """Joins topics, as the server's own namespace does."""

    def on_join(self, message: Any) -> dict[str, Any]:
        for topic in message["topics"]:
            join_room(topic)
        return {"snapshots": {}, "refused": {}}


def serve(port: int, is_direct: bool) -> None:
    app = Flask(__name__)
    socketio = SocketIO()
    manager = {"client_manager": DirectManager()} if is_direct else {}
    socketio.init_app(app, async_mode="gevent", **PINGS, **manager)
    if is_direct and not install(socketio.server):
        sys.exit("the direct way is not to be had")
    socketio.on_namespace(Live(NAMESPACE))
    server = listen("127.0.0.1", port, app, {})
    server.start()
    print("ready", flush=True)
    for line in FileObjectPosix(sys.stdin.buffer, "rb"):
        if line.strip() == b"cpu":
            print(time.process_time(), flush=True)
            continue
        snapshot = json.loads(line)
        socketio.emit("update", snapshot, namespace=NAMESPACE, to=snapshot["topic"])
        gevent.sleep(0)
    server.stop(timeout=1)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2] == "direct")
