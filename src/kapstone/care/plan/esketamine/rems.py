"""The REMS as records: the setting is certified, the patient is enrolled, or esketamine is not given. No override.

A life-cycle is one table: a form is sent, the programme confirms, and an enrolment may end.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kapstone.care.evidence import Reason
from kapstone.care.evidence.reasons import marked, reason

SOURCE = "esketamine-rems"


class EnrolmentState(StrEnum):
    """How far a patient's enrolment has come."""

    NONE = "none"
    SENT = "sent"
    ENROLLED = "enrolled"
    ENDED = "ended"

    @property
    def words(self) -> str:
        """The name on the page."""
        return {
            "none": "Not enrolled",
            "sent": "Form sent, not confirmed",
            "enrolled": "Enrolled",
            "ended": "Enrolment ended",
        }[self]


TRANSITIONS: dict[tuple[EnrolmentState, str], EnrolmentState] = {
    (EnrolmentState.NONE, "send"): EnrolmentState.SENT,
    (EnrolmentState.SENT, "confirm"): EnrolmentState.ENROLLED,
    (EnrolmentState.SENT, "refuse"): EnrolmentState.ENDED,
    (EnrolmentState.ENROLLED, "end"): EnrolmentState.ENDED,
    (EnrolmentState.ENDED, "send"): EnrolmentState.SENT,
}
"""Every step there is; the first key is where an enrolment stands."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where one patient's enrolment stands, and since when."""

    state: EnrolmentState
    on: date | None = None

    @property
    def enrolled(self) -> bool:
        """Whether the programme has confirmed the enrolment, and it goes on."""
        return self.state is EnrolmentState.ENROLLED

    @property
    def steps(self) -> tuple[str, ...]:
        """What may be written next."""
        return tuple(step for (begin, step) in TRANSITIONS if begin is self.state)


@dataclass(frozen=True, slots=True)
class Certified:
    """The setting's certification: from a day, perhaps until another."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the setting is certified on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


def rems_blocks(enrolment: Enrolment, certified: Certified | None, day: date) -> tuple[Reason, ...]:
    """Everything of the REMS that stops a dose on this day; empty where nothing does."""
    found = []
    if certified is None or not certified.holds(day):
        words = marked("This setting is not certified in the REMS on {day}; nobody may be given esketamine here.")
        found.append(reason("rems.site", words, day=f"{day:%Y-%m-%d}"))
    if not enrolment.enrolled:
        words = marked("The patient is not enrolled in the REMS: {state}.")
        found.append(reason("rems.patient", words, state=enrolment.state.words.lower()))
    return tuple(found)
