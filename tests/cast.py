"""The standing cast: two clinics, a person for every role, and patients whose every text carries a canary.

Ana is a patient of Elm Clinic with a whole course behind her. Ben is there too and is given to nobody. Cleo is Ana's
like in another clinic: nobody of Elm may ever read a word of hers. Everything is made through actions.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from kapstone.care.evaluation import Kind, Who, asks
from kapstone.care.evidence import default_policy
from kapstone.care.plan import TherapyForm
from kapstone.care.plan.licences import Licence
from kapstone.care.plan.touch import Touch
from kapstone.care.quantities import Instant
from kapstone.care.session import MET, OBSERVED, Timeout
from kapstone.care.session.register import Shape, Use
from kapstone.care.session.timeout import QUESTIONS
from kapstone.clinic.evaluation import actions as evaluation
from kapstone.clinic.evaluation.documents.actions import Upload
from kapstone.clinic.ground.bookings.actions import open_room
from kapstone.clinic.ground.bookings.models import Booking, BookingKind, RoomKind
from kapstone.clinic.ground.concerns import actions as concerns
from kapstone.clinic.ground.concerns.models import Concern
from kapstone.clinic.ground.concerns.roster.actions import NewLine, add_line
from kapstone.clinic.ground.concerns.roster.queries import lines
from kapstone.clinic.ground.people import actions as people
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic, Patient, User
from kapstone.clinic.ground.people.roles import STAFF, Role
from kapstone.clinic.guide import actions as guide
from kapstone.clinic.integration import actions as integration
from kapstone.clinic.outcomes import actions as outcomes
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.consent.queries import drugs_offered
from kapstone.clinic.plan.licences.actions import NewLicence, hold_licence
from kapstone.clinic.plan.ordering import actions as ordering
from kapstone.clinic.plan.ordering.prn import Prn
from kapstone.clinic.plan.touch.actions import agree_to_touch
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.register import actions as register
from kapstone.clinic.session.register.actions import Arrived, Signed
from kapstone.clinic.session.register.queries import differences
from kapstone.rehearsal.checking import check_as_ordered
from kapstone.rehearsal.consenting import agree

MONDAY = Instant(datetime(2026, 11, 2, 15, 0, tzinfo=UTC))
"""10 in the morning in New York, the day after the clocks went back."""

DOSE_DAY = Instant(datetime(2026, 11, 3, 15, 0, tzinfo=UTC))
VISIT_DAY = Instant(datetime(2026, 11, 5, 20, 0, tzinfo=UTC))
NOW = Instant(datetime(2026, 11, 10, 15, 0, tzinfo=UTC))

PHQ_9_LINKS = ("44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8")


@dataclass
class House:
    """One clinic with its people."""

    clinic: Clinic
    staff: dict[Role, User]
    canary: str

    def act(self, role: Role, at: Instant, reason: str = "") -> Act:
        """Somebody of this role acting now."""
        return Act(self.staff[role], self.clinic, frozenset({role}), at, "tablet-1", uuid7(at), reason)

    def as_patient(self, patient: Patient, at: Instant) -> Act:
        """This patient acting now."""
        return Act(patient.user, self.clinic, frozenset({Role.PATIENT}), at, "phone-1", uuid7(at))

    def public(self, at: Instant) -> Act:
        """Anyone."""
        return Act(None, self.clinic, frozenset(), at, "phone-2", uuid7(at))


@dataclass
class Story:
    """A patient with the id of every record that a route may name."""

    patient: Patient
    house: House
    canary: str
    ids: dict[str, UUID] = field(default_factory=dict)


@dataclass
class Cast:
    """Everybody."""

    elm: House
    oak: House
    ana: Story
    ben: Story
    cleo: Story


def assemble() -> Cast:
    """Makes everybody, inside the test's transaction."""
    elm, oak = (
        _house("Elm Clinic", "elm", MONDAY),
        _house("Oak Clinic", "oak", Instant(MONDAY + timedelta(minutes=1))),
    )
    ana = whole_course(elm, "ana")
    ben = _admitted(elm, "ben")
    cleo = whole_course(oak, "cleo")
    people.give(elm.act(Role.CLINIC_LEAD, MONDAY), ana.patient.id, elm.staff[Role.GUEST_THERAPIST].id)
    return Cast(elm, oak, ana, ben, cleo)


def _house(name: str, canary: str, opened: Instant) -> House:
    clinic = people.open_clinic(
        opened, name=name, zone="America/New_York", phone="203-555-0100", place="New Haven", state="CT", demo=True
    )
    staff = {
        role: people.add_staff(
            clinic, MONDAY, name=f"{role.label} of {name}", email=f"{role.value}@{canary}.example", roles=[role]
        )
        for role in sorted(STAFF)
    }
    for number in (1, 2):
        open_room(clinic, MONDAY, f"Chair {number}", RoomKind.TREATMENT)
    open_room(clinic, MONDAY, "Quiet room", RoomKind.THERAPY)
    house = House(clinic, staff, canary)
    license_staff(house)
    director = house.act(Role.MEDICAL_DIRECTOR, MONDAY)
    version = people.propose_policy(director, default_policy(), "Signed by a fictional director, for tests")
    people.sign_policy(director, version.id)
    put_on_call(house)
    return house


def license_staff(house: House) -> None:
    """The prescriber is a physician, the nurse a registered nurse; the lead looked both up."""
    for role, licence in ((Role.PRESCRIBER, Licence.MD), (Role.NURSE, Licence.RN)):
        new = NewLicence(house.staff[role].id, licence, "CT", f"{licence.value}-1", date(2028, 6, 30))
        hold_licence(house.act(Role.CLINIC_LEAD, MONDAY), new)


ON_CALL = (Role.ON_CALL, Role.NURSE, Role.PRESCRIBER)
"""First, second and third on call of each house, on weekdays from 8 to 18."""


def put_on_call(house: House) -> None:
    """The roster that the lead has made."""
    for rank, role in enumerate(ON_CALL, start=1):
        add_line(
            house.act(Role.CLINIC_LEAD, MONDAY),
            NewLine(house.staff[role].id, rank, frozenset(range(5)), time(8), time(18), date(2026, 11, 2)),
        )


def _admitted(house: House, name: str) -> Story:
    canary = f"CANARY-{name}"
    asked = guide.enquire(
        house.public(MONDAY), name=f"{canary}-name", email=f"{name}@patients.example", phone=f"{canary}-phone",
        message=f"{canary}-enquiry",
    )  # fmt: skip
    patient = guide.invite(
        house.act(Role.FRONT_DESK, MONDAY),
        asked.id,
        name=f"{canary}-name",
        email=f"{name}@patients.example",
        birth_date=date(1984, 3, 27),
    )
    ids = {"enquiry_id": asked.id, "patient_id": patient.id, "line_id": lines(house.act(Role.NURSE, MONDAY))[0].id}
    return Story(patient, house, canary, ids)


def phq_9(*points: int | None) -> dict[str, int | None]:
    """Answers by link id; nine points."""
    return {f"/{code}": value for code, value in zip(PHQ_9_LINKS, points, strict=True)}


def healthy() -> dict[str, object]:
    """A history in which nothing stands in the way."""
    no = [name for name, ask in asks().items() if ask.kind == Kind.YES_NO and ask.who == Who.PATIENT]
    return {**dict.fromkeys(no, False), "medicines": []}


def found_by_clinician() -> dict[str, object]:
    """What the prescriber asked and found."""
    failed = {
        "adequate_dose": True,
        "response_percent": 10,
        "stopped_for_side_effects": False,
        "taken_as_prescribed": True,
        "weeks": 8,
    }
    no = (
        "pressure_rise_hazard heart_event_released antiemetic_planned personality_disorder_severe "
        "ketamine_misuse_released asq_acute asq_positive clinician_urgent_flag suicidality_unchanged"
    )
    tested = dict.fromkeys(("urine_screen_on", "ecg_on", "liver_panel_on", "pdmp_on"), "2026-11-01")
    return {
        **dict.fromkeys(no.split(), False),
        **tested,
        **dict.fromkeys(("alt_uln", "ast_uln", "alp_uln", "ggt_uln", "bilirubin_uln"), 0.6),
        "urine_screen_unexplained": False,
        "qtc_ms": 420,
        "height_cm": 172,
        "weight_kg": 70,
        "child_pugh": "none",
        "oral_antidepressant": True,
        "diagnosis_confirmed": True,
        "diagnosis": "mdd",
        "capacity_documented": True,
        "trials": [{"drug": "sertraline", **failed}, {"drug": "venlafaxine", **failed}],
    }


def evaluated(house: House, name: str) -> Story:
    """Admitted, intake sent, offered, consented."""
    story = _admitted(house, name)
    canary, patient = story.canary, story.patient
    me = house.as_patient(patient, MONDAY)
    evaluation.answer(me, "phq-9", phq_9(3, 3, 2, 2, 2, 2, 2, 1, 1), "intake")
    evaluation.answer(me, "asq", {f"asq.{number}": 0 for number in range(1, 5)}, "intake")
    evaluation.answer_history(me, {**healthy(), "allergies": f"{canary}-allergies"})
    evaluation.send_intake(me)
    doctor = house.act(Role.PRESCRIBER, MONDAY)
    evaluation.complete_history(doctor, patient.id, found_by_clinician())
    evaluation.decide(
        doctor, patient.id, outcome="offer", reason=f"{canary}-reason", for_patient=f"{canary}-for-patient"
    )
    for drug in sorted(drugs_offered(me, patient)):
        agree(me, drug, patient.name)
    agree_to_touch(me, patient.id, Touch.HAND)
    return story


def planned(house: House, name: str, doses: int = 2) -> Story:
    """With a signed course of IV doses, a visit after each."""
    story = evaluated(house, name)
    course = plan.plan_course(
        house.act(Role.PRESCRIBER, MONDAY),
        story.patient.id,
        NewCourse(
            format_id="iv",
            mg=Decimal(35),
            weight_kg=Decimal(70),
            doses=doses,
            first_day=date(2026, 11, 3),
            hour=time(9, 30),
            therapy_form=TherapyForm.EACH_DOSE,
            therapist_id=house.staff[Role.THERAPIST].id,
        ),
    )
    story.ids["dose_id"] = course.planned.get(number=1).id
    return story


def dosing(house: House, name: str) -> Story:
    """Arrived, timed out, dose begun, one reading."""
    return checked_in_and_dosed(house, planned(house, name))


def checked_in_and_dosed(house: House, story: Story) -> Story:
    """The dose of a planned story begins."""
    doctor, nurse = house.act(Role.PRESCRIBER, DOSE_DAY), house.act(Role.NURSE, DOSE_DAY)
    ondansetron = Prn("ondansetron", Decimal(4), "mg", "vomiting", 1, "prn_mouth")
    ordering.sign_orders(doctor, story.ids["dose_id"], Decimal(35), [ondansetron])
    opened = session.arrive(nurse, story.ids["dose_id"])
    story.ids["session_id"] = opened.id
    session.pass_timeout(nurse, opened.id, timeout(DOSE_DAY))
    check_as_ordered(doctor, opened.id)
    session.start_dose(nurse, opened.id)
    session.record(nurse, opened.id, [Reading(values(128, 78))])
    return story


def checked(house: House, session_id: UUID, at: Instant) -> None:
    """The second person reads what was ordered."""
    check_as_ordered(house.act(Role.PRESCRIBER, at), session_id)


def timeout(at: Instant) -> Timeout:
    """Everything answered yes, all numbers fresh."""
    yes: dict[str, bool | None] = {ask.key: True for ask in QUESTIONS}
    return Timeout(yes, Decimal(70), Decimal(124), Decimal(76), at)


def values(sbp: int, dbp: int, hr: int = 72, spo2: int = 98, rr: int = 14) -> dict[str, Decimal]:
    """One set of readings."""
    return {key: Decimal(v) for key, v in {"sbp": sbp, "dbp": dbp, "hr": hr, "spo2": spo2, "rr": rr}.items()}


def released(house: House, name: str) -> Story:
    """Observed and released, two hours later."""
    story = dosing(house, name)
    here = story.ids["session_id"]

    def nurse(minutes: int) -> Act:
        return house.act(Role.NURSE, Instant(DOSE_DAY + timedelta(minutes=minutes)))

    session.note(nurse(5), here, f"{story.canary}-session-note")
    session.record(nurse(30), here, [Reading(values(130, 80), nurse(minute).at) for minute in (10, 20, 30)])
    session.end_dose(nurse(40), here)
    session.record(nurse(100), here, [Reading(values(130, 80), nurse(minute).at) for minute in (40, 55, 70, 85, 100)])
    for what in OBSERVED:
        session.observe(nurse(101), here, what, MET, f"{story.canary}-observation")
    session.release_patient(nurse(105), here)
    return story


def unread(house: House, story: Story) -> None:
    """An ECG with its paper that nobody has read, and a liver panel that is asked for."""
    nurse, patient, canary = house.act(Role.NURSE, VISIT_DAY), story.patient.id, story.canary
    paper = Upload(f"{canary}-paper.pdf", b"%PDF-1.4\n" + canary.encode() + b"-paper\n%%EOF\n")
    result = evaluation.receive_result(
        nurse,
        patient,
        "ecg",
        values={"qtc_ms": 420},
        taken_on=date(2026, 11, 5),
        note=f"{canary}-test-note",
        upload=paper,
    )
    assert result.document_id
    story.ids |= {"result_id": result.id, "document_id": result.document_id}
    story.ids["asked_id"] = evaluation.ask_for_test(nurse, patient, "liver", why=f"{canary}-test-note").id


def whole_course(house: House, name: str) -> Story:
    """Through the journal, the visit, a worse score with its concern, and the next step."""
    story = released(house, name)
    canary, patient = story.canary, story.patient
    evening = house.as_patient(patient, Instant(DOSE_DAY + timedelta(hours=8)))
    story.ids["entry_id"] = integration.write_entry(evening, f"{canary}-private", "calm").id
    morning = house.as_patient(patient, Instant(DOSE_DAY + timedelta(days=1)))
    integration.write_entry(morning, f"{canary}-shared", "open", share=True)
    visit = Booking.objects.get(patient=patient, kind=BookingKind.INTEGRATION, number=1)
    story.ids["booking_id"] = visit.id
    integration.keep_visit(
        house.act(Role.THERAPIST, VISIT_DAY),
        visit.id,
        modality="cbt",
        note=f"{canary}-visit-note",
        next_act=f"{canary}-act",
    )
    evaluation.answer(house.as_patient(patient, VISIT_DAY), "phq-9", phq_9(1, 1, 1, 1, 1, 1, 1, 0, 2), "check-in")
    concern = Concern.objects.filter(patient=patient).order_by("-raised_at")[0]
    story.ids["concern_id"] = concern.id
    on_call = house.act(Role.ON_CALL, VISIT_DAY)
    concerns.take(on_call, concern.id)
    concerns.settle(on_call, concern.id, f"{canary}-concern-words")
    outcomes.choose(house.act(Role.PRESCRIBER, VISIT_DAY), patient.id, "continue", f"{canary}-step-reason")
    unread(house, story)
    drawn_from_a_vial(house, story)
    return story


def drawn_from_a_vial(house: House, story: Story) -> None:
    """The register has the vial, sent for this patient alone, and what was drawn from it."""
    label = Arrived("ketamine", Shape.VIAL, Decimal(50), Decimal(10), "NDC-1", "LOT-7", date(2030, 1, 31), "III", 1)
    lead, nurse = house.act(Role.CLINIC_LEAD, VISIT_DAY), house.act(Role.NURSE, VISIT_DAY)
    (vial,) = register.receive(lead, replace(label, patient_id=story.patient.id), opening=True)
    use = Use("LOT-7", Decimal("0.7"), Decimal("0.7"), Decimal(0), Decimal(0), "", "")
    register.draw(nurse, vial.row.id, story.ids["session_id"], use)
    register.count(nurse, {vial.row.id: Decimal(9)}, Signed(witness=house.act(Role.PRESCRIBER, VISIT_DAY)))
    (difference, _), *_ = differences(lead)
    story.ids |= {"container_id": vial.row.id, "register_line_id": UUID(difference.entry.id)}
