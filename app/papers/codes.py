"""The code printed on a paper: it names one entry of the log, and tells by itself when it was copied wrongly."""

from __future__ import annotations

import hashlib

SYMBOLS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""31 of them, a prime: then one wrong symbol, or two that changed places, never leave the check symbol right."""

LENGTH = 16
GROUP = 4
LOOK_ALIKE = str.maketrans({"I": "1", "L": "1"})


def paper_code(kind: str, chain: str, subject: str, head: str) -> str:
    """The code of a paper: ``head`` is the hash of the entry of the log that it follows from.

    Whoever has the log can work it out again: the SHA-256 of ``kind|chain|subject|head`` written in 31 symbols, the
    last fifteen of them and a check symbol. A protocol's four stand on it; see ``numbered`` for other papers.
    """
    number = int.from_bytes(hashlib.sha256("|".join((kind, chain, subject, head)).encode()).digest())
    symbols = ""
    for _ in range(LENGTH - 1):
        number, at = divmod(number, len(SYMBOLS))
        symbols = SYMBOLS[at] + symbols
    return symbols + check_symbol(symbols)


def numbered(number: int, nonce: str | None) -> str:
    """The subject of a numbered paper: only the log has its nonce, so that no paper tells another one's code.

    Papers issued before there were nonces have none.
    """
    return str(number) if nonce is None else f"{number}/{nonce}"


def check_symbol(symbols: str) -> str:
    """The weighted sum of ``symbols`` modulo 31. Raises ValueError for a symbol that no code has."""
    return SYMBOLS[sum(at * SYMBOLS.index(symbol) for at, symbol in enumerate(symbols, 1)) % len(SYMBOLS)]


def read_code(written: str) -> str | None:
    """A code as a person typed it, without spaces and hyphens; None if it was copied wrongly."""
    plain = "".join(filter(str.isalnum, written)).upper().translate(LOOK_ALIKE)
    if len(plain) != LENGTH or not set(plain) <= set(SYMBOLS):
        return None
    return plain if check_symbol(plain[:-1]) == plain[-1] else None


def shown_code(code: str) -> str:
    """A code as it is printed: ``K7QM-3F9T-…``."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
