"""A real HTTP server on loopback that takes readings as Baige does, and can be stopped and started again."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "channels": {"0": {"role": "start_gate", "debounce_us": 2000, "hold_off_us": 500_000}},
    "outputs": {"0": "ready_lamp"},
}


UNFILTERED: dict[str, Any] = {
    "version": 2,
    "channels": {str(c): {"role": "split_gate", "debounce_us": 0, "hold_off_us": 0} for c in range(8)},
    "outputs": {"0": "ready_lamp"},
}


class Receiver:
    """Keeps what arrived by (device, boot, seq); ``fail_next`` answers that many posts with 503."""

    def __init__(self) -> None:
        self.readings: dict[tuple[str, int, int], dict[str, Any]] = {}
        self.heartbeats: list[dict[str, Any]] = []
        self.configuration = CONFIGURATION
        self.armed: dict[str, str] | None = None
        self.epoch: int | None = None
        self.fail_next = 0
        self.refuse_with: str | None = None
        self.changed = threading.Condition()
        self._port = 0
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = receiver.take(self.path, body)
                sent = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, format: str, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def take(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.changed:
            self.changed.notify_all()
            if path.endswith("heartbeat"):
                self.heartbeats.append(body)
                return 200, {"config": self.configuration, "armed": self.armed, "epoch": self.epoch}
            if self.fail_next:
                self.fail_next -= 1
                return 503, {"code": "not_stored"}
            if self.refuse_with:
                return 422, {"code": self.refuse_with}
            if any(self._is_another(body, reading) for reading in body["readings"]):
                return 409, {"code": "id_reused"}
            for reading in body["readings"]:
                kept = {**reading, "tick_us": (body["fit"] or {}).get("tick_us")}
                self.readings.setdefault((body["device"], body["boot"], reading["seq"]), kept)
            return 200, {"stored_through": max(reading["seq"] for reading in body["readings"])}

    def _is_another(self, body: dict[str, Any], reading: dict[str, Any]) -> bool:
        known = self.readings.get((body["device"], body["boot"], reading["seq"]))
        return known is not None and known["ticks"] != reading["ticks"]

    def wait_for(self, what: Any, timeout_s: float = 20.0) -> None:
        """Wait until ``what()`` is true. Raises AssertionError after ``timeout_s``."""
        with self.changed:
            assert self.changed.wait_for(what, timeout_s)
