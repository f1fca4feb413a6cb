"""Names a companion, takes it back, and calls somebody."""

import secrets
from datetime import timedelta
from uuid import UUID

from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Concern, ConcernStep, Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.ground.people.secret import hashed
from kapstone.clinic.plan.consent.queries import held, under_the_drug, wait_words
from kapstone.clinic.session.models import Companion

SAME_CALL = timedelta(minutes=5)
SOURCE = "my day"
ASKED = "Asks for somebody, from their page."


@action("companion.keep")
def name_companion(act: Act, name: str) -> str:
    """A new address for who takes the patient home; an earlier one stops working. The secret is shown once.

    Under the drug nobody new is let in; taking back always works.
    """
    patient = held(me(act))
    until = under_the_drug(act, patient)
    if until is not None:
        raise Refused(wait_words(act, until, "Letting somebody new see this"), "name")
    if not name.strip():
        raise Refused("Write the name of who takes you home.", "name")
    Companion.objects.filter(clinic=act.clinic, patient=patient, ended_at=None).update(ended_at=act.at)
    secret = secrets.token_urlsafe(24)
    made = Companion.objects.create(
        id=uuid7(act.at), clinic=act.clinic, patient=patient, name=name.strip(), hash=hashed(secret), made_at=act.at
    )
    sign("companion named", patient.id, companion=made.id)
    return secret


@action("companion.keep")
def end_companion(act: Act) -> None:
    """The companion's address stops working, at any moment and without a reason."""
    _end(act, held(me(act)))


@action("companion.end")
def end_companion_told(act: Act, patient_id: UUID) -> None:
    """The same, where the patient tells somebody of the clinic."""
    _end(act, held(patient_of(act, patient_id, "companion.end")))


def _end(act: Act, patient: Patient) -> None:
    Companion.objects.filter(clinic=act.clinic, patient=patient, ended_at=None).update(ended_at=act.at)
    sign("companion ended", patient.id)


@action("companion.keep")
def need_someone(act: Act) -> None:
    """The patient asks for a person, with one tap. Whoever is on call is told now.

    A tap within minutes of a call that nobody has settled is the same call; later it is told anew.
    """
    patient = held(me(act))
    calls = Concern.objects.filter(patient=patient, source=SOURCE, raised_at__gt=act.at - SAME_CALL)
    if not calls.exclude(steps__kind=ConcernStep.SETTLED).exists():
        raise_within(act, patient, Tier.NOW, SOURCE, ASKED)
    sign("asked for somebody", patient.id)
