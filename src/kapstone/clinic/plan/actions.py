"""A course is planned with its bookings, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from kapstone.care.evaluation import Intake, Severity, counts, evaluate
from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, DoseCheck, History, TherapyForm, check_dose
from kapstone.care.plan.consent import drug_of
from kapstone.care.plan.course import EndState, gap_days, gaps_each
from kapstone.care.plan.course.ending import why_not_end
from kapstone.care.plan.dose import Prepared, WeightBasis, weights
from kapstone.care.plan.therapy import BOOKED_HERE
from kapstone.care.quantities import Cm, Instant, Kg, Mg
from kapstone.clinic.evaluation.queries import intake_of, latest_decision, why_no_dose
from kapstone.clinic.ground.bookings.actions import book_course_within, cancel_within
from kapstone.clinic.ground.bookings.calendar.queries import Option, Wish, options
from kapstone.clinic.ground.bookings.reminders.actions import silence_within
from kapstone.clinic.ground.bookings.solving.problem import Presence
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient, User
from kapstone.clinic.ground.people.queries import is_given, key_of, member, patient_of, policy_in_force
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.consent.queries import consent_of, held
from kapstone.clinic.plan.esketamine.queries import certified, enrolment, is_esketamine, label_days
from kapstone.clinic.plan.models import Course, CourseEnd, Dose
from kapstone.clinic.plan.queries import (
    check_first_day,
    doses_had,
    history,
    not_oneself,
    preparations,
    running_course,
    state_of,
)


@dataclass(frozen=True, slots=True)
class NewCourse:
    """What a prescriber enters for a course. The dose is milligrams of base in total."""

    format_id: str
    mg: Decimal
    weight_kg: Decimal
    doses: int
    first_day: date
    hour: time
    therapy_form: TherapyForm
    therapist_id: UUID | None
    reason: str = ""
    presence: Presence = Presence.NONE
    """How long the therapist stays in each dose."""

    preparation: int = 0
    """How many visits before the first dose."""

    height_cm: Decimal | None = None
    weight_basis: str = ""
    """Which weight the dose goes by, where the prescriber picked one; empty where nothing was picked."""

    dosing_kg: Decimal | None = None
    shown: tuple[Instant, ...] | None = None
    """The starts that a page showed before the signature; None where no page did."""


@action("course.plan")
def plan_course(act: Act, patient_id: UUID, new: NewCourse) -> Course:
    """Plans a course: checks the dose, books every dose with the visit that follows, all or nothing."""
    patient = held(patient_of(act, patient_id, "course.plan"))
    not_oneself(act, patient)
    _may_begin(act, patient, new.format_id)
    therapist = therapist_of(act, patient, new)
    check_first_day(act, new.first_day)
    policy, version = policy_in_force(act.clinic)
    indication = indication_of(act, patient)
    _weight_is_picked(act, patient, new, policy)
    checked = checked_dose(act, patient, new, policy)
    within_limits(checked, new.reason)
    course_id = uuid7(act.at)
    course = Course.objects.create(
        id=course_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        format=new.format_id,
        indication=indication,
        mg=new.mg,
        weight_kg=new.weight_kg,
        height_cm=new.height_cm,
        weight_basis=new.weight_basis or WeightBasis.ACTUAL.value,
        dosing_kg=new.dosing_kg,
        doses=new.doses,
        therapy_form=new.therapy_form.value,
        therapist=therapist,
        presence=new.presence.value,
        preparation=new.preparation,
        policy=version,
        limits=limits_kept(checked),
        reason_sealed=key_of(patient).seal(new.reason, f"course/reason/{course_id}") if new.reason else b"",
    )
    _book(act, course, new, wish_of(act, patient, new, therapist, policy), policy)
    sign("course planned", patient.id, course=course.id, format=new.format_id, mg=new.mg, doses=new.doses)
    return course


def _may_begin(act: Act, patient: Patient, format_id: str) -> None:
    decided = latest_decision(act, patient)
    if decided is None or not decided.offered:
        raise Refused("No prescriber has offered this patient treatment yet; decide the evaluation first.")
    if format_id not in decided.decision.formats:
        raise Refused("The decision does not offer this format: something stops it or was not known.", "format_id")
    if why := why_no_dose(act, patient.id, format_id):
        raise Refused(why, "format_id")
    if consent_of(act, patient, drug_of(format_id)) is None:
        raise Refused("The patient has not signed the consent yet; a course cannot start without it.")
    _nothing_stops(act, patient, format_id, decided.decision.overrides)
    if running_course(act, patient) is not None:
        raise Refused("This patient already has a course; end it before planning another.")


def _nothing_stops(act: Act, patient: Patient, format_id: str, overrides: Sequence[str]) -> None:
    """Runs the rules once more as a course starts: what was not known then must be known now.

    A BLOCK that two prescribers set aside does not stop it; anything that came since does.
    """
    policy, _ = policy_in_force(act.clinic)
    intake = replace(intake_of(act, patient), consent_signed=True)
    if is_esketamine(format_id):
        intake = _with_records(act, patient, intake)
    verdict = evaluate(intake, policy, [format_id], phase="course_start").per_format[format_id]
    stops = [
        one
        for one in verdict.findings
        if one.severity >= Severity.HOLD and counts(one.phase, "course_start")
        if one.rule not in overrides or one.severity != Severity.BLOCK
    ]
    if stops:
        raise Refused("A course cannot start yet. " + " ".join(str(one.reason) for one in stops), "format_id")


def _with_records(act: Act, patient: Patient, intake: Intake) -> Intake:
    """The intake with what the records say where the evaluation only asked: enrolment and certificate."""
    setting, today = certified(act.clinic), act.at.astimezone(act.clinic.zone).date()
    return replace(
        intake,
        rems_enrolled=enrolment(patient).enrolled,
        site_rems_certified=setting is not None and setting.holds(today),
    )


def checked_dose(act: Act, patient: Patient, new: NewCourse, policy: Policy) -> DoseCheck:
    """The dose of a new course, said in both ways with its limits, by no more than the actual weight."""
    before = history(act, patient, new.format_id, indication_of(act, patient))
    weight = min(new.dosing_kg or new.weight_kg, new.weight_kg)
    return check(new.format_id, new.mg, weight, policy, before)


def _weight_is_picked(act: Act, patient: Patient, new: NewCourse, policy: Policy) -> None:
    """Refused while the body mass index asks for a choice and the prescriber has made none."""
    height = new.height_cm or intake_of(act, patient).height_cm
    three = weights(Kg(new.weight_kg), Cm(height) if height else None, None, policy) if new.weight_kg > 0 else None
    if three and three.must_pick and not new.weight_basis:
        raise Refused(str(three.must_pick), "weight_basis")


def indication_of(act: Act, patient: Patient) -> str:
    """What esketamine is given for, by the evaluation; resistant depression where nothing else was found."""
    return intake_of(act, patient).indication or "trd"


def check(
    format_id: str,
    mg: Decimal,
    weight_kg: Decimal,
    policy: Policy,
    before: History,
    prepared: Prepared | None = None,
) -> DoseCheck:
    """The dose with its limits. Refused, not broken, for a dose or weight that is not above zero."""
    try:
        return check_dose(FORMATS[format_id], Mg(mg), Kg(weight_kg), policy, history=before, prepared=prepared)
    except ValueError:
        raise Refused("Dose: more than 0 mg, at a weight of more than 0 kg.", "mg") from None


def limits_kept(checked: DoseCheck) -> list[dict[str, str]]:
    """The limits that a dose touched, as they are stored with the signature."""
    return [{"hold": one.hold.value, "reason": str(one.reason), "policy": one.source} for one in checked.limits]


def therapist_of(act: Act, patient: Patient, new: NewCourse) -> User | None:
    """Who sees the patient after each dose. Refused where the form of therapy needs someone and none is named."""
    if new.therapist_id is None:
        if new.therapy_form in BOOKED_HERE:
            raise Refused("Choose the therapist for the visits.", "therapist")
        return None
    found = member(act.clinic, new.therapist_id, Role.THERAPIST)
    if found is not None:
        return found
    guest = member(act.clinic, new.therapist_id, Role.GUEST_THERAPIST)
    if guest is None:
        raise Refused("Choose a therapist of this clinic.", "therapist")
    if not is_given(patient, guest):
        raise Refused(
            f"{guest} is a guest and was not given this patient; the clinic lead does that first.", "therapist"
        )
    return guest


def wish_of(act: Act, patient: Patient, new: NewCourse, therapist: User | None, policy: Policy) -> Wish:
    """What is asked of the calendar for a new course."""
    return Wish(
        patient=patient,
        format_id=new.format_id,
        doses=new.doses,
        first_day=new.first_day,
        not_before=new.hour,
        therapy=new.therapy_form,
        therapist=therapist,
        presence=new.presence,
        preparation=new.preparation,
        gap_days=gap_days(FORMATS[new.format_id], policy),
        gaps=gaps_each(FORMATS[new.format_id], policy, new.doses, len(label_days(act, patient, on=new.first_day))),
        had=doses_had(act, patient),
        most_per_week=int(policy.number("plan.course.max_per_week")),
    )


def ways(act: Act, patient: Patient, new: NewCourse) -> list[Option]:
    """Ways to book a course, the best first; nothing is booked. Refused, with what would help, where none is, and for
    a dose that cannot be said in both ways."""
    therapist = therapist_of(act, patient, new)
    check_first_day(act, new.first_day)
    policy, _ = policy_in_force(act.clinic)
    checked_dose(act, patient, new, policy)
    wish = wish_of(act, patient, new, therapist, policy)
    found, why = options(act.clinic, policy, wish, act.at, int(policy.number("plan.day.alternatives")))
    if not found:
        raise Refused(" ".join(why), "first_day")
    return found


def within_limits(checked: DoseCheck, reason: str) -> None:
    """Refused where a hard limit holds, or a soft one holds and no reason is written."""
    if checked.blocked:
        raise Refused(str(checked.limits[0].reason), "mg")
    if checked.needs_reason and len(reason.strip()) < 10:
        raise Refused(f"{checked.limits[0].reason} Write why.", "reason")


def _book(act: Act, course: Course, new: NewCourse, wish: Wish, policy: Policy) -> None:
    if new.shown is not None:
        wish = replace(wish, only=frozenset(new.shown))
    for number, booked in book_course_within(act, policy, wish).items():
        Dose.objects.create(id=uuid7(act.at), clinic=act.clinic, course=course, number=number, booking=booked)


@action("course.plan")
def end_course(act: Act, patient_id: UUID, state: str, reason: str) -> CourseEnd:
    """Ends the running course with a reason and cancels what was booked, but for the visit after a dose given."""
    patient = held(patient_of(act, patient_id, "course.plan"))
    not_oneself(act, patient)
    course = running_course(act, patient)
    if course is None:
        raise Refused("There is no running course to end.")
    if state not in {one.value for one in EndState}:
        raise Refused(f"Choose how the course ended: {', '.join(EndState)}.", "state")
    if no := why_not_end(state_of(course), EndState(state)):
        raise Refused(no, "state")
    end_id = uuid7(act.at)
    end = CourseEnd.objects.create(
        id=end_id,
        clinic=act.clinic,
        course=course,
        at=act.at,
        by=act.person,
        state=state,
        reason_sealed=key_of(patient).seal(reason.strip(), f"course_end/reason/{end_id}"),
    )
    for dose in course.planned.select_related("booking"):
        # Who had a dose keeps the visit after it, however the course ended.
        kept = hasattr(dose, "begun") and state != EndState.DIED.value
        for booking in [dose.booking, *([] if kept else dose.booking.pairs.all())]:
            if booking.starts_at > act.at and booking.cancelled_at is None:
                cancel_within(act, booking.id)
    for booking in preparations(act, course).filter(starts_at__gt=act.at):
        cancel_within(act, booking.id)
    if state == EndState.DIED.value:
        silence_within(act, patient)
    sign("course ended", patient.id, course=course.id, state=state)
    return end
