"""A clinician writes what was asked and found; a prescriber decides; a second one answers an override."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from kapstone.care.evaluation import Verdict, rules_version, write_intake
from kapstone.care.evidence import Policy
from kapstone.clinic.evaluation.deciding.queries import (
    blocked_formats,
    decision_of,
    evaluated,
    latest_decision,
    possible_formats,
)
from kapstone.clinic.evaluation.intake.actions import write_answers
from kapstone.clinic.evaluation.models import Answers, Countersign, Decision
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, patient_of, staff_with
from kapstone.clinic.ground.people.roles import Role

FEW_WORDS = 10
"""A reason of fewer letters is no reason."""


@action("evaluation.ask")
def complete_history(act: Act, patient_id: UUID, body: Mapping[str, object]) -> Answers:
    """A prescriber or nurse writes what they asked and found; it counts over what the patient answered."""
    return write_answers(act, patient_of(act, patient_id, "evaluation.ask"), body, by_patient=False)


@action("evaluation.decide")
def decide(
    act: Act,
    patient_id: UUID,
    *,
    outcome: str,
    reason: str,
    for_patient: str,
    formats: Sequence[str] | None = None,
    override_reason: str = "",
    once: UUID | None = None,
) -> Decision:
    """A prescriber decides. The inputs, the verdict, the rules and the policy are frozen with it.

    Without `formats`, an offer is of every format that is open. A format that only a BLOCK stands against may be
    named with a typed reason; the decision then waits for a second prescriber. STOP has no override. The same `once`
    again is the same form sent twice: it changes nothing.
    """
    patient = _held(patient_of(act, patient_id, "evaluation.decide"))
    known = Decision.objects.filter(id=once, patient=patient).first() if once else None
    if known is not None:
        sign("already decided", patient.id, decision=known.id)
        return known
    _not_oneself(act, patient)
    _words(reason, "Write your reason, in at least a few words.", "reason")
    _words(for_patient, "Write the reason that the patient will read, in plain words.", "for_patient")
    now = evaluated(act, patient)
    offered, overrides = _offer(now.verdict, formats) if outcome == Decision.OFFER else ([], [])
    if overrides:
        _words(override_reason, "Write why you set the block aside; a second prescriber reads it.", "override_reason")
    intake, verdict = write_intake(now.intake), now.verdict.document()
    decision_id, key = once or uuid7(act.at), key_of(patient)
    decision = Decision.objects.create(
        id=decision_id,
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        by=act.person,
        outcome=outcome,
        candidacy=now.verdict.candidacy.word,
        formats=offered,
        overrides=overrides,
        review_on=_review_on(act, now.policy),
        intake_sealed=key.seal(intake, f"decision/intake/{decision_id}"),
        verdict=verdict,
        rules_digest=rules_version(),
        policy_digest=now.policy.digest,
        digest=_digest(intake, verdict, rules_version(), now.policy.digest, outcome, offered, overrides, reason),
        reason_sealed=key.seal(reason.strip(), f"decision/reason/{decision_id}"),
        override_reason_sealed=key.seal(override_reason.strip(), f"decision/override/{decision_id}")
        if overrides
        else b"",
        for_patient_sealed=key.seal(for_patient.strip(), f"decision/for_patient/{decision_id}"),
    )
    sign(
        "decided",
        patient.id,
        decision=decision.id,
        outcome=outcome,
        overrides=", ".join(overrides),
        digest=decision.digest,
    )
    return decision


def _offer(verdict: Verdict, formats: Sequence[str] | None) -> tuple[list[str], list[str]]:
    """The formats of an offer and the rules it sets aside. Refused for what is stopped, held or not known."""
    possible, blocked = possible_formats(verdict), blocked_formats(verdict)
    wanted = possible if formats is None else list(dict.fromkeys(formats))
    if not wanted:
        raise Refused(
            "No format is open: clear what stops it, or ask what is still missing. Then decide."
            if formats is None or not possible
            else "Choose at least one format to offer.",
            "outcome" if formats is None else "formats",
        )
    if closed := [name for name in wanted if name not in possible and name not in blocked]:
        names = ", ".join(closed)
        raise Refused(f"Cannot be offered: {names}. A stop or an open question stands against it.", "formats")
    return wanted, sorted({rule for name in wanted for rule in blocked.get(name, ())})


@action("evaluation.decide")
def countersign(
    act: Act,
    patient_id: UUID,
    decision_id: UUID,
    *,
    agrees: bool,
    reason: str,
    consultant: str = "",
    consulted_on: date | None = None,
) -> Countersign:
    """A second prescriber agrees to an override, or does not. Nobody answers their own.

    Where the clinic has one prescriber alone, that person writes down an outside consultant's name and the day.
    """
    patient = _held(patient_of(act, patient_id, "evaluation.decide"))
    decided = decision_of(act, patient, decision_id)
    known = decided.second
    if known is not None:
        if known.by_id == act.person.id and known.agrees == agrees:
            sign("already countersigned", patient.id, decision=decision_id)
            return known
        raise Refused("A second prescriber has answered this already.")
    _may_answer(act, patient, decided.decision, consultant.strip(), consulted_on)
    _words(reason, "Write your reason, in at least a few words.", "reason")
    if agrees:
        _still_the_same(act, patient, decided.decision)
    second_id, key = uuid7(act.at), key_of(patient)
    outside = consultant.strip()
    second = Countersign.objects.create(
        id=second_id,
        clinic=act.clinic,
        decision=decided.decision,
        at=act.at,
        by=act.person,
        agrees=agrees,
        consultant_sealed=key.seal(outside, f"countersign/consultant/{second_id}") if outside else b"",
        consulted_on=consulted_on,
        digest=_digest(decided.decision.digest, agrees, str(act.person.id), outside, str(consulted_on), reason),
        reason_sealed=key.seal(reason.strip(), f"countersign/reason/{second_id}"),
    )
    sign("countersigned", patient.id, decision=decision_id, agrees=agrees, digest=second.digest)
    return second


def _may_answer(act: Act, patient: Patient, decision: Decision, consultant: str, consulted_on: date | None) -> None:
    _not_oneself(act, patient)
    newest = latest_decision(act, patient)
    if not decision.overrides:
        raise Refused("This decision sets nothing aside; it needs no second prescriber.")
    if newest is None or newest.decision.id != decision.id:
        raise Refused("A newer decision has taken the place of this one; answer that.")
    alone = {one.id for one in staff_with(act.clinic, Role.PRESCRIBER, act.at)} == {decision.by_id}
    if not alone:
        if act.person.id == decision.by_id:
            raise Refused("You decided this yourself; another prescriber answers.")
        if consultant:
            raise Refused("This clinic has a second prescriber, who answers in person.", "consultant")
        return
    if not consultant:
        raise Refused("You are the only prescriber here: name the outside consultant.", "consultant")
    today = act.at.astimezone(act.clinic.zone).date()
    if consulted_on is None or consulted_on > today:
        raise Refused("Give the day of the consultation, up to today.", "consulted_on")


def _still_the_same(act: Act, patient: Patient, decision: Decision) -> None:
    """Refused where what is known now stands against the offer in more ways than were set aside."""
    _, overrides = _offer(evaluated(act, patient).verdict, decision.formats)
    if more := sorted(set(overrides) - set(decision.overrides)):
        raise Refused(f"Since the decision, more stands against it ({', '.join(more)}); it must be decided again.")


def _held(patient: Patient) -> Patient:
    """The patient's row, locked until the action ends: two decisions on one patient follow one another."""
    return Patient.objects.select_for_update().get(id=patient.id)


def _not_oneself(act: Act, patient: Patient) -> None:
    if patient.user_id == act.person.id:
        raise Refused("You cannot decide for yourself; a colleague does it.")


def _words(text: str, sentence: str, field: str) -> None:
    if len(text.strip()) < FEW_WORDS:
        raise Refused(sentence, field)


def _review_on(act: Act, policy: Policy) -> date:
    today = act.at.astimezone(act.clinic.zone).date()
    return today + timedelta(days=int(policy.number("evaluation.decision.valid_days")))


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()
