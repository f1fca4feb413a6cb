"""Writes of the REMS: the setting's certificate, a step of an enrolment, a kit and what becomes of it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from kapstone.care.plan import FORMATS
from kapstone.care.plan.esketamine import may_use
from kapstone.care.quantities import Mg
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import patient_of, policy_in_force
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.esketamine.queries import arrived, enrolment, kit_of, kits_of
from kapstone.clinic.plan.models import Dose, EnrolmentStep, Kit, KitStep, SiteCertificate

ESKETAMINE = next(one.id for one in FORMATS.values() if not one.racemic)
STEP_WORDS = {"send": "Form sent", "confirm": "Confirmed", "refuse": "Refused", "end": "Ended"}
KIT_WORDS = {
    "arrive": "Arrived",
    "return": "Sent back unopened",
    "give up": "Not coming",
    "use": "Used",
}


@action("rems.keep")
def certify(act: Act, since: date, until: date | None) -> SiteCertificate:
    """Writes that this setting is certified in the REMS from a day on, perhaps until another."""
    if until is not None and until < since:
        raise Refused("Until: not before the first day.", "until")
    if since > _today(act):
        raise Refused("From: once the programme has confirmed it, so not in the future.", "since")
    made = SiteCertificate.objects.create(
        id=uuid7(act.at), clinic=act.clinic, at=act.at, by=act.person, since=since, until=until
    )
    sign("setting certified", certificate=made.id)
    return made


@action("rems.keep")
def step_enrolment(act: Act, patient_id: UUID, step: str, on: date) -> EnrolmentStep:
    """Writes the next step of an enrolment. Refused where it does not follow on where the enrolment stands."""
    patient = held(patient_of(act, patient_id, "rems.keep"))
    stands = enrolment(patient)
    if step not in stands.steps:
        could = " or ".join(f"“{STEP_WORDS[one].lower()}”" for one in stands.steps)
        raise Refused(f"The enrolment stands at “{stands.state.words.lower()}”; next can be {could}.", "step")
    _not_in_future(act, on)
    if stands.on is not None and on < stands.on:
        raise Refused(f"Day: the step before it is of {stands.on:%Y-%m-%d}; choose that day or a later one.", "on")
    made = EnrolmentStep.objects.create(
        id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, by=act.person, step=step, on=on
    )
    sign("enrolment", patient.id, step=step)
    return made


@action("rems.keep")
def expect_kit(act: Act, patient_id: UUID, mg: Decimal, expected_on: date | None) -> Kit:
    """Writes that a pharmacy sends a kit for this patient."""
    patient = held(patient_of(act, patient_id, "rems.keep"))
    policy, _ = policy_in_force(act.clinic)
    allowed = policy.names(f"plan.{ESKETAMINE}.allowed_mg")
    if Mg(mg) not in [Mg.of(one) for one in allowed]:
        raise Refused(f"Kit: a kit holds one of the label's doses, {' or '.join(allowed)} mg.", "mg")
    made = Kit.objects.create(
        id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, by=act.person, mg=mg, expected_on=expected_on
    )
    sign("kit expected", patient.id, kit=made.id, mg=mg)
    return made


@action("rems.keep")
def step_kit(act: Act, kit_id: UUID, step: str, on: date) -> KitStep:
    """Writes what became of a kit. It is used by starting the patient's own dose, and in no other way."""
    seen = kit_of(act, kit_id, "rems.keep")
    held(seen.kit.patient)
    seen = kit_of(act, kit_id, "rems.keep")
    if step not in seen.steps:
        raise Refused(f"This kit is {seen.supply.state.value}; open the page again.", "step")
    _not_in_future(act, on)
    made = _step(act, seen.kit, step, on, None)
    sign("kit", seen.kit.patient_id, kit=seen.kit.id, step=step)
    return made


def use_kit_within(act: Act, dose: Dose, mg: Mg, kit_id: UUID | None) -> Kit | None:
    """Uses a kit for a dose that starts, inside the action that starts it.

    Where a pharmacy sends kits for this patient, one that is here is used; None only where no kit is here. A kit goes
    to nobody else, and a dose of another amount leaves it closed.
    """
    patient = dose.course.patient
    here = arrived(patient)
    if kit_id is None:
        if any(Mg(one.mg) == mg for one in here):
            raise Refused("A kit for this patient is here: choose it. It goes to nobody else.", "kit")
        return None
    seen = next((one for one in kits_of(patient) if one.kit.id == kit_id), None)
    if seen is None:
        raise Refused("This kit was sent for another patient and goes to nobody else.", "kit")
    if against := may_use(seen.supply, patient.id, mg):
        raise Refused(" ".join(str(one) for one in against), "kit")
    _step(act, seen.kit, "use", _today(act), dose)
    return seen.kit


def _step(act: Act, kit: Kit, step: str, on: date, dose: Dose | None) -> KitStep:
    return KitStep.objects.create(
        id=uuid7(act.at), clinic=act.clinic, kit=kit, at=act.at, by=act.person, step=step, on=on, dose=dose
    )


def _today(act: Act) -> date:
    return act.at.astimezone(act.clinic.zone).date()


def _not_in_future(act: Act, on: date) -> None:
    if on > _today(act):
        raise Refused("Day: write it once it has happened, today or an earlier day.", "on")
