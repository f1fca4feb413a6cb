"""The stored bytes of a line of the register; the chain ties each to the one before, as in a session record."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from kapstone.care.quantities import Instant
from kapstone.care.session.register import Entry, Kind

AMOUNTS = ("drawn", "given", "wasted", "returned", "counted")


def to_bytes(entry: Entry) -> bytes:
    """Canonical JSON; amounts travel as text."""
    body: dict[str, Any] = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    body["at"], body["opened"] = entry.at.isoformat(), entry.opened.isoformat() if entry.opened else None
    body |= {name: None if body[name] is None else str(body[name]) for name in AMOUNTS}
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(stored: bytes) -> Entry:
    """Reads what `to_bytes` wrote."""
    body = json.loads(stored)
    body["at"], opened = Instant(datetime.fromisoformat(body["at"])), body.get("opened")
    body["opened"] = Instant(datetime.fromisoformat(opened)) if opened else None
    body["kind"] = Kind(body["kind"])
    body |= {name: None if body[name] is None else Decimal(body[name]) for name in AMOUNTS}
    return Entry(**body)
