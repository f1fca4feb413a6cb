"""Where the REMS stands: the setting, a patient's enrolment and kits, and coming doses that lack something."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from uuid import UUID

from kapstone.care.evidence import Reason, claim
from kapstone.care.plan import FORMATS
from kapstone.care.plan.esketamine import (
    Certified,
    Enrolment,
    EnrolmentState,
    Missed,
    Supply,
    SupplyState,
    after_missed,
    label_run,
    label_week,
    missing_before,
    rems_blocks,
)
from kapstone.care.plan.esketamine.rems import TRANSITIONS
from kapstone.care.plan.esketamine.supply import TRANSITIONS as OF_A_KIT
from kapstone.care.quantities import Mg
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import Course, Dose, DoseBegun, EnrolmentStep, Kit, Order, SiteCertificate
from kapstone.clinic.plan.queries import last_order

UNDER = tuple(one.id for one in FORMATS.values() if not one.racemic)
"""The formats under the REMS."""

AHEAD = timedelta(days=14)
"""So far ahead the board looks for doses that lack something."""


@dataclass(frozen=True, slots=True)
class KitSeen:
    """One kit with where it stands and what may be written next."""

    kit: Kit
    supply: Supply

    @property
    def steps(self) -> tuple[str, ...]:
        """What may be written next by hand; a kit is used by starting its dose and in no other way."""
        return tuple(step for begin, step in OF_A_KIT if begin is self.supply.state and step != "use")


@dataclass(frozen=True, slots=True)
class ByLabel:
    """Where a course stands by the label: the week in words, the look that is due, sessions missed in a row."""

    said: str
    look_on: date | None
    missed: tuple[Missed, ...]
    count: int

    @property
    def look(self) -> str:
        """What is due, in words; empty before the end of week 4."""
        if self.look_on is None:
            return ""
        return (
            f"Due since {self.look_on:%B} {self.look_on.day}: is it helping? The label asks for this look at the end "
            "of the first four weeks, before going on. What is chosen is written on the page of scores."
        )


@dataclass(frozen=True, slots=True)
class Lacking:
    """A coming dose of esketamine and what stands in its way."""

    dose: Dose
    reasons: tuple[Reason, ...]


def is_esketamine(format_id: str) -> bool:
    """Whether a format is under the REMS."""
    return not FORMATS[format_id].racemic


def certificate(clinic: Clinic) -> SiteCertificate | None:
    """The newest certificate of the setting."""
    return SiteCertificate.objects.filter(clinic=clinic).select_related("by").order_by("at", "id").last()


def certified(clinic: Clinic) -> Certified | None:
    """The setting's certification as the rules read it."""
    found = certificate(clinic)
    return Certified(found.since, found.until) if found else None


def enrolment(patient: Patient) -> Enrolment:
    """Where a patient's enrolment stands, read from every step that was written."""
    steps = list(EnrolmentStep.objects.filter(patient=patient).order_by("at", "id"))
    state = reduce(lambda begin, one: TRANSITIONS[begin, one.step], steps, EnrolmentState.NONE)
    return Enrolment(state, steps[-1].on if steps else None)


def steps_of(act: Act, patient: Patient) -> list[EnrolmentStep]:
    """The steps of an enrolment, oldest first."""
    return list(visible(act, EnrolmentStep).filter(patient=patient).select_related("by").order_by("at", "id"))


def why_not_rems(clinic: Clinic, patient: Patient, day: date) -> tuple[Reason, ...]:
    """Everything of the REMS that stops a dose of esketamine for this patient on this day. Nobody sets it aside."""
    return rems_blocks(enrolment(patient), certified(clinic), day)


def kits_of(patient: Patient) -> list[KitSeen]:
    """A patient's kits, oldest first."""
    found = (
        Kit.objects.filter(patient=patient).select_related("by").prefetch_related("steps__by").order_by("at", "id")
    )
    return [KitSeen(one, _supply(one)) for one in found]


def kit_of(act: Act, kit_id: UUID, verb: str = "") -> KitSeen:
    """One kit. NotThere where it is not this actor's to see."""
    found = visible(act, Kit, verb).select_related("patient").filter(id=kit_id).first()
    if found is None:
        raise NotThere("No such kit.")
    return KitSeen(found, _supply(found))


def _supply(kit: Kit) -> Supply:
    steps = sorted(kit.steps.all(), key=lambda one: (one.at, one.id))
    state = reduce(lambda begin, one: OF_A_KIT[begin, one.step], steps, SupplyState.EXPECTED)
    return Supply(kit.patient_id, Mg(kit.mg), state, kit.expected_on)


def arrived(patient: Patient) -> list[Kit]:
    """The kits of a patient that are here to be used."""
    return [one.kit for one in kits_of(patient) if one.supply.state is SupplyState.ARRIVED]


def coming_esketamine(act: Act) -> list[Dose]:
    """Doses of esketamine that are booked within two weeks and have not begun, in time order."""
    found = visible(act, Dose).filter(
        begun=None,
        course__end=None,
        course__format__in=UNDER,
        booking__cancelled_at=None,
        booking__ends_at__gt=act.at,
        booking__starts_at__lt=act.at + AHEAD,
    )
    return list(found.select_related("booking", "course__patient").order_by("booking__starts_at"))


def lacking(act: Act) -> list[Lacking]:
    """The next dose of each patient whose enrolment, certificate or kit is missing, in time order.

    A kit is missed only where a pharmacy sends kits for this patient: a clinic may also buy its own.
    """
    found, seen, setting = [], set(), certified(act.clinic)
    today = act.at.astimezone(act.clinic.zone).date()
    every = coming_esketamine(act)
    for dose in every:
        patient = dose.course.patient
        if patient.id in seen:
            continue
        seen.add(patient.id)
        reasons = rems_blocks(enrolment(patient), setting, day_of_dose(act, dose))
        kits = kits_of(patient)
        if kits:
            theirs = [one for one in every if one.course.patient_id == patient.id]
            days = tuple((day_of_dose(act, one), _expected(act, one)) for one in theirs)
            reasons += missing_before(tuple(one.supply for one in kits), days, today)[:1]
        if reasons:
            found.append(Lacking(dose, reasons))
    return found


def _expected(act: Act, dose: Dose) -> Mg:
    """What a dose will be: as ordered, else as last time, else as planned."""
    signed = dose.orders.filter(kind=Order.DOSE).order_by("signed_at", "id").last()
    known = signed or last_order(act, dose.course.patient, dose.course.format)
    return Mg(known.amount if known else dose.course.mg)


def day_of_dose(act: Act, dose: Dose) -> date:
    """The clinic's local day of a dose."""
    return dose.booking.starts_at.astimezone(act.clinic.zone).date()


def enrolled_or_coming(act: Act) -> list[tuple[Patient, Enrolment]]:
    """Everybody with a step of enrolment or a running course of esketamine, by name."""
    by_course = visible(act, Patient, "rems.see").filter(courses__format__in=UNDER, courses__end=None)
    by_step = visible(act, Patient, "rems.see").filter(enrolment_steps__isnull=False)
    found = (by_course | by_step).distinct().order_by("name")
    return [(one, enrolment(one)) for one in found]


def by_label(act: Act, course: Course) -> ByLabel:
    """Where a running course stands today by the label, counted over every course that no long pause parts."""
    last = DoseBegun.objects.filter(dose__course=course).select_related("dose").order_by("at").last()
    count = _missed_since(act, course, last.dose.number if last else 0)
    missed = after_missed(count, None)
    run = label_days(act, course.patient)
    if not run:
        return ByLabel("No dose is given yet; the first day counts as the first of week 1.", None, missed, count)
    week = label_week(run[0], _today(act), course.indication)
    said = f"Week {week.week}: {week.words}."
    if last is None:
        said += f" Counted from {run[0]:%B} {run[0].day}, in the course before this one."
    return ByLabel(said, _look_on(run[0]) if week.look_due else None, missed, count)


def label_days(act: Act, patient: Patient, but_for: Course | None = None, on: date | None = None) -> tuple[date, ...]:
    """The local days of the doses from which the label's weeks count on a day, over every course but one; today where
    none is named."""
    begun = DoseBegun.objects.filter(clinic=act.clinic, dose__course__patient=patient, dose__course__format__in=UNDER)
    if but_for is not None:
        begun = begun.exclude(dose__course=but_for)
    moments = begun.order_by("at").values_list("at", flat=True)
    policy, _ = policy_in_force(act.clinic)
    pause = int(policy.number("plan.in-esketamine.anew_after_days"))
    return label_run([one.astimezone(act.clinic.zone).date() for one in moments], on or _today(act), pause)


def _today(act: Act) -> date:
    return act.at.astimezone(act.clinic.zone).date()


def _missed_since(act: Act, course: Course, number: int) -> int:
    """How many booked sessions after this dose have passed without a dose."""
    passed = course.planned.filter(number__gt=number, booking__ends_at__lte=act.at, begun=None)
    return passed.count()


def _look_on(began: date) -> date:
    return began + timedelta(weeks=int(claim("esketamine-week-4").figure("after_weeks")))


def looks_due(act: Act) -> list[tuple[Patient, date]]:
    """Everybody whose running course of esketamine is past the end of week 4, with the day since when."""
    found = []
    running = visible(act, Course).filter(end=None, format__in=UNDER)
    for course in running.select_related("patient").order_by("patient__name"):
        by = by_label(act, course)
        if by.look_on is not None:
            found.append((course.patient, by.look_on))
    return found
