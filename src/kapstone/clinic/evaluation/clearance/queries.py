"""Looks up what was asked for, what came in, and what the rules may read of it."""

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient


def results(act: Act, patient: Patient) -> dict[str, object]:
    """The fields of the intake that results which somebody read give, by name."""
    return {}
