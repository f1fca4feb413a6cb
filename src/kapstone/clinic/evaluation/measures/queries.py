"""Looks up completed questionnaires and the sitting that is under way."""

from django.db.models import QuerySet

from kapstone.clinic.evaluation.models import Measure
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import visible

PHQ_9 = "phq-9"


def measures(act: Act, patient: Patient, instrument: str = PHQ_9) -> QuerySet[Measure]:
    """A patient's completed instruments, oldest first."""
    return visible(act, Measure).filter(patient=patient, instrument=instrument).order_by("answered_at", "id")


def latest_measure(act: Act, patient: Patient, instrument: str = PHQ_9) -> Measure | None:
    """The newest of them."""
    return measures(act, patient, instrument).last()
