"""Adds rows to the ledger. Called from inside the transaction of the action that it records."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.ledger.chain import GENESIS, link, stored_bytes
from kapstone.clinic.ground.ledger.models import LedgerHead, LedgerRow


def append(
    clinic_id: UUID,
    row_id: UUID,
    at: Instant,
    verb: str,
    *,
    actor_id: UUID | None = None,
    patients: Sequence[UUID] = (),
    detail: Mapping[str, object] | None = None,
) -> LedgerRow:
    """Adds one row to the clinic's chain. `detail` goes into the hash and holds no clinical text."""
    head, _ = LedgerHead.objects.select_for_update().get_or_create(
        clinic_id=clinic_id, defaults={"number": 0, "hash": GENESIS}
    )
    number = head.number + 1
    stored = stored_bytes(
        {
            "number": number,
            "clinic": clinic_id,
            "at": at.isoformat(),
            "actor": actor_id,
            "verb": verb,
            "patients": [str(one) for one in patients],
            "detail": dict(detail or {}),
        }
    )
    row = LedgerRow.objects.create(
        id=row_id,
        clinic_id=clinic_id,
        number=number,
        at=at,
        actor_id=actor_id,
        verb=verb,
        patient_ids=[str(one) for one in patients],
        stored=stored,
        previous=head.hash,
        hash=link(head.hash, number, stored),
    )
    head.number, head.hash = number, row.hash
    head.save(update_fields=["number", "hash"])
    return row
