"""What ``make run`` prints once all is up: the addresses to open, and the PIN of each role."""

from __future__ import annotations

import hashlib
import json
import ssl
from typing import Any

from .options import Options

COLUMN = 26


def greeting(options: Options) -> str:
    """The whole text; addresses of the demo and its PINs only where there is a demo."""
    lines = ["", f"Baige is ready: {options.public_url}", ""]
    access_file = options.data / "access.json"
    if options.demo and access_file.exists():
        access = json.loads(access_file.read_text("utf-8"))
        lines += [*_addresses(options.public_url, access["competition"]), "", *_pins(access), ""]
        lines.append(f"All PINs, tokens and sign-in links: {access_file}")
    else:
        lines += _first_account(options)
    lines += _certificate(options)
    lines += [f"Logs: {options.data / 'logs'}", "Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def _addresses(url: str, slug: str) -> list[str]:
    return [
        _line("Desk (organiser)", f"{url}/desk/"),
        _line("Tablet (judge)", f"{url}/judge/"),
        _line("Screen of field A", f"{url}/screen/c/{slug}/field/A"),
        _line("Screen of field B", f"{url}/screen/c/{slug}/field/B"),
        _line("Steered screen", f"{url}/screen/{slug}-hall"),
        _line("Phones (spectators)", f"{url}/c/{slug}"),
    ]


def _pins(access: dict[str, Any]) -> list[str]:
    accounts = [account for account in access["accounts"] if "pin" in account]
    return [
        _line(f"PIN of {account['role']}", f"{account['pin']}   {account['name']}") for account in accounts
    ]


def _first_account(options: Options) -> list[str]:
    token = options.data / "setup-token"
    if token.exists():
        where = f"{options.public_url}/setup/{token.read_text().strip()}"
        return ["Create the first organiser's account here (the address works once):", f"  {where}", ""]
    return [_line("Desk (organiser)", f"{options.public_url}/desk/"), ""]


def _certificate(options: Options) -> list[str]:
    authority = options.data / "ca" / "ca.crt"
    if options.http_port is None:
        return []
    plain = options.public_url.replace("https://", "http://").rsplit(":", 1)[0] + f":{options.http_port}"
    lines = [_line("Public pages, plain HTTP", f"{plain}/")]
    if not options.cert and authority.exists():
        fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority.read_text())).hexdigest().upper()
        pairs = ":".join(fingerprint[i : i + 2] for i in range(0, len(fingerprint), 2))
        lines += [_line("Tablets: install first", f"{plain}/ca"), _line("  its SHA-256", pairs)]
    return [*lines, ""]


def _line(label: str, value: str) -> str:
    return f"  {label:<{COLUMN}}{value}"
