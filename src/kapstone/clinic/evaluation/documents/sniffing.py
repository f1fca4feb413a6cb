"""Says what a file is by its own bytes, and what it may be called. Its name and declared type are not trusted."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

TAIL = 1024
"""A PDF says that it ends within this many bytes of its end."""

ZIP_TAIL = 66_000
"""An archive lists its contents within this many bytes of the file's end."""

LONGEST_NAME = 80
ALLOWED = "PDF, PNG or JPEG"
FOREIGN = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe)[\s>/]", re.IGNORECASE)
"""Beginnings of a web page or a drawing that runs scripts."""


class BadDocument(ValueError):
    """One sentence on why a file is not taken."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: how it begins, and whether it is there to its end."""

    media_type: str
    name: str
    suffix: str
    begins: bytes
    ends: Callable[[bytes], bool]


def _ends_with(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda body: body.rstrip(b"\x00\r\n\t ").endswith(marks)


KINDS = (
    FileKind("application/pdf", "PDF", ".pdf", b"%PDF-", lambda body: b"%%EOF" in body[-TAIL:]),
    FileKind("image/png", "PNG", ".png", b"\x89PNG\r\n\x1a\n", _ends_with(b"IEND\xaeB`\x82")),
    FileKind("image/jpeg", "JPEG", ".jpg", b"\xff\xd8\xff", _ends_with(b"\xff\xd9")),
)


def kind_of(body: bytes) -> FileKind:
    """What the bytes are. BadDocument for anything else, for a part of a file, and for two kinds in one."""
    if not body:
        raise BadDocument("The document is empty. Choose another file.")
    kind = next((one for one in KINDS if body.startswith(one.begins)), None)
    if kind is None:
        raise BadDocument(
            f"The document is not a {ALLOWED} file, whatever its name says. Save it as one, or scan it."
        )
    if not kind.ends(body):
        raise BadDocument(
            f"The document begins as a {kind.name} file and does not end as one: it is broken off, or something is "
            "added to it. Save it again, and choose the new file."
        )
    if FOREIGN.search(body) or b"PK\x05\x06" in body[-ZIP_TAIL:]:
        raise BadDocument(
            f"The document is a {kind.name} file with a web page or an archive inside. Print it to a new PDF instead."
        )
    return kind


def clean_name(name: str, kind: FileKind) -> str:
    """A name that is safe to show and to save: no folder, no control or turning character, the true suffix."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(one for one in last if one.isalnum() or one in " ._-()")
    stem = kept.rsplit(".", 1)[0] if "." in kept.strip(".") else kept
    stem = re.sub(r"[\s.]+", " ", stem).strip(" ._-")[:LONGEST_NAME].strip()
    return f"{stem or 'document'}{kind.suffix}"
