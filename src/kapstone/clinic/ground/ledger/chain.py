"""The arithmetic of the chain: what is hashed, and how a chain is walked. No database here."""

import hashlib
import json
from collections.abc import Iterable, Mapping

GENESIS = "0" * 64
DOMAIN = b"kapstone/ledger/1\n"


def stored_bytes(body: Mapping[str, object]) -> bytes:
    """Canonical JSON: the same row always gives the same bytes."""
    return json.dumps(
        body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str
    ).encode()


def link(previous: str, number: int, stored: bytes) -> str:
    """The hash of a row: of the hash before it, its number and its stored bytes. Hex SHA-256."""
    return hashlib.sha256(DOMAIN + previous.encode() + b"\n%d\n" % number + stored).hexdigest()


def first_bad(rows: Iterable[tuple[int, str, bytes | memoryview, str]]) -> int | None:
    """The number of the first row that does not follow from the one before, or None.

    A row is (number, previous hash, stored bytes, hash). Numbers run from 1 without a gap.
    """
    previous, expected = GENESIS, 1
    for number, before, stored, hashed in rows:
        if number != expected or before != previous or link(previous, number, bytes(stored)) != hashed:
            return expected
        previous, expected = hashed, expected + 1
    return None
