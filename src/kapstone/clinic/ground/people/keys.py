"""Seals what patients write and what is written about them.

AES-256-GCM with a data key for each patient, itself wrapped by the clinic's key, which lives outside the database.
What is sealed is tied to its place (table, column, row), so a note moved to another row does not open.
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12
_WRAP = b"kapstone/data-key/1"


Stored = bytes | memoryview
"""Bytes as a database gives them."""


class CannotOpen(Exception):
    """The sealed text was damaged, moved, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """One patient's open key. Never stored like this."""

    raw: bytes

    def seal(self, text: str, place: str) -> bytes:
        """Seals text for one place, named table/column/row."""
        return _encrypt(self.raw, text.encode(), place.encode())

    def seal_bytes(self, body: bytes, place: str) -> bytes:
        """The same for a file."""
        return _encrypt(self.raw, body, place.encode())

    def open_bytes(self, sealed: Stored, place: str) -> bytes:
        """Opens a file that was sealed for that place. CannotOpen for anything else."""
        return _decrypt(self.raw, bytes(sealed), place.encode())

    def open(self, sealed: Stored, place: str) -> str:
        """Opens what was sealed for that place. CannotOpen for anything else; empty bytes are empty text."""
        return _decrypt(self.raw, bytes(sealed), place.encode()).decode() if sealed else ""


def new_key() -> tuple[DataKey, bytes]:
    """A fresh data key and its wrapped form for the database."""
    raw = AESGCM.generate_key(256)
    return DataKey(raw), _encrypt(settings.CLINIC_KEY, raw, _WRAP)


def unwrap(wrapped: Stored) -> DataKey:
    """The data key from its wrapped form. CannotOpen when the clinic key is another."""
    return DataKey(_decrypt(settings.CLINIC_KEY, bytes(wrapped), _WRAP))


def _encrypt(key: bytes, data: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, place)


def _decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
    except InvalidTag:
        raise CannotOpen("This text does not open with this clinic's key: damaged, moved, or another key.") from None
