"""A questionnaire is answered, at once or question by question; a safety item raises its concern in the same act."""

from collections.abc import Mapping
from uuid import UUID

from kapstone.care.evaluation import Instrument, Urgency, instrument, score, worry
from kapstone.clinic.evaluation.measures.queries import given
from kapstone.clinic.evaluation.models import ItemAnswer, Measure, Mode
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Concern, ConcernStep, Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import me, patient_of, policy_in_force


@action("measure.answer")
def answer(
    act: Act, instrument_id: str, answers: Mapping[str, int | None], occasion: str, once: UUID | None = None
) -> Measure:
    """Saves a completed instrument of the signed-in patient. A safety item raises its concern in the same act.

    The same `once` again with the same answers is the same form sent twice: it changes nothing and raises nothing.
    With other answers, as after the back button, it is a new measure; only a safety item that changed is told again.
    """
    return _keep(act, me(act), instrument_id, answers, occasion, once, Mode.SELF)


@action("measure.enter")
def enter_measure(
    act: Act,
    patient_id: UUID,
    instrument_id: str,
    answers: Mapping[str, int | None],
    occasion: str,
    once: UUID,
    mode: str,
) -> Measure:
    """Saves what a patient answered aloud or on paper, as the patient's answers typed by staff."""
    return _keep(act, patient_of(act, patient_id, "measure.enter"), instrument_id, answers, occasion, once, mode)


def _keep(
    act: Act,
    patient: Patient,
    instrument_id: str,
    answers: Mapping[str, int | None],
    occasion: str,
    once: UUID | None,
    mode: str,
) -> Measure:
    Patient.objects.select_for_update().get(id=patient.id)  # two tabs at once are two acts, one after the other
    used = instrument(instrument_id)
    result = score(used, answers)
    taken = Measure.objects.filter(id=once).first() if once else None
    known = taken if taken and taken.patient_id == patient.id else None
    newest = _newest(patient, used.id)
    if known is not None and newest is not None and newest.answers == dict(result.items):
        sign("already answered", patient.id, measure=newest.id)
        return newest
    measure = Measure.objects.create(
        id=uuid7(act.at) if taken or once is None else once,
        clinic=act.clinic,
        patient=patient,
        instrument=used.id,
        version=used.version,
        answered_at=act.at,
        answers=dict(result.items),
        total=result.total,
        band=result.band or "",
        prorated=result.prorated,
        occasion=occasion,
        mode=mode,
        by=act.person,
    )
    sign("answered", patient.id, measure=measure.id, instrument=used.id)
    for flag in reversed(result.flags):  # the acute question stands last: one concern for all, the most urgent
        if known is None or newest is None or newest.answers.get(flag.item) != flag.value:
            _look(act, patient, used, flag.item, flag.value, measure.id)
    return measure


@action("measure.answer")
def correct(act: Act, instrument_id: str, sitting: UUID, link_id: str, points: int | None) -> Measure:
    """Changes one answer of a sitting that is finished, as after the back button: a new measure beside the first."""
    patient = me(act)
    newest = _newest(patient, instrument_id)
    before, occasion = (newest.answers, newest.occasion) if newest else ({}, "intake")
    return _keep(act, patient, instrument_id, {**before, link_id: points}, occasion, sitting, Mode.SELF)


@action("measure.answer")
def answer_item(act: Act, instrument_id: str, sitting: UUID, link_id: str, points: int | None) -> ItemAnswer:
    """Saves one answer on the way; None where the question was left out. A positive safety item raises its concern
    here, so that a person sees it though the rest is never answered."""
    patient, used = me(act), instrument(instrument_id)
    if link_id not in used.by_link_id or points not in (None, *(option.value for option in used.options)):
        raise Refused("Choose one of the answers.", "answer")
    Patient.objects.select_for_update().get(id=patient.id)  # two selections at once raise one concern
    row = ItemAnswer.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        sitting=sitting,
        instrument=used.id,
        link_id=link_id,
        points=points,
        at=act.at,
    )
    sign("item answered", patient.id, sitting=sitting, instrument=used.id, row=row.id)
    if link_id in used.safety_items and points:
        _look(act, patient, used, link_id, points, sitting)
    return row


@action("measure.answer")
def finish(act: Act, instrument_id: str, sitting: UUID, occasion: str) -> Measure:
    """Makes the measure of a sitting from its newest answers. Finishing twice makes one."""
    return answer(act, instrument_id, given(act, me(act), sitting), occasion, sitting)


@action("measure.answer")
def say_how_safe(act: Act, said: str) -> None:
    """The patient says how safe they are. Anything but safe for now is before a person now, once while it is open."""
    patient = me(act)
    sentences = {
        "safe": "",
        "unsure": "The patient is not sure that they are safe.",
        "unsafe": "The patient says that they are not safe.",
    }
    if said not in sentences:
        raise Refused("Choose one of the three answers.")
    Patient.objects.select_for_update().get(id=patient.id)
    sign("said how safe", patient.id, said=said)
    sentence = sentences[said]
    waiting = Concern.objects.filter(patient=patient, source="safe", reason=sentence)
    if sentence and not waiting.exclude(steps__kind=ConcernStep.SETTLED).exists():
        raise_within(act, patient, Tier.NOW, "safe", sentence)


def _newest(patient: Patient, instrument_id: str) -> Measure | None:
    return Measure.objects.filter(patient=patient, instrument=instrument_id).order_by("answered_at", "id").last()


def _look(act: Act, patient: Patient, used: Instrument, link_id: str, points: int | None, sitting: UUID) -> None:
    """Raises the concern of a safety item, unless one of this sitting that is as urgent still waits to be settled."""
    policy, _ = policy_in_force(act.clinic)
    known = used.by_link_id[link_id].lifetime and _said_before(patient, used, link_id, sitting)
    found = worry(used, link_id, points, policy, known_before=known)
    if found is None:
        return
    tier = Tier.NOW if found.urgency == Urgency.NOW else Tier.TODAY
    first = ItemAnswer.objects.filter(patient=patient, sitting=sitting).order_by("at").first()
    as_urgent = (Tier.NOW,) if tier == Tier.NOW else (Tier.NOW, Tier.TODAY)
    raised = Concern.objects.filter(
        patient=patient, source=used.id, tier__in=as_urgent, raised_at__gte=first.at if first else act.at
    )
    if not raised.exclude(steps__kind=ConcernStep.SETTLED).exists():
        raise_within(act, patient, tier, used.id, found.sentence)


def _said_before(patient: Patient, used: Instrument, link_id: str, sitting: UUID) -> bool:
    earlier = Measure.objects.filter(patient=patient, instrument=used.id).exclude(id=sitting)
    return any(measure.answers.get(link_id) for measure in earlier)
