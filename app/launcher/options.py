"""What ``make run`` was told: HOST, PORT, DATA and the rest, read from the environment and checked."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HTTP_PORT_ABOVE = 80  # plain HTTP beside HTTPS: 8080 beside 8000
HIGHEST_PORT = 65535
UNROUTED = "192.0.2.1"  # RFC 5737: a UDP socket "connected" there sends nothing but learns our own address


class BadOption(Exception):
    """A setting that cannot work; ``str()`` says which and what to write instead."""


@dataclass(frozen=True)
class Options:
    """The settings of one start."""

    host: str
    port: int
    http_port: int | None  # plain HTTP for public pages; None on loopback, where HTTP is all there is
    data: Path
    demo: bool
    cert: str
    key: str
    public_url: str
    backup: str
    trusted_proxies: int  # how many of ours stand between the network and the server

    @property
    def is_secure(self) -> bool:
        """Whether the server speaks HTTPS: on a network always, on loopback if it was given a certificate."""
        return bool(self.cert) or not is_loopback(self.host)

    @property
    def own_url(self) -> str:
        """Where this machine itself reaches the server."""
        own_address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return _url(self.is_secure, own_address, self.port)

    def environment(self) -> dict[str, str]:
        """The settings as the server and the command line read them."""
        http_port = "" if self.http_port is None else str(self.http_port)
        return {
            "DATA": str(self.data),
            "HOST": self.host,
            "PORT": str(self.port),
            "HTTP_PORT": http_port,
            "CERT": self.cert,
            "KEY": self.key,
            "PUBLIC_URL": self.public_url,
            "DEMO": "1" if self.demo else "0",
            "BACKUP": self.backup,
            "TRUSTED_PROXIES": str(self.trusted_proxies),
        }


def read(environ: Mapping[str, str] = os.environ) -> Options:
    """Read and check the settings; unset ones get their defaults. Raises BadOption."""
    host = environ.get("HOST") or "127.0.0.1"
    port = _port("PORT", environ.get("PORT") or "8000")
    cert, key = _path(environ.get("CERT")), _path(environ.get("KEY"))
    _check_certificate(cert, key)
    secure = bool(cert) or not is_loopback(host)
    http_port = _http_port(environ.get("HTTP_PORT", ""), port) if secure else None
    reached_at = lan_address() if host in ("0.0.0.0", "::") else host
    return Options(
        host=host,
        port=port,
        http_port=http_port,
        data=Path(environ.get("DATA") or "data").resolve(),
        demo=(environ.get("DEMO") or "1") not in ("0", "no", "false"),
        cert=cert,
        key=key,
        public_url=environ.get("PUBLIC_URL") or _url(secure, reached_at, port),
        backup=_path(environ.get("BACKUP")),
        trusted_proxies=_count("TRUSTED_PROXIES", environ.get("TRUSTED_PROXIES") or "0"),
    )


def is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def lan_address() -> str:
    """This machine's address towards its network, or its name if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((UNROUTED, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _path(text: str | None) -> str:
    return str(Path(text).resolve()) if text else ""


def _port(name: str, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        raise BadOption(f"{name}={text} is not a port: use a number from 1 to {HIGHEST_PORT}.")
    return int(text)


def _count(name: str, text: str) -> int:
    if not text.isdecimal():
        raise BadOption(f"{name}={text} is not a number.")
    return int(text)


def _http_port(text: str, port: int) -> int:
    http_port = _port("HTTP_PORT", text or str(port + HTTP_PORT_ABOVE))
    if http_port == port:
        raise BadOption(f"HTTP_PORT={http_port} is the same as PORT; plain HTTP needs one of its own.")
    return http_port


def _check_certificate(cert: str, key: str) -> None:
    if bool(cert) != bool(key):
        raise BadOption(
            "CERT and KEY go together: give both files, or neither for a certificate of the local CA."
        )
    for name, file in (("CERT", cert), ("KEY", key)):
        if file and not os.access(file, os.R_OK):
            raise BadOption(f"{name}={file} cannot be read.")


def _url(secure: bool, host: str, port: int) -> str:
    bracketed = f"[{host}]" if ":" in host else host  # an IPv6 address
    return f"{'https' if secure else 'http'}://{bracketed}:{port}"
