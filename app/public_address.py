"""Whether the address that QR codes and links begin with leads anywhere for who reads them."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from .settings import is_loopback
from .tls.names import EVERY_ADDRESS, PRIVATE_DOMAINS


def weakness(address: str) -> str | None:
    """The code of what is wrong with an address, the gravest first; None where it serves everybody, everywhere."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        return "public_url_unreadable"
    if is_loopback(host) or host in EVERY_ADDRESS:
        return "public_url_loopback"
    if parts.scheme == "http":
        return "public_url_plain"
    return "public_url_local" if _is_local(host) else None


def _is_local(host: str) -> bool:
    """Whether only this network knows the host; a name without a dot is known to none but it."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(tuple(f".{name}" for name in PRIVATE_DOMAINS))
