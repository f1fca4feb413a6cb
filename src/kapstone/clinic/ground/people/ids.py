"""Identifiers: UUID version 7 (RFC 9562), which sort by the time they were made."""

import secrets
from uuid import UUID

from kapstone.care.quantities import Instant


def uuid7(at: Instant) -> UUID:
    """A new identifier made at this moment: 48 bits of milliseconds, then random bits."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
