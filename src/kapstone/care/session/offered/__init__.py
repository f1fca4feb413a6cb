"""Values that a device offers: read strictly, with bounds, and never a part of the record until a person or a set
takes them."""

from .codes import CODES, UNITS
from .from_hl7 import acknowledgement, read_hl7
from .from_json import read_message
from .message import MOST_BYTES, Offered, Unreadable

__all__ = [
    "CODES",
    "MOST_BYTES",
    "UNITS",
    "Offered",
    "Unreadable",
    "acknowledgement",
    "read_hl7",
    "read_message",
]
