"""A questionnaire is answered; a safety item raises its concern in the same act."""

from collections.abc import Mapping
from uuid import UUID

from kapstone.care.evaluation import Score, instrument, score
from kapstone.clinic.evaluation.models import Measure
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import me, policy_in_force


@action("measure.answer")
def answer(
    act: Act, instrument_id: str, answers: Mapping[str, int | None], occasion: str, once: UUID | None = None
) -> Measure:
    """Saves a completed instrument of the signed-in patient. A safety item raises its concern in the same act.

    The same `once` again is the same form sent twice: it changes nothing and raises nothing.
    """
    patient = me(act)
    known = Measure.objects.filter(id=once, patient=patient).first() if once else None
    if known is not None:
        sign("already answered", patient.id, measure=known.id)
        return known
    used = instrument(instrument_id)
    result = score(used, answers)
    measure = Measure.objects.create(
        id=once or uuid7(act.at),
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
    )
    sign("answered", patient.id, measure=measure.id, instrument=used.id)
    _safety(act, patient, result)
    return measure


def _safety(act: Act, patient: Patient, result: Score) -> None:
    policy, _ = policy_in_force(act.clinic)
    now_from = policy.number("evaluation.suicide.item9_now")
    for flag in result.flags:
        if flag.kind == "not_asked":
            raise_within(
                act, patient, Tier.TODAY, "phq-9", "Item 9 was left blank: thoughts of death were not asked."
            )
        else:
            tier = Tier.NOW if (flag.value or 0) >= now_from else Tier.TODAY
            sentence = f"Item 9 answered {flag.value} of 3: thoughts of being better off dead or of self-harm."
            raise_within(act, patient, tier, "phq-9", sentence)
