"""A clinician writes what was asked and found; a prescriber decides."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from kapstone.care.evaluation import rules_version, write_intake
from kapstone.care.evidence import Policy
from kapstone.clinic.evaluation.deciding.queries import evaluated, possible_formats
from kapstone.clinic.evaluation.intake.actions import write_answers
from kapstone.clinic.evaluation.models import Answers, Decision
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import key_of, patient_of


@action("evaluation.decide")
def complete_history(act: Act, patient_id: UUID, body: Mapping[str, object]) -> Answers:
    """A prescriber writes what they asked and found; it counts over what the patient answered."""
    return write_answers(act, patient_of(act, patient_id, "evaluation.decide"), body, by_patient=False)


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
        review_on=_review_on(act, now.policy),
        intake_sealed=key.seal(write_intake(now.intake), f"decision/intake/{decision_id}"),
        verdict=verdict,
        rules_digest=rules_version(),
        policy_digest=now.policy.digest,
        digest=_digest(write_intake(now.intake), verdict, rules_version(), now.policy.digest, outcome),
        reason_sealed=key.seal(reason.strip(), f"decision/reason/{decision_id}"),
        for_patient_sealed=key.seal(for_patient.strip(), f"decision/for_patient/{decision_id}"),
    )
    sign("decided", patient.id, decision=decision.id, outcome=outcome, digest=decision.digest)
    return decision


def _review_on(act: Act, policy: Policy) -> date:
    today = act.at.astimezone(act.clinic.zone).date()
    return today + timedelta(days=int(policy.number("evaluation.decision.valid_days")))


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
