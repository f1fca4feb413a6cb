"""A document is added: looked at by its bytes, bounded, sealed with the patient's key."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from kapstone.clinic.evaluation.documents.sniffing import BadDocument, clean_name, kind_of
from kapstone.clinic.evaluation.models import Document
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import key_of, patient_of


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    body: bytes


@action("document.add")
def add_document(act: Act, patient_id: UUID, upload: Upload) -> Document:
    """Keeps a file, sealed. Refused for what is too large, or by its bytes is no PDF, PNG or JPEG."""
    patient = patient_of(act, patient_id, "document.add")
    if len(upload.body) > settings.UPLOAD_MOST_BYTES:
        raise Refused(too_large(), "document")
    try:
        kind = kind_of(upload.body)
    except BadDocument as problem:
        raise Refused(str(problem), "document") from None
    document_id, key = uuid7(act.at), key_of(patient)
    document = Document.objects.create(
        id=document_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        by_patient=patient.user_id == act.person.id,
        name_sealed=key.seal(clean_name(upload.name, kind), f"document/name/{document_id}"),
        kind=kind.media_type,
        size=len(upload.body),
        sha256=hashlib.sha256(upload.body).hexdigest(),
        body_sealed=key.seal_bytes(upload.body, f"document/body/{document_id}"),
    )
    sign("document added", patient.id, document=document.id, sha256=document.sha256)
    return document


def too_large() -> str:
    """Said of a file above the bound."""
    most = settings.UPLOAD_MOST_BYTES // (1024 * 1024)
    return (
        f"The document is larger than {most} MB. Scan it in black and white or save it smaller, and choose it again."
    )
