"""Reads and verifies the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from kapstone.clinic.ground.ledger.chain import first_bad
from kapstone.clinic.ground.ledger.models import LedgerHead, LedgerRow


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chains found. `first_bad` names the first row that does not hold."""

    rows: int
    first_bad: str | None


def verify() -> Verified:
    """Walks every clinic's chain to its head."""
    bad = None
    for head in LedgerHead.objects.order_by("clinic_id"):
        rows = LedgerRow.objects.filter(clinic_id=head.clinic_id).order_by("number")
        wrong = first_bad((one.number, one.previous, one.stored, one.hash) for one in rows.iterator())
        if wrong is None and not rows.filter(number=head.number, hash=head.hash).exists() and head.number:
            wrong = head.number
        if wrong is None and rows.count() != head.number:
            wrong = head.number + 1
        if wrong is not None and bad is None:
            bad = f"clinic {head.clinic_id}, row {wrong}"
    return Verified(LedgerRow.objects.count(), bad)


def rows_of(clinic_id: UUID, patient_id: UUID | None = None, most: int = 100) -> Iterator[LedgerRow]:
    """The newest rows of a clinic, or those that name one patient."""
    found = LedgerRow.objects.filter(clinic_id=clinic_id).order_by("-number")
    if patient_id is not None:
        found = found.filter(stored__isnull=False)
        named = (row for row in found.iterator() if str(patient_id) in row.patient_ids)
        return (row for _, row in zip(range(most), named, strict=False))
    return iter(found[:most])


def patients_named(row_numbers_after: int, clinic_id: UUID) -> set[str]:
    """Patients named in rows added after a number."""
    found = LedgerRow.objects.filter(clinic_id=clinic_id, number__gt=row_numbers_after)
    return {name for row in found for name in row.patient_ids}
