"""Raises a concern, takes it, settles it. A concern is never closed in bulk and never by itself."""

from uuid import UUID

from kapstone.clinic.ground.concerns.models import Concern, ConcernStep, Tier
from kapstone.clinic.ground.concerns.queries import concern_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of


def raise_within(act: Act, patient: Patient, tier: Tier, source: str, reason: str) -> Concern:
    """Raises a concern as part of the action that found it, in its transaction."""
    concern = Concern.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        raised_at=act.at,
        tier=tier,
        source=source,
        reason=reason,
    )
    sign("concern raised", patient.id, concern=concern.id, tier=tier.value)
    return concern


@action("concern.take")
def take(act: Act, concern_id: UUID) -> None:
    """Makes this person the owner. Taking over from somebody else is allowed and recorded."""
    found = concern_of(act, concern_id, "concern.take")
    if not found.open:
        raise Refused("This concern is already settled.")
    _step(act, found.concern, ConcernStep.TAKEN)


@action("concern.take")
def settle(act: Act, concern_id: UUID, words: str) -> None:
    """Settles a concern with what was done. Only its owner may, and only with words."""
    found = concern_of(act, concern_id, "concern.take")
    if not found.open:
        raise Refused("This concern is already settled.")
    if found.taken is None or found.taken.by != act.actor:
        raise Refused("Take this concern first; then write what you did.")
    if len(words.strip()) < 10:
        raise Refused("Write what you did, in at least a few words.", "words")
    _step(act, found.concern, ConcernStep.SETTLED, words.strip())


def _step(act: Act, concern: Concern, kind: str, words: str = "") -> None:
    step_id = uuid7(act.at)
    sealed = key_of(concern.patient).seal(words, f"concern/words/{step_id}") if words else b""
    ConcernStep.objects.create(
        id=step_id, clinic=act.clinic, concern=concern, kind=kind, at=act.at, by=act.person, words_sealed=sealed
    )
    sign(f"concern {kind}", concern.patient_id, concern=concern.id)
