"""Identifiers: UUID version 7 (RFC 9562), which sort by the time they were made, also within one millisecond."""

import secrets
from threading import Lock
from uuid import UUID

from kapstone.care.quantities import Instant

_lock = Lock()
_last = (0, 0)


def uuid7(at: Instant) -> UUID:
    """A new identifier made at this moment: 48 bits of milliseconds, then bits that are random, or one more than the
    last where that was made in the same millisecond."""
    global _last
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    with _lock:
        before, tail = _last
        # The top bit of a fresh tail is 0, so that counting up has room.
        tail = tail + 1 if milliseconds == before else secrets.randbits(73)
        _last = (milliseconds, tail)
    high, low = tail >> 62 & 0xFFF, tail & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0x2 << 62 | low)


def first_id(at: Instant) -> UUID:
    """The smallest identifier that can have been made at this moment: all made later are greater."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
