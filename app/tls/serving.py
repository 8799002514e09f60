"""What the server answers TLS with: the certificate it was given, or one of the local authority, renewed when due."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ..settings import Settings
from .authority import BACKDATED, Authority, CertificateTrouble, ensure_ca, key_bytes, load_key, write_secret
from .names import asked_for, general_name, is_covered, is_name, of_this_machine

VALID = timedelta(days=397)  # Apple's devices refuse more than 825 days, and public practice is 398
RENEWED_BEFORE_END = timedelta(days=90)


def server_context(settings: Settings) -> ssl.SSLContext:
    """The TLS side of the listener. Raises CertificateTrouble with a sentence for whoever starts the server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    certificate, key = settings.certificate, settings.certificate_key
    if certificate is None or key is None:
        certificate, key = ensure_certificate(settings)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise CertificateTrouble(
            f"The certificate {certificate} cannot be used with the key {key}: {error}"
        ) from error
    return context


def ensure_certificate(settings: Settings, now: datetime | None = None) -> tuple[Path, Path]:
    """Files of the server's certificate and key; made anew when about to end, or when names or authority changed."""
    now = now or datetime.now(UTC)
    authority = ensure_ca(settings.data, [*asked_for(settings), *of_this_machine(settings)], now)
    names = certified_names(settings, authority)
    certificate_file, key_file = settings.data / "ca" / "server.crt", settings.data / "ca" / "server.key"
    if not _serves(certificate_file, key_file, authority, names, now):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = issue(authority, key, names, now)
        write_secret(key_file, key_bytes(key))
        certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate_file, key_file


def certified_names(settings: Settings, authority: Authority) -> list[str]:
    """The names to put in the certificate. Raises CertificateTrouble if one that was asked for cannot be."""
    for name in asked_for(settings):
        if not is_name(name) or not is_covered(name, authority.certificate):
            raise CertificateTrouble(
                f"The local certificate authority in {settings.data / 'ca'} may not vouch for {name}. Remove that "
                "folder to make one that may (and install it on the tablets again), or give CERT and KEY."
            )
    own = [name for name in of_this_machine(settings) if is_covered(name, authority.certificate)]
    return list(dict.fromkeys([*asked_for(settings), *own]))


def issue(
    authority: Authority, key: ec.EllipticCurvePrivateKey, names: list[str], now: datetime
) -> x509.Certificate:
    """A certificate of a server that is reached by ``names``."""
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    issuer = authority.certificate
    public = key.public_key()
    return (
        x509.CertificateBuilder(
            issuer.subject, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
        )
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(max(now - BACKDATED, issuer.not_valid_before_utc))
        .not_valid_after(min(now + VALID, issuer.not_valid_after_utc))
        .add_extension(x509.SubjectAlternativeName([general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
        .sign(authority.key, hashes.SHA256())
    )


def _serves(
    certificate_file: Path, key_file: Path, authority: Authority, names: list[str], now: datetime
) -> bool:
    """Whether the certificate kept is still good: ours, ours by its key, for these names, and for a while yet."""
    if not (certificate_file.exists() and key_file.exists()):
        return False
    kept = x509.load_pem_x509_certificate(certificate_file.read_bytes())
    try:
        kept.verify_directly_issued_by(authority.certificate)
    except Exception:
        return False
    named = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        set(named) >= {general_name(name) for name in names}
        and kept.not_valid_before_utc <= now < kept.not_valid_after_utc - RENEWED_BEFORE_END
        and load_key(key_file).public_key() == kept.public_key()
    )
