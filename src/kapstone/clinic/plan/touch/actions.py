"""Writes which touch a patient agrees to. Less is always taken; more is not asked of somebody under the drug."""

from uuid import UUID

from kapstone.care.plan.touch import TOUCH, Touch, wider
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.plan.consent.queries import held, under_the_drug, wait_words
from kapstone.clinic.plan.models import TouchAgreed
from kapstone.clinic.plan.touch.queries import touch_of


@action("touch.keep")
def agree_to_touch(act: Act, patient_id: UUID, touch: Touch) -> None:
    """The patient says which touch is all right, themselves or to who writes it. The same again changes nothing."""
    patient = held(patient_of(act, patient_id, "touch.see"))
    now = touch_of(act, patient)
    until = under_the_drug(act, patient)
    if wider(touch, now) and until is not None:
        raise Refused(wait_words(act, until, "Less touch is taken at once. Agreeing to more"), "touch")
    if touch is not now or not TouchAgreed.objects.filter(patient=patient).exists():
        TouchAgreed.objects.create(
            id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, by=act.person, touch=touch.value
        )
    sign("touch agreed", patient.id, touch=TOUCH[touch])
