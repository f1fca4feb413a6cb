"""Reads which touch was agreed to."""

from kapstone.care.plan.touch import Touch
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import TouchAgreed


def latest_touch(act: Act, patient: Patient) -> TouchAgreed | None:
    """What the patient said last; None where they were never asked."""
    return visible(act, TouchAgreed).filter(patient=patient).select_related("by").order_by("at", "id").last()


def touch_of(act: Act, patient: Patient) -> Touch:
    """Which touch is agreed to; none where nobody asked."""
    found = latest_touch(act, patient)
    return Touch(found.touch) if found else Touch.NONE
