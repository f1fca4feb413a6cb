"""Secrets that open something without a password: an address, a link, a gateway. Only their hash is kept."""

import hashlib


def hashed(secret: str) -> str:
    """What is kept of a secret. The secret is random and long, so that one plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
