"""The certificate page: what each kind of device downloads is the authority's certificate and nothing secret."""

from __future__ import annotations

import plistlib
import re
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from app.tls.authority import Authority, ensure_ca


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return ensure_ca(tmp_path)


def client(data: Path, **settings: object) -> FlaskClient:
    """A browser before a server on a network, as settings say."""
    given = {
        "host": "192.168.7.4",
        "port": 8000,
        "http_port": 8080,
        "public_url": "https://192.168.7.4:8000",
    } | settings
    return create_app(Settings(data=data, **given)).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", ["kk", "ru", "en"])
def test_page_shows_fingerprint_code_and_both_downloads(
    tmp_path: Path, authority: Authority, locale: str
) -> None:
    page = client(tmp_path).get(f"/ca?lang={locale}").text
    assert authority.fingerprint in page
    assert "<svg" in page
    assert "http://192.168.7.4:8080/ca" in page
    assert 'href="https://192.168.7.4:8000/judge/"' in page
    for file in ("/ca/baige.crt", "/ca/baige.mobileconfig"):
        assert f'href="{file}"' in page
    assert not re.search(r"<[^>]+ style=", page), "the content security policy refuses inline styles"


def test_crt_is_the_certificate_alone(tmp_path: Path, authority: Authority) -> None:
    answer = client(tmp_path).get("/ca/baige.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    assert x509.load_pem_x509_certificate(answer.data) == authority.certificate
    assert b"PRIVATE" not in answer.data


def test_mobileconfig_is_a_profile_with_the_root(tmp_path: Path, authority: Authority) -> None:
    answer = client(tmp_path).get("/ca/baige.mobileconfig")
    assert answer.mimetype == "application/x-apple-aspen-config"
    profile = plistlib.loads(answer.data)
    assert profile["PayloadType"] == "Configuration"
    (root,) = profile["PayloadContent"]
    assert root["PayloadType"] == "com.apple.security.root"
    assert root["PayloadContent"] == authority.certificate.public_bytes(Encoding.DER)


def test_server_on_loopback_has_nothing_to_install(tmp_path: Path, authority: Authority) -> None:
    browser = client(tmp_path, host="127.0.0.1", public_url="http://127.0.0.1:8000")
    assert authority.fingerprint not in browser.get("/ca?lang=en").text
    assert browser.get("/ca/baige.crt").status_code == 404


def test_certificate_that_was_given_leaves_nothing_to_install(tmp_path: Path, authority: Authority) -> None:
    browser = client(tmp_path, certificate=tmp_path / "given.crt", certificate_key=tmp_path / "given.key")
    assert browser.get("/ca/baige.mobileconfig").status_code == 404
