"""Raises a concern, takes it, hands it over, settles it. A concern is never closed in bulk and never by itself."""

from uuid import UUID

from kapstone.clinic.ground.concerns.models import Concern, ConcernStep, Tier
from kapstone.clinic.ground.concerns.notices.actions import tell_new_owner_within, tell_within
from kapstone.clinic.ground.concerns.queries import Item, concern_of
from kapstone.clinic.ground.concerns.roster.queries import clinicians
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient, User
from kapstone.clinic.ground.people.queries import key_of

LEAST_WORDS = 10
REACHED = ("phone", "person")


def raise_within(act: Act, patient: Patient, tier: Tier, source: str, reason: str) -> Concern:
    """Raises a concern as part of the action that found it, in its transaction. Whoever must know now is written
    down in the same transaction; the mail goes out after it, by the job, so that no mail server holds up a form."""
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
    tell_within(act, concern)
    return concern


@action("concern.take")
def take(act: Act, concern_id: UUID) -> None:
    """Makes this person the owner. Taking over from somebody else is allowed and recorded."""
    _step(act, _open(act, concern_id).concern, ConcernStep.TAKEN)


@action("concern.take")
def settle(act: Act, concern_id: UUID, words: str, how: str = "phone") -> None:
    """Settles a concern with what was done. Only its owner may, and only with words."""
    found = _mine(act, concern_id, words)
    if how not in REACHED:
        raise Refused("Choose how you reached the patient.", "how")
    _step(act, found.concern, ConcernStep.SETTLED, words.strip(), how=how)


@action("concern.take")
def could_not_reach(act: Act, concern_id: UUID, words: str) -> None:
    """The patient was not reached. It stays open, nobody has it any more, and the next person is told at once."""
    found = _mine(act, concern_id, words)
    _step(act, found.concern, ConcernStep.UNREACHED, words.strip())
    tell_within(act, Concern.objects.get(id=found.concern.id))


@action("concern.take")
def hand_over(act: Act, concern_id: UUID, to_id: UUID) -> None:
    """Gives a concern to somebody else who may settle it; they are told, and the clock begins anew."""
    found = _owned(act, concern_id)
    to = next((one for one in clinicians(act.clinic, act.at) if one.id == to_id), None)
    if to is None or to == act.actor:
        raise Refused("Choose somebody else who works here and may open a concern.", "to")
    _step(act, found.concern, ConcernStep.HANDED, to=to)
    tell_new_owner_within(act, found.concern, to.id)


def _open(act: Act, concern_id: UUID) -> Item:
    """The concern, locked, so that no two people, and no person and the job, act past each other."""
    Concern.objects.select_for_update().filter(clinic=act.clinic, id=concern_id).first()
    found = concern_of(act, concern_id, "concern.take")
    if not found.open:
        raise Refused("This concern is already settled.")
    return found


def _owned(act: Act, concern_id: UUID) -> Item:
    found = _open(act, concern_id)
    if found.owner is None or found.owner != act.actor:
        raise Refused("Take this concern first; then write what you did.")
    return found


def _mine(act: Act, concern_id: UUID, words: str) -> Item:
    found = _owned(act, concern_id)
    if len(words.strip()) < LEAST_WORDS:
        raise Refused("Write what you did, in at least a few words.", "words")
    return found


def _step(act: Act, concern: Concern, kind: str, words: str = "", to: User | None = None, how: str = "") -> None:
    step_id = uuid7(act.at)
    sealed = key_of(concern.patient).seal(words, f"concern/words/{step_id}") if words else b""
    ConcernStep.objects.create(
        id=step_id,
        clinic=act.clinic,
        concern=concern,
        kind=kind,
        at=act.at,
        by=act.person,
        to=to,
        how=how,
        words_sealed=sealed,
    )
    more = {"to": to.id} if to else {}
    sign(f"concern {kind}", concern.patient_id, concern=concern.id, **more)
