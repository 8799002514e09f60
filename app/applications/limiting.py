"""How often strangers may send: by address, and by competition, so that no flood fills the disk."""

from __future__ import annotations

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

OF_AN_ADDRESS = RateLimitItemPerHour(60)
"""A whole school may sit behind one address."""
OF_A_COMPETITION = RateLimitItemPerHour(1200)

_limiter = MovingWindowRateLimiter(MemoryStorage())


def may_send(chain: str, address: str) -> bool:
    """Count one form sent from an address; whether it is still within the limits."""
    return _limiter.hit(OF_AN_ADDRESS, chain, address) and _limiter.hit(OF_A_COMPETITION, chain)


def forget() -> None:
    """Count anew."""
    _limiter.storage.reset()
