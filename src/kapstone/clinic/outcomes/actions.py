"""A prescriber chooses the next step among the options, with a reason."""

from uuid import UUID

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, patient_of
from kapstone.clinic.outcomes.models import NextStep
from kapstone.clinic.outcomes.queries import outcomes
from kapstone.clinic.plan.consent.queries import held
from kapstone.clinic.plan.queries import course_of, not_oneself


@action("nextstep.choose")
def choose(act: Act, patient_id: UUID, option: str, reason: str, once: UUID | None = None) -> NextStep:
    """Chooses one of the options that stand on the page now. The same `once` again changes nothing."""
    patient = held(patient_of(act, patient_id, "nextstep.choose"))
    not_oneself(act, patient)
    known = NextStep.objects.filter(id=once).first() if once else None
    if known is not None:
        return _already(act, patient, known)
    offered = outcomes(act, patient).options
    if option not in [one.key for one in offered]:
        raise Refused("Choose one of the options on the page.", "option")
    if len(reason.strip()) < 10:
        raise Refused("Write the reason, in at least a few words.", "reason")
    step_id = once or uuid7(act.at)
    step = NextStep.objects.create(
        id=step_id,
        clinic=act.clinic,
        patient=patient,
        course=course_of(act, patient),
        at=act.at,
        by=act.person,
        option=option,
        options=[{"key": one.key, "reason": str(one.reason)} for one in offered],
        reason_sealed=key_of(patient).seal(reason.strip(), f"next_step/reason/{step_id}"),
    )
    sign("next step chosen", patient.id, step=step.id, option=option)
    return step


def _already(act: Act, patient: Patient, known: NextStep) -> NextStep:
    if (known.patient_id, known.by_id) != (patient.id, act.person.id):
        raise Refused("This page is out of date; open the scores again and sign once more.")
    sign("next step already chosen", patient.id, step=known.id)
    return known
