"""The certificate a tablet meets: trusted through the local authority, for every name, renewed when it is due."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from app.settings import Settings
from app.tls import CertificateTrouble, server_context
from app.tls.authority import certificate_path, ensure_ca
from app.tls.serving import VALID, ensure_certificate

NAME = "baige.test"


def settings(data: Path, host: str = "192.168.7.4", name: str = NAME) -> Settings:
    return Settings(data=data, host=host, port=8000, public_url=f"https://{name}:8000")


def handshake(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> x509.Certificate:
    """A real TLS connection to 127.0.0.1, as a browser makes it to ``name``; the certificate it was shown."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)

        def answer() -> None:
            connection, _address = listener.accept()
            connection.settimeout(10)
            try:
                with server.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(1)
            except OSError:
                connection.close()  # the client did not believe us

        answering = threading.Thread(target=answer)
        answering.start()
        try:
            with (
                socket.create_connection(listener.getsockname(), timeout=10) as plain,
                client.wrap_socket(plain, server_hostname=name) as secured,
            ):
                secured.sendall(b"x")
                shown = secured.getpeercert(binary_form=True)
                assert shown
                return x509.load_der_x509_certificate(shown)
        finally:
            answering.join()


def trusting(data: Path) -> ssl.SSLContext:
    """A client that trusts the local authority and nothing else."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.load_verify_locations(certificate_path(data))
    return client


@pytest.mark.parametrize("name", [NAME, "localhost", "127.0.0.1", "192.168.7.4"])
def test_client_that_installed_the_authority_trusts_every_name(tmp_path: Path, name: str) -> None:
    server = server_context(settings(tmp_path))
    shown = handshake(server, trusting(tmp_path), name)
    assert shown.not_valid_after_utc - shown.not_valid_before_utc < timedelta(days=825)


def test_this_machines_own_name_is_in_the_certificate(tmp_path: Path) -> None:
    server = server_context(settings(tmp_path))
    handshake(server, trusting(tmp_path), socket.gethostname().lower())


def test_client_without_the_authority_refuses(tmp_path: Path) -> None:
    server = server_context(settings(tmp_path))
    ensure_ca(tmp_path / "other")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server, trusting(tmp_path / "other"), NAME)


def test_certificate_is_refused_for_a_name_it_does_not_bear(tmp_path: Path) -> None:
    server = server_context(settings(tmp_path))
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(server, trusting(tmp_path), "other.test")


def test_stolen_authority_cannot_vouch_for_a_site_of_the_internet(tmp_path: Path) -> None:
    ensure_ca(tmp_path)
    with pytest.raises(CertificateTrouble, match=r"egov\.kz"):
        ensure_certificate(settings(tmp_path, name="egov.kz"))
    authority = ensure_ca(tmp_path)
    forged = _forged(authority, tmp_path, "egov.kz")
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        handshake(forged, trusting(tmp_path), "egov.kz")


def _forged(authority: object, folder: Path, name: str) -> ssl.SSLContext:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    from app.tls.authority import Authority, key_bytes
    from app.tls.serving import issue

    assert isinstance(authority, Authority)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = issue(authority, key, [name], datetime.now(UTC))
    (folder / "forged.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "forged.key").write_bytes(key_bytes(key))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "forged.crt", folder / "forged.key")
    return context


def test_public_name_is_covered_when_asked_for_from_the_start(tmp_path: Path) -> None:
    server = server_context(settings(tmp_path, name="contest.example.kz"))
    handshake(server, trusting(tmp_path), "contest.example.kz")


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    ensure_certificate(settings(tmp_path))
    for name in ("ca.key", "server.key"):
        assert stat.S_IMODE((tmp_path / "ca" / name).stat().st_mode) == 0o600


def test_certificate_is_kept_until_it_nears_its_end(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    authority = ensure_ca(tmp_path).fingerprint
    made = ensure_certificate(settings(tmp_path), now)[0].read_bytes()
    assert ensure_certificate(settings(tmp_path), now + timedelta(days=200))[0].read_bytes() == made
    assert ensure_certificate(settings(tmp_path), now + VALID)[0].read_bytes() != made
    assert ensure_ca(tmp_path).fingerprint == authority


def test_certificate_is_made_anew_for_a_new_address_or_authority(tmp_path: Path) -> None:
    made = ensure_certificate(settings(tmp_path))[0].read_bytes()
    moved = ensure_certificate(settings(tmp_path, host="192.168.7.5"))[0].read_bytes()
    assert moved != made
    (tmp_path / "ca" / "ca.crt").unlink()
    server = server_context(settings(tmp_path, host="192.168.7.5"))
    handshake(server, trusting(tmp_path), "192.168.7.5")


def test_certificate_that_was_given_is_used(tmp_path: Path) -> None:
    certificate, key = ensure_certificate(settings(tmp_path / "elsewhere"))
    given = Settings(data=tmp_path / "data", certificate=certificate, certificate_key=key)
    handshake(server_context(given), trusting(tmp_path / "elsewhere"), NAME)
    assert given.is_secure
    assert not certificate_path(tmp_path / "data").exists()


def test_certificate_with_another_key_is_refused_in_a_sentence(tmp_path: Path) -> None:
    certificate, _key = ensure_certificate(settings(tmp_path / "one"))
    _certificate, key = ensure_certificate(settings(tmp_path / "two"))
    with pytest.raises(CertificateTrouble, match="cannot be used with the key"):
        server_context(Settings(data=tmp_path, certificate=certificate, certificate_key=key))
