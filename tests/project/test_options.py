"""What `make run` accepts, and the sentence for what it does not."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from app.launcher.options import BadOption, read
from app.launcher.ports import trouble_with
from app.settings import Settings

ROOT = Path(__file__).parents[2]


def test_nothing_said_is_the_demo_on_this_machine_alone() -> None:
    options = read({})
    assert (options.host, options.port, options.http_port, options.demo) == ("127.0.0.1", 8000, None, True)
    assert options.public_url == "http://127.0.0.1:8000"
    assert options.data == Path("data").resolve()


def test_address_of_a_network_means_https_and_plain_http_beside_it() -> None:
    options = read({"HOST": "192.168.1.5", "PORT": "9000"})
    assert options.public_url == "https://192.168.1.5:9000"
    assert options.own_url == "https://192.168.1.5:9000"
    assert options.http_port == 9080


def test_every_address_is_shown_as_one_that_can_be_opened() -> None:
    options = read({"HOST": "0.0.0.0"})
    assert "0.0.0.0" not in options.public_url
    assert options.own_url == "https://127.0.0.1:8000"


def test_ipv6_address_is_bracketed() -> None:
    assert read({"HOST": "fd00::1"}).public_url == "https://[fd00::1]:8000"


def test_certificate_means_https_on_loopback_too(tmp_path: Path) -> None:
    for name in ("c", "k"):
        (tmp_path / name).touch()
    options = read({"CERT": str(tmp_path / "c"), "KEY": str(tmp_path / "k"), "HTTP_PORT": "8123"})
    assert options.public_url.startswith("https://127.0.0.1")
    assert options.http_port == 8123


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"PORT": "eight"}, "PORT=eight is not a port"),
        ({"PORT": "70000"}, "PORT=70000 is not a port"),
        ({"HOST": "192.168.1.5", "HTTP_PORT": "8000"}, "HTTP_PORT=8000 is the same as PORT"),
        ({"CERT": "here.pem"}, "CERT and KEY go together"),
        ({"TRUSTED_PROXIES": "nginx"}, "TRUSTED_PROXIES=nginx is not a number"),
        ({"CERT": "no.pem", "KEY": "no.key"}, "CERT=.*no.pem cannot be read"),
    ],
)
def test_what_cannot_work_is_said(environ: dict[str, str], said: str) -> None:
    with pytest.raises(BadOption, match=said):
        read(environ)


def test_server_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    options = read(
        {"HOST": "192.168.1.5", "PORT": "9000", "DATA": str(tmp_path), "DEMO": "0", "TRUSTED_PROXIES": "2"}
    )
    for name, value in options.environment().items():
        monkeypatch.setenv(name, value)
    settings = Settings.from_environment()
    assert (settings.host, settings.port, settings.http_port) == ("192.168.1.5", 9000, 9080)
    assert (settings.data, settings.public_url) == (tmp_path, options.public_url)
    assert settings.is_secure
    assert settings.trusted_proxies == 2
    assert not settings.demo


def test_port_in_use_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is already in use on 127.0.0.1" in str(trouble_with("127.0.0.1", port))
    assert trouble_with("127.0.0.1", port) is None


def test_address_of_another_machine_is_a_sentence() -> None:
    assert "This machine has no address 192.0.2.7" in str(trouble_with("192.0.2.7", 8000))


@pytest.mark.parametrize("given", [("make", "PORT=8123"), ("env", "PORT=8123", "make")])
def test_make_takes_settings_as_arguments_and_from_the_environment(given: tuple[str, ...]) -> None:
    asked = [*given, "--no-print-directory", "-f", "Makefile", "-f", "-", "show"]
    environ = {
        name: value for name, value in os.environ.items() if name not in ("PORT", "HOST", "DATA", "DEMO")
    }
    done = subprocess.run(
        asked, input="show:\n\t@echo $$PORT $$HOST $$DATA $$DEMO\n", cwd=ROOT, env=environ,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["8123", "127.0.0.1", "data", "1"]
