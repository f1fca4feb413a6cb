"""The therapy plan that every course carries, in one of six forms (clinical decision 12).

Therapy is offered and recorded, not forced; a decline is a form like the others and nobody is ranked by it.
"""

from enum import StrEnum


class TherapyForm(StrEnum):
    """How therapy goes with the doses."""

    EACH_DOSE = "each_dose"
    PHASE_BASED = "phase_based"
    OUTSIDE_THERAPIST = "outside_therapist"
    TELEHEALTH = "telehealth"
    URGENT_START = "urgent_start"
    DECLINED = "declined"

    @property
    def words(self) -> str:
        """The name on the page."""
        return WORDS[self]


WORDS: dict[TherapyForm, str] = {
    TherapyForm.EACH_DOSE: "A visit 24 to 48 hours after each dose",
    TherapyForm.PHASE_BASED: "A visit after doses 1 and 2, then after every second dose",
    TherapyForm.OUTSIDE_THERAPIST: "With the patient's own therapist outside the clinic",
    TherapyForm.TELEHEALTH: "A visit by video 24 to 48 hours after each dose",
    TherapyForm.URGENT_START: "Urgent start: therapy follows as soon as it can",
    TherapyForm.DECLINED: "Offered, explained and declined",
}

BOOKED_HERE = frozenset({TherapyForm.EACH_DOSE, TherapyForm.PHASE_BASED, TherapyForm.TELEHEALTH})
"""Forms whose visits this clinic books."""


def visit_expected(form: TherapyForm, dose_number: int) -> bool:
    """Whether this clinic books a visit after this dose. Doses count from 1."""
    if form not in BOOKED_HERE:
        return False
    if form is TherapyForm.PHASE_BASED:
        return dose_number <= 2 or dose_number % 2 == 0
    return True
