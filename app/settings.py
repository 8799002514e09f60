"""Where an installation keeps its data and how it may be reached; read from the environment once, at start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

LOCALES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings; every path lies inside ``data``, the folder `DATA` names."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    http_port: int | None = None
    public_url: str = "http://127.0.0.1:8000"
    certificate: Path | None = None
    certificate_key: Path | None = None
    demo: bool = False
    backup: Path | None = None
    trusted_proxies: int = 0

    @classmethod
    def from_environment(cls) -> Settings:
        """Read DATA, HOST, PORT, HTTP_PORT, PUBLIC_URL, CERT, KEY, DEMO, BACKUP and TRUSTED_PROXIES.

        Unset ones get the defaults.
        """
        host = os.environ.get("HOST") or "127.0.0.1"
        port = int(os.environ.get("PORT") or 8000)
        http_port = os.environ.get("HTTP_PORT")
        certificate, key = os.environ.get("CERT"), os.environ.get("KEY")
        backup = os.environ.get("BACKUP")
        scheme = "https" if certificate or not is_loopback(host) else "http"
        return cls(
            data=Path(os.environ.get("DATA") or "data").resolve(),
            host=host,
            port=port,
            http_port=int(http_port) if http_port else None,
            public_url=(os.environ.get("PUBLIC_URL") or f"{scheme}://{host}:{port}").rstrip("/"),
            certificate=Path(certificate) if certificate else None,
            certificate_key=Path(key) if key else None,
            demo=os.environ.get("DEMO") == "1",
            backup=Path(backup).resolve() if backup else None,
            trusted_proxies=int(os.environ.get("TRUSTED_PROXIES") or 0),
        )

    @property
    def database(self) -> Path:
        return self.data / "baige.sqlite3"

    @property
    def jobs_database(self) -> Path:
        return self.data / "jobs.sqlite3"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

    @property
    def papers(self) -> Path:
        """Papers that the worker is asked to set, and those it has set."""
        return self.data / "papers"

    @property
    def plans(self) -> Path:
        """Plans of the day that somebody works on, and what the worker is asked about them."""
        return self.data / "plans"

    @property
    def plan_work(self) -> Path:
        """What the worker is asked about plans, and its answers."""
        return self.plans / "work"

    @property
    def partner_work(self) -> Path:
        """What the worker is asked about partners of qualification matches, and its answers."""
        return self.plans / "partners"

    @property
    def pictures(self) -> Path:
        """Emblems and sponsors' pictures, each under the SHA-256 of what it holds."""
        return self.data / "pictures"

    @property
    def documents(self) -> Path:
        """Pages of documents that coaches attached, each under the SHA-256 of what it holds."""
        return self.data / "documents"

    @property
    def access_file(self) -> Path:
        return self.data / "access.json"

    @property
    def setup_token_file(self) -> Path:
        return self.data / "setup-token"

    @property
    def is_secure(self) -> bool:
        """Whether the server itself speaks TLS: always, except on loopback without a certificate given."""
        return self.certificate is not None or not is_loopback(self.host)

    def secret_key(self) -> str:
        """The key that signs cookies, made on first use and kept with mode 0600."""
        return _kept_secret(self.data / "secret.key")


def is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _kept_secret(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(32)
    write_private(path, secret.encode())
    return secret


def write_private(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one piece, readable by its owner alone."""
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    temporary.replace(path)
