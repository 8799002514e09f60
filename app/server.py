"""The serving process: ``python -m app.server``. One gevent loop, one writer thread, HTTP and Socket.IO together."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
import structlog  # noqa: E402
from flask import Flask  # noqa: E402
from gevent.pywsgi import WSGIHandler, WSGIServer  # noqa: E402

from . import create_app  # noqa: E402
from .demo import fill as fill_demo  # noqa: E402
from .devices.health import Health  # noqa: E402
from .heartbeat import tell  # noqa: E402
from .holding import hold  # noqa: E402
from .jobs import forget_answers  # noqa: E402
from .leftovers import SWEEP_EVERY_S, forget_old  # noqa: E402
from .live.feed import Feed  # noqa: E402
from .logs import configure  # noqa: E402
from .pages import LoopLag  # noqa: E402
from .pipeline import Pipeline  # noqa: E402
from .plain_http import only_public  # noqa: E402
from .private import close_to_others, keep_to_owner  # noqa: E402
from .settings import Settings  # noqa: E402
from .timekeeping import keep_time  # noqa: E402
from .upgrading import upgrade  # noqa: E402
from .wiring import start  # noqa: E402

BACKLOG = 1024
WATCH_EVERY_S = 0.05


def main() -> int:
    configure()
    keep_to_owner()
    settings = Settings.from_environment()
    lock = hold(settings)
    if lock is None:
        structlog.get_logger().error("data_in_use", data=str(settings.data))
        return 1
    close_to_others(settings.data)
    upgrade(settings)
    forget_answers()
    app = create_app(settings)
    start(app)
    tell(settings)
    if settings.demo:
        fill_demo(app)
    servers = [listen(settings.host, settings.port, app, tls_of(settings))]
    if settings.http_port:
        servers.append(listen(settings.host, settings.http_port, only_public(app), {}))
    watchers = [gevent.spawn(watch, app), gevent.spawn(sweep, settings)]
    stop = gevent.event.Event()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(signal_number, stop.set)
    for server in servers:
        server.start()
    stop.wait()
    gevent.killall(watchers)
    for server in servers:
        server.stop(timeout=1)
    app.extensions["pipeline"].close()
    if app.extensions["shipper"]:
        app.extensions["shipper"].close()
    lock.close()
    return 0


class Handler(WSGIHandler):  # type: ignore[misc]
    """pywsgi's handler, which otherwise reads a closed WebSocket's last frames as if they were a request."""

    def run_application(self) -> None:
        super().run_application()
        if self.environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            self.close_connection = True


def listen(host: str, port: int, application: Any, tls: dict[str, Any]) -> WSGIServer:
    """A server on a listener that sends small packets at once: pywsgi leaves Nagle's algorithm on, 44 ms a POST."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return WSGIServer(listener, application, log=None, handler_class=Handler, **tls)


def tls_of(settings: Settings) -> dict[str, Any]:
    """pywsgi's TLS arguments: none on loopback, else the certificate given or one of the local CA's."""
    if not settings.is_secure:
        return {}
    from .tls import CertificateTrouble, server_context

    try:
        return {"ssl_context": server_context(settings)}
    except CertificateTrouble as trouble:
        sys.exit(str(trouble))


def watch(app: Flask) -> None:
    """Notice when a field controller falls silent, the clock is set, and how late the event loop is."""
    health: Health = app.extensions["health"]
    feed: Feed = app.extensions["feed"]
    pipeline: Pipeline = app.extensions["pipeline"]
    lag: LoopLag = app.extensions["loop_lag"]
    with app.app_context():
        while True:
            due_s = time.monotonic() + WATCH_EVERY_S
            gevent.sleep(WATCH_EVERY_S)
            lag.add(time.monotonic() - due_s)
            for slug in health.newly_silent():
                feed.publish_health(slug)
            keep_time(pipeline)


def sweep(settings: Settings) -> None:
    """Delete what is kept for a day only, at the start and every few minutes."""
    while True:
        try:
            forget_old(settings)
        except OSError as failure:
            structlog.get_logger().error("leftovers_not_deleted", reason=str(failure))
        gevent.sleep(SWEEP_EVERY_S)


if __name__ == "__main__":
    sys.exit(main())
