"""Reads and verifies the ledger."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kapstone.clinic.ground.ledger.chain import GENESIS, link
from kapstone.clinic.ground.ledger.models import LedgerHead, LedgerRow


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chains found. `first_bad` names the first row that does not hold."""

    rows: int
    first_bad: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a clinic's chain ends: what is kept outside to prove later that the chain still holds it."""

    clinic: UUID
    number: int
    hash: str


def verify() -> Verified:
    """Walks the chain of every clinic that has rows or a head; compares each row's columns with what is hashed."""
    heads = {one.clinic_id: one for one in LedgerHead.objects.all()}
    clinics = set(heads) | set(LedgerRow.objects.order_by().values_list("clinic_id", flat=True).distinct())
    found = (_wrong(clinic_id, heads.get(clinic_id)) for clinic_id in sorted(clinics))
    return Verified(LedgerRow.objects.count(), next((wrong for wrong in found if wrong), None))


def heads() -> list[Head]:
    """Where each clinic's chain ends now, by clinic."""
    return [Head(one.clinic_id, one.number, one.hash) for one in LedgerHead.objects.order_by("clinic_id")]


def holds(head: Head) -> bool:
    """Whether the chain still contains the row with this number and hash."""
    return LedgerRow.objects.filter(clinic_id=head.clinic, number=head.number, hash=head.hash).exists()


def last_heads() -> dict[UUID, str]:
    """For each session, the hash of its record's newest line as the newest row about it says."""
    found = {}
    for stored in LedgerRow.objects.order_by("clinic_id", "number").values_list("stored", flat=True).iterator():
        for did in _did(stored):
            if "session" in did and "head" in did:
                found[UUID(did["session"])] = did["head"]
    return found


def last_register_heads() -> dict[UUID, str]:
    """For each clinic, the hash of its drug register's newest line as the newest row about it says."""
    found = {}
    rows = LedgerRow.objects.order_by("clinic_id", "number").values_list("clinic_id", "stored")
    for clinic_id, stored in rows.iterator():
        for did in _did(stored):
            if "register_head" in did:
                found[clinic_id] = did["register_head"]
    return found


def _did(stored: object) -> list[dict[str, str]]:
    """What the row's action did; nothing for a row that cannot be read, which `verify` names."""
    body = _body(stored)
    detail = body.get("detail") if body else None
    did = detail.get("did", []) if isinstance(detail, dict) else []
    return [one for one in did if isinstance(one, dict)]


def _wrong(clinic_id: UUID, head: LedgerHead | None) -> str | None:
    """Where a clinic's chain first does not hold, in words; None where all of it does."""
    last, previous = 0, GENESIS
    try:
        for row in LedgerRow.objects.filter(clinic_id=clinic_id).order_by("number").iterator():
            if row.number != last + 1 or row.previous != previous or not _follows(row):
                return f"clinic {clinic_id}, row {last + 1}"
            last, previous = row.number, row.hash
    except (ValueError, TypeError):
        # A column that holds no moment, no identifier or no JSON: the database itself cannot read the row.
        return f"clinic {clinic_id}, row {last + 1}"
    if head is None:
        return f"clinic {clinic_id}, the head of its {last} rows is missing"
    if head.number != last:
        return f"clinic {clinic_id}, row {min(head.number, last) + 1}"
    return None if head.hash == previous else f"clinic {clinic_id}, row {last}"


def _follows(row: LedgerRow) -> bool:
    """Whether the stored bytes give the row's hash and say the same as the columns beside them."""
    body = _body(row.stored)
    if body is None or link(row.previous, row.number, bytes(row.stored)) != row.hash:
        return False
    said = [body.get(name) for name in ("number", "clinic", "actor", "verb", "patients")]
    actor = None if row.actor_id is None else str(row.actor_id)
    beside = [row.number, str(row.clinic_id), actor, row.verb, row.patient_ids]
    return said == beside and datetime.fromisoformat(str(body.get("at"))) == row.at


def _body(stored: object) -> dict[str, Any] | None:
    """The JSON object that was hashed; None where the column holds text, no JSON, or something else."""
    if not isinstance(stored, bytes | memoryview):
        return None
    try:
        body = json.loads(bytes(stored))
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def rows_of(clinic_id: UUID, patient_id: UUID | None = None, most: int = 100) -> Iterator[LedgerRow]:
    """The newest rows of a clinic, or those that name one patient."""
    found = LedgerRow.objects.filter(clinic_id=clinic_id).order_by("-number")
    if patient_id is not None:
        found = found.filter(stored__isnull=False)
        named = (row for row in found.iterator() if str(patient_id) in row.patient_ids)
        return (row for _, row in zip(range(most), named, strict=False))
    return iter(found[:most])


def details_since(clinic_id: UUID, verb: str, since: datetime) -> list[dict[str, Any]]:
    """What the rows of one verb say since a moment; for verbs that are rare or held back."""
    rows = LedgerRow.objects.filter(clinic_id=clinic_id, verb=verb, at__gt=since)
    bodies = (_body(stored) for stored in rows.values_list("stored", flat=True))
    return [body["detail"] for body in bodies if body]


def patients_named(row_numbers_after: int, clinic_id: UUID) -> set[str]:
    """Patients named in rows added after a number."""
    found = LedgerRow.objects.filter(clinic_id=clinic_id, number__gt=row_numbers_after)
    return {name for row in found for name in row.patient_ids}
