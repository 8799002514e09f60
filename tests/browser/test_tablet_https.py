"""The tablet as an app over HTTPS: a name that is not loopback, vouched for by the local authority Chromium trusts."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, expect

from app.settings import Settings
from app.tls.serving import ensure_certificate
from tests.serving import Serving, free_port

from .conftest import CHROMIUM, QUIETLY
from .tablets import PORTRAIT, account_of, all_sent, confirm, enter_by_hand, sign_in
from .test_tablet_two_judges import result_of
from .trusting import trust

NAME = "baige.test"
MAPPED = [*QUIETLY, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]


@dataclass
class Secure(Serving):
    """A server on loopback that speaks TLS under a name of its own."""

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def local_url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.data / "ca" / "ca.crt"))

    def is_ready(self) -> bool:
        return httpx.get(f"{self.local_url}/healthz", timeout=1, verify=self.trusting).status_code == 200


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    data, port = tmp_path / "data", free_port()
    data.mkdir()
    public = f"https://{NAME}:{port}"
    certificate, key = ensure_certificate(Settings(data=data, port=port, public_url=public))
    told = {"PUBLIC_URL": public, "CERT": str(certificate), "KEY": str(key), "DEMO": "1"}
    server = Secure(data, port, extra=told)
    server.start()
    yield server
    server.stop()


def opened(browser: Browser, home: Path, profile: Path) -> BrowserContext:
    return browser.browser_type.launch_persistent_context(
        str(profile),
        executable_path=CHROMIUM,
        args=MAPPED,
        viewport=PORTRAIT,
        env={**os.environ, "HOME": str(home)},
    )


def test_the_app_starts_without_a_network_and_scores(
    browser: Browser, secure: Secure, tmp_path: Path
) -> None:
    home, profile = tmp_path / "home", tmp_path / "profile"
    trust(home, secure.data / "ca" / "ca.crt")
    context = opened(browser, home, profile)
    page = context.pages[0]
    sign_in(page, secure, account_of(secure, "judge", "A"))
    expect(page.get_by_test_id("queue-row").first).to_be_visible()
    assert page.evaluate("isSecureContext && location.protocol") == "https:"
    assert page.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)").endswith("/judge/")
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((one) => one.json())"
    )
    assert (manifest["display"], {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}) == (
        "standalone",
        True,
    )
    run = str(page.get_by_test_id("queue-row").first.get_attribute("data-run"))
    page.get_by_test_id("run-open").first.click()
    expect(page.get_by_test_id("field-time-by-hand")).to_be_visible()
    all_sent(page)
    context.close()
    secure.stop()

    context = opened(browser, home, profile)
    page = context.pages[0]
    page.goto(f"{secure.url}/judge/")
    page.locator(f"[data-run='{run}']").get_by_test_id("run-open").click()
    enter_by_hand(page, "23")
    confirm(page)
    expect(page.locator(f"[data-run='{run}']").get_by_test_id("state-saved")).to_be_visible()
    secure.start()
    all_sent(page, timeout_ms=90_000)
    assert result_of(secure, run)["values"] == {"time": 23.0}
    context.close()


def test_a_browser_that_does_not_know_the_authority_is_not_let_in(
    browser: Browser, secure: Secure, tmp_path: Path
) -> None:
    context = opened(browser, tmp_path / "another-home", tmp_path / "profile")
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        context.pages[0].goto(f"{secure.url}/judge/")
    context.close()


def test_an_insecure_address_is_said_to_be_one(browser: Browser, installation: Serving) -> None:
    """Any browser lacks features over plain HTTP on a LAN: its age is not what is wrong."""
    opened = browser.browser_type.launch(executable_path=CHROMIUM, args=MAPPED)
    page = opened.new_page()
    page.goto(f"http://{NAME}:{installation.port}/judge/?lang=en")
    expect(page.locator(".floor")).to_contain_text("https address")
    expect(page.locator(".floor")).not_to_contain_text("too old")
    page.get_by_role("link", name="Certificate for tablets").click()
    expect(page.locator("h1")).to_have_text("Certificate for tablets")
    opened.close()
