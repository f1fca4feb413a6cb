"""Consent is signed, a course is planned with its bookings, orders are signed for a dose day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kapstone.care.evaluation import Candidacy, Severity, evaluate
from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS, TherapyForm, check_dose
from kapstone.care.plan.consent import CONSENT
from kapstone.care.plan.dose import DoseCheck
from kapstone.care.plan.therapy import BOOKED_HERE
from kapstone.care.quantities import Kg, Mg
from kapstone.clinic.evaluation.queries import intake_of, latest_decision
from kapstone.clinic.ground.bookings.actions import book_within, cancel_within
from kapstone.clinic.ground.bookings.models import BookingKind
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient, User
from kapstone.clinic.ground.people.queries import key_of, me, member, patient_of, policy_in_force
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.models import Consent, Course, CourseEnd, Dose, Order
from kapstone.clinic.plan.queries import consent_of, dose_of, preview, running_course

END_STATES = ("completed", "stopped", "declined", "transferred", "lost", "died")


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


@dataclass(frozen=True, slots=True)
class Prn:
    """A medicine to give if needed."""

    drug: str
    amount: Decimal
    unit: str
    trigger: str
    most_times: int


@action("consent.sign")
def sign_consent(act: Act, signed_name: str) -> Consent:
    """The patient agrees to the text of today by typing their name. Signing twice changes nothing."""
    patient = me(act)
    decided = latest_decision(act, patient)
    if decided is None or not decided.offered:
        raise Refused("There is nothing to consent to yet: no treatment has been offered.")
    if _plain(signed_name) != _plain(patient.name):
        raise Refused(f"Type your name as we have it: {patient.name}.", "signed_name")
    known = consent_of(act, patient)
    if known is None:
        known = Consent.objects.create(
            id=uuid7(act.at),
            clinic=act.clinic,
            patient=patient,
            at=act.at,
            text_version=CONSENT.version,
            text_digest=CONSENT.digest,
            signed_name=signed_name.strip(),
        )
    sign("consented", patient.id, consent=known.id, text=CONSENT.digest)
    return known


@action("course.plan")
def plan_course(act: Act, patient_id: UUID, new: NewCourse) -> Course:
    """Plans a course: checks the dose, books every dose with the visit that follows, all or nothing."""
    patient = patient_of(act, patient_id, "course.plan")
    _may_begin(act, patient, new.format_id)
    therapist = therapist_of(act, new)
    if new.first_day < act.at.astimezone(act.clinic.zone).date():
        raise Refused("First day: choose today or a later day.", "first_day")
    policy, version = policy_in_force(act.clinic)
    checked = check_dose(FORMATS[new.format_id], Mg(new.mg), Kg(new.weight_kg), policy, first=True)
    _within_limits(checked, new.reason)
    course_id = uuid7(act.at)
    course = Course.objects.create(
        id=course_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        format=new.format_id,
        mg=new.mg,
        weight_kg=new.weight_kg,
        doses=new.doses,
        therapy_form=new.therapy_form.value,
        therapist=therapist,
        policy=version,
        limits=[
            {"hold": one.hold.value, "reason": str(one.reason), "policy": one.policy_key} for one in checked.limits
        ],
        reason_sealed=key_of(patient).seal(new.reason, f"course/reason/{course_id}") if new.reason else b"",
    )
    _book(act, patient, course, new, therapist)
    sign("course planned", patient.id, course=course.id, format=new.format_id, mg=new.mg, doses=new.doses)
    return course


def _may_begin(act: Act, patient: Patient, format_id: str) -> None:
    decided = latest_decision(act, patient)
    if decided is None or not decided.offered:
        raise Refused("No prescriber has offered this patient treatment yet; decide the evaluation first.")
    if format_id not in decided.decision.formats:
        raise Refused("The decision does not offer this format: something stops it or was not known.", "format_id")
    if consent_of(act, patient) is None:
        raise Refused("The patient has not signed the consent yet; a course cannot start without it.")
    _nothing_stops(act, patient, format_id)
    if running_course(act, patient) is not None:
        raise Refused("This patient already has a course; end it before planning another.")


def _nothing_stops(act: Act, patient: Patient, format_id: str) -> None:
    """Runs the rules once more as a course starts: what was not known then must be known now."""
    policy, _ = policy_in_force(act.clinic)
    intake = replace(intake_of(act, patient), consent_signed=True)
    verdict = evaluate(intake, policy, [format_id], phase="course_start").per_format[format_id]
    if verdict.candidacy >= Candidacy.HOLD:
        stops = [one for one in verdict.findings if one.severity >= Severity.HOLD and one.phase != "each_dose"]
        raise Refused("A course cannot start yet. " + " ".join(str(one.reason) for one in stops), "format_id")


def checked_dose(values: Mapping[str, Any], policy: Policy) -> DoseCheck:
    """The dose of a course form, said in both ways with its limits."""
    return check_dose(FORMATS[values["format_id"]], Mg(values["mg"]), Kg(values["weight_kg"]), policy, first=True)


def therapist_of(act: Act, new: NewCourse) -> User | None:
    """Who sees the patient after each dose. Refused where the form of therapy needs someone and none is named."""
    if new.therapist_id is None:
        if new.therapy_form in BOOKED_HERE:
            raise Refused("Choose the therapist for the visits.", "therapist")
        return None
    found = member(act.clinic, new.therapist_id, Role.THERAPIST)
    found = found or member(act.clinic, new.therapist_id, Role.GUEST_THERAPIST)
    if found is None:
        raise Refused("Choose a therapist of this clinic.", "therapist")
    return found


def _within_limits(checked: DoseCheck, reason: str) -> None:
    if checked.blocked:
        raise Refused(str(checked.limits[0].reason), "mg")
    if checked.needs_reason and len(reason.strip()) < 10:
        raise Refused(f"{checked.limits[0].reason} Write why.", "reason")


def _book(act: Act, patient: Patient, course: Course, new: NewCourse, therapist: User | None) -> None:
    pairs = preview(act, new.format_id, new.first_day, new.doses, new.therapy_form, therapist, new.hour)
    for pair in pairs:
        booked = book_within(act, patient, BookingKind.DOSING, pair.number, pair.dose, None)
        Dose.objects.create(id=uuid7(act.at), clinic=act.clinic, course=course, number=pair.number, booking=booked)
        if pair.visit:
            book_within(act, patient, BookingKind.INTEGRATION, pair.number, pair.visit, therapist, booked)


@action("course.plan")
def end_course(act: Act, patient_id: UUID, state: str, reason: str) -> CourseEnd:
    """Ends the running course with a reason and cancels what was still booked."""
    patient = patient_of(act, patient_id, "course.plan")
    course = running_course(act, patient)
    if course is None:
        raise Refused("There is no running course to end.")
    if state not in END_STATES:
        raise Refused(f"Choose how the course ended: {', '.join(END_STATES)}.", "state")
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
        for booking in [dose.booking, *dose.booking.pairs.all()]:
            if booking.starts_at > act.at and booking.cancelled_at is None:
                cancel_within(act, booking.id)
    sign("course ended", patient.id, course=course.id, state=state)
    return end


@action("order.sign")
def sign_orders(act: Act, dose_id: UUID, mg: Decimal, prn: list[Prn]) -> list[Order]:
    """Signs the dose and the medicines to give if needed for one dose day; they expire 12 hours after its start."""
    dose = dose_of(act, dose_id, "order.sign")
    course = dose.course
    policy, _ = policy_in_force(act.clinic)
    checked = check_dose(FORMATS[course.format], Mg(mg), Kg(course.weight_kg), policy, first=dose.number == 1)
    if checked.blocked:
        raise Refused(str(checked.limits[0].reason), "mg")
    if Order.objects.filter(dose=dose, kind=Order.DOSE, expires_at__gt=act.at).exists():
        raise Refused("The dose of this day is already ordered; the order stands until it expires.")
    expires = dose.booking.starts_at + timedelta(hours=12)
    drug = FORMATS[course.format].drug
    wanted = [(Order.DOSE, Prn(drug, mg, "mg", "", 1)), *((Order.PRN, one) for one in prn)]
    made = [
        Order.objects.create(
            id=uuid7(act.at),
            clinic=act.clinic,
            dose=dose,
            kind=kind,
            drug=one.drug,
            amount=one.amount,
            unit=one.unit,
            trigger=one.trigger,
            most_times=one.most_times,
            expires_at=expires,
            signed_at=act.at,
            signed_by=act.person,
        )
        for kind, one in wanted
    ]
    sign("orders signed", course.patient_id, dose=dose.id, mg=mg, prn=len(prn))
    return made


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
