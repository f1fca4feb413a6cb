"""One line of a session record, the bytes that are stored for it, and the chain that ties it to the line before.

Events are never migrated. `upcast` reads an older version of a kind; a kind that nobody knows stays in the record
as a line that could not be read.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kapstone.care.quantities import Instant

GENESIS = "0" * 64
DOMAIN = b"kapstone/session-event/1\n"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. `at_device` is when it happened, `at_received` when the server had it; both are UTC."""

    id: UUID
    kind: str
    v: int
    session: UUID
    device: str
    epoch: str
    seq: int
    at_device: Instant
    at_received: Instant
    author: str
    payload: Mapping[str, Any]

    @property
    def key(self) -> tuple[UUID, str, str, int]:
        """What is unique beside the id: a device counts its own lines without a gap."""
        return (self.session, self.device, self.epoch, self.seq)


def to_bytes(event: Event) -> bytes:
    """Canonical JSON, the bytes that are stored and hashed. Numbers in a payload travel as text."""
    body = {
        "id": str(event.id),
        "kind": event.kind,
        "v": event.v,
        "session": str(event.session),
        "device": event.device,
        "epoch": event.epoch,
        "seq": event.seq,
        "at_device": event.at_device.isoformat(),
        "at_received": event.at_received.isoformat(),
        "author": event.author,
        "payload": event.payload,
    }
    _refuse_floats(event.payload)
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def from_bytes(stored: bytes) -> Event:
    """Reads what `to_bytes` wrote."""
    body = json.loads(stored)
    return Event(
        id=UUID(body["id"]),
        kind=body["kind"],
        v=body["v"],
        session=UUID(body["session"]),
        device=body["device"],
        epoch=body["epoch"],
        seq=body["seq"],
        at_device=_moment(body["at_device"]),
        at_received=_moment(body["at_received"]),
        author=body["author"],
        payload=body["payload"],
    )


def link(previous: str, position: int, stored: bytes) -> str:
    """The hash of a line: of the hash before it, its place, and its stored bytes. Hex SHA-256."""
    return hashlib.sha256(DOMAIN + previous.encode() + b"\n%d\n" % position + stored).hexdigest()


def _moment(text: str) -> Instant:
    return Instant(datetime.fromisoformat(text).astimezone(UTC))


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise ValueError("A number in a payload travels as text, so that 36.60 stays 36.60.")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


Upcaster = Callable[[Mapping[str, Any]], Mapping[str, Any]]
UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(kind, version) -> the payload one version later. Empty until a kind has a second version."""


def newest_version(kind: str) -> int:
    """The version of a kind that this program writes; one more than its last upcaster reads."""
    return 1 + max((v for known, v in UPCASTERS if known == kind), default=0)


def upcast(event: Event) -> Event:
    """The event in its newest version, through one upcaster a step."""
    while step := UPCASTERS.get((event.kind, event.v)):
        event = Event(
            event.id, event.kind, event.v + 1, event.session, event.device, event.epoch, event.seq,
            event.at_device, event.at_received, event.author, step(event.payload),
        )  # fmt: skip
    return event
