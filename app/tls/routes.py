"""The page that puts the local authority on tablets: what to tap on each kind of device, its fingerprint, a QR code."""

from __future__ import annotations

import plistlib
import uuid
from pathlib import Path
from urllib.parse import urlparse

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from flask import Blueprint, Response, abort, current_app, render_template
from markupsafe import Markup

from ..accounts.access import public
from ..settings import Settings
from .authority import certificate_path

blueprint = Blueprint("tls", __name__)
CRT = "application/x-x509-ca-cert"
MOBILECONFIG = "application/x-apple-aspen-config"


@blueprint.get("/ca")
@public
def page() -> str:
    """Open to everyone, over plain HTTP too: a device cannot come over HTTPS before it has done this."""
    certificate = _certificate()
    settings = _settings()
    address = plain_address(settings)
    return render_template(
        "ca.html",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(":").upper() if certificate else None,
        name=_common_name(certificate) if certificate else None,
        address=address,
        qr=qr(address) if certificate else None,
        tablet=f"{settings.public_url}/judge/",
    )


@blueprint.get("/ca/baige.crt")
@public
def crt() -> Response:
    """The authority's certificate as Android, ChromeOS, Windows and Linux take it."""
    certificate = _certificate() or abort(404)
    return _download(certificate.public_bytes(serialization.Encoding.PEM), CRT, "baige.crt")


@blueprint.get("/ca/baige.mobileconfig")
@public
def mobileconfig() -> Response:
    """The same as a configuration profile, which is what iPads install."""
    return _download(profile(_certificate() or abort(404)), MOBILECONFIG, "baige.mobileconfig")


def profile(certificate: x509.Certificate) -> bytes:
    """An Apple configuration profile with this root; its ids follow from it, so that the same root replaces itself."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    identity = uuid.uuid5(uuid.NAMESPACE_OID, der.hex())
    name = _common_name(certificate)
    root = {
        "PayloadType": "com.apple.security.root",
        "PayloadIdentifier": f"baige.ca.{identity}.root",
        "PayloadUUID": str(uuid.uuid5(identity, "root")).upper(),
        "PayloadVersion": 1,
        "PayloadDisplayName": name,
        "PayloadCertificateFileName": "baige.crt",
        "PayloadContent": der,
    }
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadIdentifier": f"baige.ca.{identity}",
            "PayloadUUID": str(identity).upper(),
            "PayloadVersion": 1,
            "PayloadDisplayName": name,
            "PayloadContent": [root],
        }
    )


def qr(address: str) -> Markup:
    """A QR code as SVG without inline styles, which the content security policy would refuse."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(scale=6, border=4, dark="#000", light="#fff"))  # noqa: S704


def plain_address(settings: Settings) -> str:
    """Where this page is over plain HTTP."""
    host = urlparse(settings.public_url).hostname or settings.host
    bracketed = f"[{host}]" if ":" in host else host
    return f"http://{bracketed}:{settings.http_port or settings.port}/ca"


def _certificate() -> x509.Certificate | None:
    """The authority's certificate; None where the server needs none: on loopback, or with one it was given."""
    settings = _settings()
    file: Path = certificate_path(settings.data)
    if settings.certificate is not None or not settings.is_secure or not file.exists():
        return None
    return x509.load_pem_x509_certificate(file.read_bytes())


def _common_name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _download(content: bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-cache"
    return response
