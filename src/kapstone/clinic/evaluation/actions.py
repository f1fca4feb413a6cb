"""Answers are taken, an intake is sent, a prescriber decides."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from uuid import UUID

from kapstone.care.evaluation import BadIntake, Intake, Score, instrument, score, write_intake
from kapstone.clinic.evaluation.models import Answers, Decision, IntakeSent, Measure
from kapstone.clinic.evaluation.queries import (
    evaluated,
    intake_of,
    latest_answers,
    latest_measure,
    possible_formats,
)
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, me, patient_of, policy_in_force

SAID_PLAINLY = {
    "last_pregnancy_test": "Last negative pregnancy test: this day is in the future; give a day up to today."
}
"""Where the rules name a field by its name in the record: what the form says instead."""


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


@action("intake.answer")
def answer_history(act: Act, body: Mapping[str, object]) -> Answers:
    """Saves the signed-in patient's medical history. A blank stays a blank."""
    return _answers(act, me(act), body, by_patient=True)


@action("evaluation.decide")
def complete_history(act: Act, patient_id: UUID, body: Mapping[str, object]) -> Answers:
    """A prescriber writes what they asked and found; it counts over what the patient answered."""
    return _answers(act, patient_of(act, patient_id, "evaluation.decide"), body, by_patient=False)


def _answers(act: Act, patient: Patient, body: Mapping[str, object], *, by_patient: bool) -> Answers:
    answers_id = uuid7(act.at)
    answers = Answers.objects.create(
        id=answers_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        by_patient=by_patient,
        body_sealed=key_of(patient).seal(json.dumps(dict(body)), f"answers/body/{answers_id}"),
    )
    _must_be_readable(act, patient)
    sign("history answered", patient.id, answers=answers.id)
    return answers


def _must_be_readable(act: Act, patient: Patient) -> None:
    """Refused, on the field that it names, where the rules could not read what is now known."""
    try:
        intake_of(act, patient)
    except BadIntake as problem:
        sentence = str(problem)
        name = next((each.name for each in fields(Intake) if sentence.startswith(f"{each.name} ")), "")
        raise Refused(SAID_PLAINLY.get(name, sentence), name) from None


@action("intake.answer")
def send_intake(act: Act) -> IntakeSent:
    """The patient sends the intake. Refused until both parts are there; sending twice changes nothing."""
    patient = me(act)
    if latest_measure(act, patient) is None:
        raise Refused("Answer “How I have felt” first; it takes about 2 minutes.")
    if latest_answers(act, patient, by_patient=True) is None:
        raise Refused("Answer “My health” first; it takes about 5 minutes.")
    sent, _ = IntakeSent.objects.get_or_create(
        patient=patient, defaults={"id": uuid7(act.at), "clinic": act.clinic, "at": act.at}
    )
    sign("intake sent", patient.id)
    return sent


@action("evaluation.decide")
def decide(act: Act, patient_id: UUID, *, outcome: str, reason: str, for_patient: str) -> Decision:
    """A prescriber decides. The inputs, the verdict and the policy are frozen with it.

    STOP has no override. A BLOCK needs a second prescriber, which this version does not take: it is refused here.
    """
    patient = patient_of(act, patient_id, "evaluation.decide")
    now = evaluated(act, patient)
    if len(reason.strip()) < 10:
        raise Refused("Write your reason, in at least a few words.", "reason")
    if len(for_patient.strip()) < 10:
        raise Refused("Write the reason that the patient will read, in plain words.", "for_patient")
    possible = possible_formats(now.verdict)
    if outcome == Decision.OFFER and not possible:
        raise Refused(
            "No format is open: clear what stops it, or ask what is still missing. Then decide.",
            "outcome",
        )
    decision_id = uuid7(act.at)
    key = key_of(patient)
    verdict = now.verdict.document()
    decision = Decision.objects.create(
        id=decision_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        outcome=outcome,
        candidacy=now.verdict.candidacy.word,
        formats=possible if outcome == Decision.OFFER else [],
        intake_sealed=key.seal(write_intake(now.intake), f"decision/intake/{decision_id}"),
        verdict=verdict,
        policy_digest=now.policy.digest,
        digest=_digest(write_intake(now.intake), verdict, now.policy.digest, outcome),
        reason_sealed=key.seal(reason.strip(), f"decision/reason/{decision_id}"),
        for_patient_sealed=key.seal(for_patient.strip(), f"decision/for_patient/{decision_id}"),
    )
    sign("decided", patient.id, decision=decision.id, outcome=outcome, digest=decision.digest)
    return decision


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
