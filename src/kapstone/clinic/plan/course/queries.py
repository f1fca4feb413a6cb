"""A course in one view: its days with their visits, what is looked at when, where it stands and how it may end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, Format, TherapyForm
from kapstone.care.plan.course import RETHINK, CourseState, Look, looks
from kapstone.care.plan.course.looks import Kind
from kapstone.care.plan.formats.sheet import Fact, sheet
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.bookings.models import Booking
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import policy_in_force, policy_of
from kapstone.clinic.plan.models import Course, Dose
from kapstone.clinic.plan.queries import doses, preparations, state_of
from kapstone.clinic.plan.touched.queries import visit_of_dose

ASKED = {
    Kind.PREPARATION: "We prepare",
    Kind.CALL: "Somebody calls me the day after a dose",
    Kind.CHECK_IN: "I answer a few questions",
    Kind.RE_EVALUATION: "We look whether it helps",
}
"""What each look is to a patient."""


@dataclass(frozen=True, slots=True)
class Day:
    """One planned dose with the visit that follows it, and whether it was begun."""

    dose: Dose
    visit: Booking | None
    begun: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One look, and whether its time has passed."""

    look: Look
    passed: bool


@dataclass(frozen=True, slots=True)
class CourseView:
    """Everything that a page says of a course."""

    course: Course
    format: Format
    state: CourseState
    therapy: str
    days: tuple[Day, ...]
    preparation: tuple[Booking, ...]
    dues: tuple[Due, ...]
    asked: tuple[tuple[str, tuple[date, ...]], ...]
    """When somebody asks the patient: what, and on which of the clinic's days."""

    facts: tuple[Fact, ...]
    policy: Policy

    @property
    def stops(self) -> list[str]:
        """When the course is stopped or thought over, in a patient's words."""
        return [words for _, words, _ in RETHINK]

    @property
    def fasting(self) -> list[str]:
        """What the format's sheet says of eating and drinking before a dose."""
        return [fact.words for fact in self.facts if fact.what == "Fasting"]


def view(act: Act, course: Course) -> CourseView:
    """A course as it is planned and as it went. The policy is the one that was signed when it was planned."""
    format_ = FORMATS[course.format]
    policy = policy_of(course.policy) if course.policy else policy_in_force(act.clinic)[0]
    days = tuple(_days(act, course))
    zone = act.clinic.zone
    ends = [Instant(one.dose.booking.dose_ends_at) for one in days if one.dose.booking.dose_ends_at]
    found = looks(format_, ends, policy)
    asked: dict[str, dict[date, None]] = {}
    for one in found:
        asked.setdefault(ASKED[one.kind], {})[one.due.astimezone(zone).date()] = None
    return CourseView(
        course=course,
        format=format_,
        state=state_of(course),
        therapy=TherapyForm(course.therapy_form).words,
        days=days,
        preparation=tuple(preparations(act, course)),
        dues=tuple(Due(one, one.due < act.at) for one in found),
        asked=tuple((words, tuple(days)) for words, days in asked.items()),
        facts=sheet(format_, policy),
        policy=policy,
    )


def _days(act: Act, course: Course) -> Iterator[Day]:
    for dose in doses(act, course).select_related("begun"):
        if dose.booking.cancelled_at is None or hasattr(dose, "begun"):
            yield Day(dose, visit_of_dose(dose), hasattr(dose, "begun"))
