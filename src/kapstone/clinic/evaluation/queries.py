"""Reads the intake, works out the verdict, and lists measures."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from kapstone.care.evaluation import Candidacy, Intake, Verdict, evaluate, read_intake
from kapstone.care.evidence import Policy
from kapstone.clinic.evaluation.models import Answers, Decision, IntakeSent, Measure
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient, PolicyVersion
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible

PHQ_9 = "phq-9"
BESIDE = frozenset({"allergies"})
"""Answers that the rules do not read."""


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


def measures(act: Act, patient: Patient, instrument: str = PHQ_9) -> QuerySet[Measure]:
    """A patient's completed instruments, oldest first."""
    return visible(act, Measure).filter(patient=patient, instrument=instrument).order_by("answered_at", "id")


def latest_measure(act: Act, patient: Patient, instrument: str = PHQ_9) -> Measure | None:
    """The newest of them."""
    return measures(act, patient, instrument).last()


def latest_answers(act: Act, patient: Patient, by_patient: bool) -> Answers | None:
    """The newest history, from the patient or from a clinician."""
    found = visible(act, Answers).filter(patient=patient, by_patient=by_patient)
    return found.order_by("at", "id").last()


def history(act: Act, patient: Patient, by_patient: bool) -> dict[str, object]:
    """What the newest history of the patient or of a clinician says; nothing where there is none."""
    answers = latest_answers(act, patient, by_patient)
    return _opened(patient, answers) if answers else {}


def _opened(patient: Patient, answers: Answers) -> dict[str, object]:
    return dict(json.loads(key_of(patient).open(answers.body_sealed, f"answers/body/{answers.id}")))


def intake_sent(act: Act, patient: Patient) -> IntakeSent | None:
    """When the patient sent the intake, if they did."""
    return visible(act, IntakeSent).filter(patient=patient).first()


def waiting_for_decision(act: Act) -> list[Patient]:
    """Patients who sent an intake and have no decision yet, oldest first."""
    sent = visible(act, IntakeSent, "evaluation.read").filter(patient__decisions=None)
    return [one.patient for one in sent.select_related("patient").order_by("at")]


def intake_of(act: Act, patient: Patient) -> Intake:
    """Everything known, as the rules read it.

    What a clinician wrote counts over what the patient did; but where the patient later said yes to a clinician's no,
    or no to a yes, nobody knows, and the rules ask again.
    """
    told, found = _known(act, patient, by_patient=True), _known(act, patient, by_patient=False)
    body = told | found
    if _newer(latest_answers(act, patient, True), latest_answers(act, patient, False)):
        for key in _contradicted(told, found):
            del body[key]
    measure = latest_measure(act, patient)
    body["phq9"] = measure.answers if measure else {}
    body["birth_date"] = patient.birth_date.isoformat()
    body["evaluated_on"] = act.at.astimezone(act.clinic.zone).date().isoformat()
    return read_intake(json.dumps(body))


def _known(act: Act, patient: Patient, *, by_patient: bool) -> dict[str, object]:
    answers = history(act, patient, by_patient)
    return {key: value for key, value in answers.items() if value is not None and key not in BESIDE}


def _newer(one: Answers | None, other: Answers | None) -> bool:
    return one is not None and other is not None and (one.at, one.id) > (other.at, other.id)


def _contradicted(told: dict[str, object], found: dict[str, object]) -> list[str]:
    """Yes-or-no questions answered both ways. Trials are no such question: the clinician completes the patient's."""
    both = told.keys() & found.keys()
    return [key for key in both if isinstance(told[key], bool) and told[key] != found[key]]


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


def allergies(act: Act, patient: Patient) -> str:
    """Allergies as they were last told, or nothing."""
    for by_patient in (False, True):
        if told := history(act, patient, by_patient).get("allergies"):
            return str(told)
    return ""


def strip(act: Act, patient: Patient) -> dict[str, str]:
    """Who a clinical page is about: name, birth, allergies, and whether a concern is open."""
    waiting = open_items(act, patient.id)
    return {
        "name": patient.name,
        "url": reverse("chart", args=[patient.id]),
        "born": f"{patient.birth_date:%B %d, %Y}, record {patient.number}",
        "allergies": allergies(act, patient),
        "flag": f"{len(waiting)} open concern{'s' if len(waiting) > 1 else ''}" if waiting else "",
    }


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    return {
        "sent": intake_sent(act, patient),
        "measure": latest_measure(act, patient),
        "decided": latest_decision(act, patient),
    }
