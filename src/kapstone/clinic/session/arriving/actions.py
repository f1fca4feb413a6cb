"""The patient is here: opens the session, pins the signed policy, and gives them a chair."""

from uuid import UUID

from kapstone.care.session import Phase
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.plan.queries import dose_of
from kapstone.clinic.session.chairs.queries import free_chair
from kapstone.clinic.session.dosing.guards import may_be_dosed_today
from kapstone.clinic.session.lines import sign_for
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.queries import seen, session_for
from kapstone.clinic.session.record import append, lock_clinic, lock_patient


@action("session.arrive")
def arrive(act: Act, dose_id: UUID) -> TreatmentSession:
    """The patient is here: opens the session and pins the signed policy. Arriving twice is one arrival.

    After a session that was called off, a new one is opened.
    """
    dose = dose_of(act, dose_id)
    lock_patient(dose.course.patient_id)
    known = session_for(act, dose, "session.arrive")
    if known is None or seen(act, known).phase is Phase.CANCELLED:
        may_be_dosed_today(act, dose)
        _, version = policy_in_force(act.clinic)
        if version is None:
            raise Refused("No policy is signed yet; a medical director must sign one before any dose.")
        known = TreatmentSession.objects.create(
            id=uuid7(act.at),
            clinic=act.clinic,
            patient=dose.course.patient,
            dose=dose,
            policy=version,
            opened_at=act.at,
        )
        lock_clinic(act.clinic.id)
        chair = free_chair(act, str(dose.booking.room))
        append(act, known, "arrived", {"chair": str(chair.number)} if chair else {})
    sign_for(known, "arrived")
    return known
