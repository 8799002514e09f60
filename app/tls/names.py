"""By which names and addresses a server of this installation may be reached, and which the local authority covers."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import urlparse

from cryptography import x509

from ..settings import Settings

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104
UNROUTED = "192.0.2.1"  # RFC 5737: connecting a UDP socket there sends nothing, but tells our own address
NETWORKS = (ipaddress.IPv4Network, ipaddress.IPv6Network)
DNS_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")

# Private, loopback and link-local ranges, and the top-level names that never belong to a site of the internet
# (RFC 1918, 4193, 3927, 4291; RFC 6761, 6762, 8375; `internal` is reserved by ICANN since 2024).
PRIVATE_NETWORKS = (
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16",
    "::1/128", "fc00::/7", "fe80::/10",
)  # fmt: skip
PRIVATE_DOMAINS = ("localhost", "local", "lan", "home.arpa", "internal", "test")


def asked_for(settings: Settings) -> list[str]:
    """The names a person wrote down: HOST, and the one in PUBLIC_URL."""
    public = urlparse(settings.public_url).hostname or ""
    return list(dict.fromkeys(name for name in (settings.host, public) if name and name not in EVERY_ADDRESS))


def of_this_machine(settings: Settings) -> list[str]:
    """Names this machine has anyway: loopback, its host name, and its address where HOST means every address."""
    hostname = socket.gethostname().lower()
    names = ["localhost", "127.0.0.1", "::1", hostname, f"{hostname.split('.')[0]}.local"]
    if settings.host in EVERY_ADDRESS:
        names.extend(_lan_addresses())
    return [name for name in dict.fromkeys(names) if is_name(name)]


def general_name(name: str) -> x509.GeneralName:
    """A name or address as certificates write it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def is_name(name: str) -> bool:
    """Whether a certificate can name it: an IP address or a DNS name in ASCII."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(DNS_NAME.fullmatch(name))
    return True


def constraints(names: Iterable[str]) -> x509.NameConstraints:
    """What the authority may vouch for: private names and addresses, and ``names``; nothing of the internet's."""
    permitted: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_network(network)) for network in PRIVATE_NETWORKS
    ]
    permitted += [x509.DNSName(domain) for domain in PRIVATE_DOMAINS]
    for name in names:
        try:
            permitted.append(x509.IPAddress(ipaddress.ip_network(name)))
        except ValueError:
            permitted.append(x509.DNSName(name))
    return x509.NameConstraints(permitted_subtrees=list(dict.fromkeys(permitted)), excluded_subtrees=None)


def is_covered(name: str, authority: x509.Certificate) -> bool:
    """Whether the authority's constraints let it vouch for ``name``."""
    permitted = (
        authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    )
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        domains = [subtree.value for subtree in permitted if isinstance(subtree, x509.DNSName)]
        return any(name == domain or name.endswith(f".{domain}") for domain in domains)
    networks = [subtree.value for subtree in permitted if isinstance(subtree, x509.IPAddress)]
    return any(isinstance(network, NETWORKS) and address in network for network in networks)


def _lan_addresses() -> list[str]:
    addresses = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((UNROUTED, 9))
            addresses.append(str(probe.getsockname()[0]))
        except OSError:
            pass  # no network just now
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except socket.gaierror:
        found = []
    return addresses + [str(entry[4][0]) for entry in found]
