"""The installation's own certificate authority, kept in DATA/ca; tablets that install it trust this server."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .names import constraints

VALID = timedelta(days=3650)
BACKDATED = timedelta(days=2)  # a tablet's clock may be behind the server's


class CertificateTrouble(Exception):
    """HTTPS cannot be served as asked; ``str()`` says why and what to do."""


class Authority:
    """Its certificate and its key; ``ensure`` makes them on first use."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self.certificate = certificate
        self.key = key

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as devices show it: ``AB:CD:…``."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def certificate_path(data: Path) -> Path:
    return data / "ca" / "ca.crt"


def ensure_ca(data: Path, names: Iterable[str] = (), now: datetime | None = None) -> Authority:
    """The authority in ``data``; a new one, which may vouch for ``names`` too, where there is none."""
    certificate_file, key_file = certificate_path(data), data / "ca" / "ca.key"
    if certificate_file.exists() and key_file.exists():
        return Authority(x509.load_pem_x509_certificate(certificate_file.read_bytes()), load_key(key_file))
    made = make_ca(names, now or datetime.now(UTC))
    certificate_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_secret(key_file, key_bytes(made.key))
    certificate_file.write_bytes(made.certificate.public_bytes(serialization.Encoding.PEM))
    return made


def make_ca(names: Iterable[str], now: datetime) -> Authority:
    """A new authority, valid ten years, bound by name constraints so that it cannot vouch for other people's sites."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Baige"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Baige {socket.gethostname()[:40]} {now:%Y-%m-%d}"),
        ]
    )
    usage = x509.KeyUsage(False, False, False, False, False, key_cert_sign=True, crl_sign=True,
                          encipher_only=False, decipher_only=False)  # fmt: skip
    public = key.public_key()
    certificate = (
        x509.CertificateBuilder(name, name, public, x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + VALID)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(constraints(names), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(certificate, key)


def load_key(file: Path) -> ec.EllipticCurvePrivateKey:
    """Raises CertificateTrouble where the file holds no key of ours."""
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CertificateTrouble(
            f"{file} holds a key of another kind; remove the folder {file.parent} to start anew."
        )
    return key


def key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write_secret(file: Path, content: bytes) -> None:
    """Write a file only its owner may read, whole or not at all."""
    temporary = file.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
    temporary.replace(file)
