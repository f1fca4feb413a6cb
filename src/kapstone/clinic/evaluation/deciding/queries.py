"""Works out the verdict on all that is known, and reads decisions."""

from dataclasses import dataclass

from kapstone.care.evaluation import Candidacy, Intake, Verdict, evaluate
from kapstone.care.evidence import Policy
from kapstone.clinic.evaluation.intake.queries import intake_of
from kapstone.clinic.evaluation.models import Decision, IntakeSent
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient, PolicyVersion
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A verdict with all that went into it."""

    intake: Intake
    verdict: Verdict
    policy: Policy
    version: PolicyVersion | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, with what was written opened."""

    decision: Decision
    reason: str
    for_patient: str

    @property
    def offered(self) -> bool:
        """True when treatment is offered."""
        return self.decision.outcome == Decision.OFFER


def waiting_for_decision(act: Act) -> list[Patient]:
    """Patients who sent an intake and have no decision yet, oldest first."""
    sent = visible(act, IntakeSent, "evaluation.read").filter(patient__decisions=None)
    return [one.patient for one in sent.select_related("patient").order_by("at")]


def evaluated(act: Act, patient: Patient) -> Evaluated:
    """The verdict on this patient now, under the clinic's policy in force."""
    policy, version = policy_in_force(act.clinic)
    intake = intake_of(act, patient)
    return Evaluated(intake, evaluate(intake, policy), policy, version)


def possible_formats(verdict: Verdict) -> list[str]:
    """Formats that nothing stops, blocks or holds: those that a prescriber may offer."""
    return [name for name, each in verdict.per_format.items() if each.candidacy <= Candidacy.REVIEW]


def latest_decision(act: Act, patient: Patient) -> Decided | None:
    """The newest decision, if this actor may see it. The clinician's reason is not for the patient."""
    found = visible(act, Decision).filter(patient=patient).order_by("at", "id").last()
    if found is None:
        return None
    key = key_of(patient)
    reason = key.open(found.reason_sealed, f"decision/reason/{found.id}") if act.staff else ""
    return Decided(found, reason, key.open(found.for_patient_sealed, f"decision/for_patient/{found.id}"))
