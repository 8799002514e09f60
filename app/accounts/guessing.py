"""How often PINs may be tried: wrong ones hold up the next try longer and longer, but never a device that is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

OF_A_DEVICE = 5
FROM_AN_ADDRESS = 10
OF_STRANGERS = 20
FROM_AN_ADDRESS_AT_ALL = 100
"""Wrong tries before anybody waits: of one device at an account, from one address at it, of all unknown devices at it,
and from one address at all accounts. A hall behind one router has one address, so these are generous."""
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
FORGOTTEN_AFTER_S = 6 * 3600
"""Longer than the longest wait, so that guessing at the pace of the waits is never forgotten."""
MOST_DOUBLINGS = 16

Key = tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How many tries were wrong, and when the newest was made."""

    count: int = 0
    newest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Trier:
    """Who tries a PIN: a device is known to an account it was once signed in to."""

    account: str
    device: str
    address: str
    known: bool


class Guesses:
    """Wrong PINs of late, kept in memory: what a known device gets wrong counts for nobody else, nor others' for it."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._tallies: dict[Key, Tally] = {}

    def begin(self, trier: Trier) -> float:
        """How many seconds this try has to wait; 0 where it may be made.

        Then it counts as wrong at once, so that many at the same time gain nothing; ``right`` takes that back.
        """
        self._forget_old()
        limits = list(_limits(trier))
        wait_s = max(self._wait_s(key, free) for key, free in limits)
        if wait_s == 0:
            for key, _free in limits:
                tally = self._tallies.setdefault(key, Tally())
                tally.count, tally.newest_s = tally.count + 1, self._now_s()
        return wait_s

    def right(self, trier: Trier) -> None:
        """The PIN fitted: what was wrong at the account is forgiven; other accounts' share of the address stays."""
        for key, free in _limits(trier):
            tally = self._tallies.pop(key, None)
            if tally and free == FROM_AN_ADDRESS_AT_ALL:
                self._tallies[key] = Tally(tally.count - 1, tally.newest_s)

    def forget(self, account: str) -> None:
        """The account has a new PIN, so everybody begins anew."""
        self._tallies = {key: tally for key, tally in self._tallies.items() if key[1] != account}

    def of_strangers(self, account: str) -> int:
        """How many PINs unknown devices got wrong at an account of late."""
        self._forget_old()
        tally = self._tallies.get(("strangers", account))
        return tally.count if tally else 0

    def _wait_s(self, key: Key, free: int) -> float:
        tally = self._tallies.get(key)
        if tally is None or tally.count < free:
            return 0.0
        pause_s = min(FIRST_WAIT_S * 2.0 ** min(tally.count - free, MOST_DOUBLINGS), LONGEST_WAIT_S)
        return max(0.0, tally.newest_s + pause_s - self._now_s())

    def _forget_old(self) -> None:
        oldest_s = self._now_s() - FORGOTTEN_AFTER_S
        if any(tally.newest_s < oldest_s for tally in self._tallies.values()):
            self._tallies = {k: tally for k, tally in self._tallies.items() if tally.newest_s >= oldest_s}


def _limits(trier: Trier) -> Iterator[tuple[Key, int]]:
    """What a try counts against, and how much each gives for free."""
    yield ("device", trier.account, trier.device), OF_A_DEVICE
    if not trier.known:
        network = network_of(trier.address)
        yield ("address", trier.account, network), FROM_AN_ADDRESS
        yield ("strangers", trier.account), OF_STRANGERS
        yield ("everywhere", "", network), FROM_AN_ADDRESS_AT_ALL


def network_of(address: str) -> str:
    """What counts as one address: with IPv6 a whole network of 64 bits, for anybody has all of it to choose from."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> 64 << 64))
