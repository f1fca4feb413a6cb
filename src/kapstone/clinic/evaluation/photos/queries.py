"""Reads photos."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from kapstone.clinic.evaluation.models import Photo
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.who import visible


def photo_of(act: Act, patient: Patient) -> Photo | None:
    """The patient's photo; None where there is none, or none any more."""
    found = visible(act, Photo).filter(patient=patient).order_by("at", "id").last()
    return found if found is not None and not found.removed else None


def picture(photo: Photo) -> bytes:
    """The picture itself, as a JPEG."""
    return key_of(photo.patient).open_bytes(bytes(photo.body_sealed), f"photo/{photo.id}")


def photo_urls(act: Act, patients: Iterable[UUID]) -> dict[UUID, str]:
    """Where the photo of each patient is, of those who have one. The address changes with the photo."""
    rows = visible(act, Photo).filter(patient_id__in=list(patients)).defer("body_sealed").order_by("at", "id")
    newest = {one.patient_id: one for one in rows}
    return {
        patient_id: reverse("photo_file", args=[patient_id]) + f"?{one.id.hex}"
        for patient_id, one in newest.items()
        if not one.removed
    }


def photo_url(act: Act, patient_id: UUID) -> str:
    """Where one patient's photo is; empty where there is none."""
    return photo_urls(act, [patient_id]).get(patient_id, "")
