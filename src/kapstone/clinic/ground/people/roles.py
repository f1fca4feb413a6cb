"""The roles that people hold in a clinic."""

from django.db import models


class Role(models.TextChoices):
    """One role. A person may hold several in the same clinic."""

    PRESCRIBER = "prescriber", "Prescriber"
    NURSE = "nurse", "Nurse"
    THERAPIST = "therapist", "Therapist"
    GUEST_THERAPIST = "guest_therapist", "Guest therapist"
    FRONT_DESK = "front_desk", "Front desk"
    CLINIC_LEAD = "clinic_lead", "Clinic lead"
    MEDICAL_DIRECTOR = "medical_director", "Medical director"
    ON_CALL = "on_call", "On call"
    DIRECTORY_EDITOR = "directory_editor", "Directory editor"
    PATIENT = "patient", "Patient"


STAFF = frozenset(Role) - {Role.PATIENT}
CLINICAL = frozenset({Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.MEDICAL_DIRECTOR, Role.ON_CALL})
