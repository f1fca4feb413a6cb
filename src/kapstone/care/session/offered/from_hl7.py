"""Reads an ORU^R01 message of HL7 version 2, as a bedside monitor sends it. Strict and bounded; no part is guessed.

Segments end in a carriage return; the separators are `|^~\\&`. Read are MSH, and of each OBX of type NM: the code
(OBX-3), the number (OBX-5), the unit (OBX-6), the status (OBX-11), the time (OBX-14, else OBR-7, else MSH-7) and the
device (OBX-18), which must be there. The patient that a message names is never read: which device belongs to which
chair, a person says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant

from .codes import CODES, unit_fits
from .message import MOST_BYTES, MOST_VALUES, Offered, Unreadable, plain_number, serial_of

MOST_SEGMENTS = 256
MOST_FIELD = 1_024
BEGINS = "MSH|^~\\&|"
FINAL = frozenset({"F", "R", "P", ""})
"""Statuses of a value that was measured; any other, such as X or W, is no value."""

NOTHING = frozenset({"", "-", "--", "---", "----"})
"""What monitors write where they have no value."""

STAMP = re.compile(r"([0-9]{14})(\.[0-9]{1,6})?([+-][0-9]{4})?")
IDENTITY = re.compile(r"[A-Za-z0-9:._-]{1,40}")


@dataclass(frozen=True, slots=True)
class _Segment:
    name: str
    fields: list[str]

    def field(self, number: int) -> str:
        """A field by its number in the standard; empty where the segment is shorter."""
        return self.fields[number] if number < len(self.fields) else ""

    def part(self, number: int, component: int = 1) -> str:
        """A component of a field."""
        parts = self.field(number).split("^")
        return parts[component - 1] if component <= len(parts) else ""


def read_hl7(body: bytes, repeated: timedelta) -> Offered:
    """The values of one message. Unreadable where anything in it cannot be read or is not what it should be.

    A value that is older than the newest by more than `repeated` is a repeated one, such as the last cuff pressure.
    """
    segments = list(_segments(body))
    head = segments[0]
    if (head.part(9, 1), head.part(9, 2)) != ("ORU", "R01"):
        raise Unreadable("The message is no ORU^R01; only measured values are read.")
    values: dict[str, Decimal] = {}
    times: dict[str, Instant | None] = {}
    devices: set[str] = set()
    left = 0
    observed = ""
    for one in segments:
        if one.name == "OBR":
            observed = one.field(7)
        if one.name != "OBX":
            continue
        signal = CODES.get(one.part(3))
        if signal is None or one.field(2) != "NM" or one.field(11) not in FINAL or one.field(5) in NOTHING:
            left += 1
            continue
        if signal in values:
            raise Unreadable("A signal stands twice in one message; send each once.")
        if not unit_fits(signal, one.part(6)):
            raise Unreadable("A value has another unit than its signal has here.")
        values[signal] = plain_number(one.field(5))
        times[signal] = _stamp(one.field(14) or observed or head.field(7))
        devices.add(one.part(18))
    if len(values) + left > MOST_VALUES:
        raise Unreadable(f"The message holds more than {MOST_VALUES} values.")
    newest = max((at for at in times.values() if at is not None), default=None)
    old = [key for key, at in times.items() if newest is not None and (at is None or newest - at > repeated)]
    fresh = {key: value for key, value in values.items() if key not in old}
    return Offered(_device(devices), newest, fresh, left + len(old))


def acknowledgement(body: bytes, accepted: bool, at: Instant) -> bytes:
    """The answer to a message: AA where it was kept, AR where it was not. It repeats nothing but a plain identity."""
    try:
        identity = next(_segments(body)).field(10)
    except (Unreadable, StopIteration):
        identity = ""
    identity = identity if IDENTITY.fullmatch(identity) else "unknown"
    stamp = f"{at:%Y%m%d%H%M%S}+0000"
    code = "AA" if accepted else "AR"
    return f"{BEGINS}KAPSTONE||||{stamp}||ACK^R01|{identity}|P|2.6\rMSA|{code}|{identity}\r".encode("ascii")


def _segments(body: bytes) -> Iterator[_Segment]:
    if len(body) > MOST_BYTES:
        raise Unreadable(f"The message is longer than {MOST_BYTES} bytes.")
    try:
        text = body.decode("latin-1" if _says_latin(body) else "utf-8")
    except UnicodeDecodeError:
        raise Unreadable("The message is not in UTF-8.") from None
    if "\x0b" in text or "\rMSH|" in text.replace("\n", "\r"):
        raise Unreadable("Two messages are run together; one may have been cut off. Send each in a frame of its own.")
    if not text.startswith(BEGINS):
        raise Unreadable("The message does not begin with MSH|^~\\&| as it should.")
    lines = text.rstrip("\r\n").replace("\r\n", "\r").split("\r")
    if len(lines) > MOST_SEGMENTS:
        raise Unreadable(f"The message has more than {MOST_SEGMENTS} segments.")
    for line in lines:
        fields = line.split("|")
        if any(len(one) > MOST_FIELD for one in fields):
            raise Unreadable(f"A field is longer than {MOST_FIELD} signs.")
        # In MSH the first field is the separator itself, so that every number is one higher.
        yield _Segment(fields[0], ["MSH", "|", *fields[1:]] if fields[0] == "MSH" else fields)


def _says_latin(body: bytes) -> bool:
    """Whether the message says that it is in Latin-1 (MSH-18): a name in it is not read, and spoils nothing."""
    fields = body[:MOST_FIELD].split(b"\r")[0].split(b"|")
    return len(fields) > 17 and fields[17].split(b"~")[0].strip() == b"8859/1"


def _device(devices: set[str]) -> str:
    """The one device that every value names. A central station's own name would be that of many chairs."""
    if len(devices) > 1:
        raise Unreadable("The message holds values of more than one device.")
    return serial_of(next(iter(devices), ""))


def _stamp(text: str) -> Instant | None:
    if not text:
        return None
    found = STAMP.fullmatch(text)
    if found is None:
        raise Unreadable("A time is not written as year, month, day, hour, minute, second.")
    if found[3] is None:
        return None
    offset = timedelta(hours=int(found[3][:3]), minutes=int(found[3][0] + found[3][3:]))
    try:
        return instant(datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=timezone(offset)))
    except (ValueError, OverflowError):
        raise Unreadable("A time is none that a calendar has.") from None
