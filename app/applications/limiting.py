"""How often strangers may send: so that no flood fills the disk, and none keeps others from what is theirs.

Whoever has no secret address yet is counted by the address of the network; whoever has one, by it alone.
"""

from __future__ import annotations

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

OF_AN_ADDRESS = RateLimitItemPerHour(60)
"""New applications; a whole school may sit behind one address."""
OF_A_COMPETITION = RateLimitItemPerHour(1200)
OF_A_TOKEN = RateLimitItemPerHour(120)
"""Whatever is sent behind one secret address: of an application, or of a consent."""

ONE_LOOK = RateLimitItemPerMinute(1, 10)
"""What is written down of looks behind one secret address, however often its page is opened."""

_limiter = MovingWindowRateLimiter(MemoryStorage())


def may_apply(chain: str, address: str) -> bool:
    """Count one new application sent from an address; whether it is still within the limits."""
    return _limiter.hit(OF_AN_ADDRESS, "apply", chain, address) and _limiter.hit(
        OF_A_COMPETITION, "apply", chain
    )


def may_use(token_digest: str) -> bool:
    """Count one form sent behind a secret address; whether it is still within its limit."""
    return _limiter.hit(OF_A_TOKEN, "token", token_digest)


def is_a_look(token_digest: str, what: str) -> bool:
    """Whether a page opened behind a secret address is to be written down as a look at people's data."""
    return _limiter.hit(ONE_LOOK, "look", token_digest, what)


def forget() -> None:
    """Count anew."""
    _limiter.storage.reset()
