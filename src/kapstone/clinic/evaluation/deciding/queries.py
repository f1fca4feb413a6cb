"""Works out the verdict on all that is known, and reads decisions with what stands between them and a dose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from kapstone.care.evaluation import Candidacy, Intake, Severity, Verdict, counts, evaluate, read_intake
from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS
from kapstone.care.quantities import plain
from kapstone.clinic.evaluation.intake.queries import intake_of
from kapstone.clinic.evaluation.models import Answers, Countersign, Decision, IntakeSent
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.keys import DataKey
from kapstone.clinic.ground.people.models import Patient, PolicyVersion
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible

STILL_LOOKING = "Your care team is still looking at one point. They will tell you as soon as it is settled."
"""What a patient reads while two prescribers have not agreed."""


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
    override_reason: str = ""
    second: Countersign | None = None
    second_reason: str = ""
    consultant: str = ""

    @property
    def waiting(self) -> bool:
        """True while an override waits for the second prescriber."""
        return bool(self.decision.overrides) and self.second is None

    @property
    def offered(self) -> bool:
        """True when treatment is offered: also, where a BLOCK is set aside, agreed to by a second prescriber."""
        agreed = not self.decision.overrides or (self.second is not None and self.second.agrees)
        return self.decision.outcome == Decision.OFFER and agreed

    def lapsed(self, today: date) -> bool:
        """True from the day on which the evaluation must be done again."""
        return today >= self.decision.review_on

    @property
    def word(self) -> str:
        """How it stands, in two or three words."""
        if self.decision.outcome != Decision.OFFER:
            return "Not now" if self.decision.outcome == Decision.NOT_NOW else "Declined"
        if self.waiting:
            return "Waiting for a second prescriber"
        return "Treatment offered" if self.offered else "Not agreed to by the second prescriber"


def waiting_for_decision(act: Act) -> list[Patient]:
    """Patients who sent an intake and have no decision yet, oldest first."""
    sent = visible(act, IntakeSent, "evaluation.read").filter(patient__decisions=None)
    return [one.patient for one in sent.select_related("patient").order_by("at")]


def newest_decisions(act: Act) -> list[Decision]:
    """The newest decision on each patient, for those who read evaluations."""
    found = visible(act, Decision, "evaluation.read").select_related("patient", "by")
    newest: dict[UUID, Decision] = {}
    for one in found.order_by("patient", "-at", "-id"):
        newest.setdefault(one.patient_id, one)
    return list(newest.values())


def waiting_for_second(act: Act) -> list[Decision]:
    """Overrides that no second prescriber has answered, oldest first."""
    found = [one for one in newest_decisions(act) if one.overrides and not hasattr(one, "countersign")]
    return sorted(found, key=lambda one: one.at)


def due_again(act: Act) -> list[Decision]:
    """Offers whose evaluation must be done again by now, longest due first."""
    today = act.at.astimezone(act.clinic.zone).date()
    found = [one for one in newest_decisions(act) if one.outcome == Decision.OFFER and one.review_on <= today]
    return sorted(found, key=lambda one: one.review_on)


def answered_since(act: Act) -> list[Decision]:
    """Offers after which the patient changed an answer of the intake, so that somebody looks at the verdict again."""
    rows = visible(act, Answers, "evaluation.read").filter(by_patient=True)
    newest = dict(rows.values_list("patient").annotate(Max("at")))
    found = [one for one in newest_decisions(act) if one.outcome == Decision.OFFER]
    changed = [one for one in found if one.patient_id in newest and newest[one.patient_id] > one.at]
    return sorted(changed, key=lambda one: newest[one.patient_id])


def evaluated(act: Act, patient: Patient) -> Evaluated:
    """The verdict on this patient now, under the clinic's policy in force."""
    policy, version = policy_in_force(act.clinic)
    intake = intake_of(act, patient)
    return Evaluated(intake, evaluate(intake, policy), policy, version)


def possible_formats(verdict: Verdict) -> list[str]:
    """Formats that nothing stops, blocks or holds: those that a prescriber may offer."""
    return [name for name, each in verdict.per_format.items() if each.candidacy <= Candidacy.REVIEW]


def blocked_formats(verdict: Verdict) -> Mapping[str, tuple[str, ...]]:
    """Formats that only a BLOCK stands against, with the rules that block: a second prescriber may open them.

    A STOP has no override. What is held or not known yet is answered, not overridden.
    """
    found = {}
    for name, each in verdict.per_format.items():
        against = [one for one in each.findings if counts(one.phase, "candidacy") and one.severity >= Severity.HOLD]
        if against and all(one.severity == Severity.BLOCK for one in against):
            found[name] = tuple(one.rule for one in against)
    return found


def latest_decision(act: Act, patient: Patient) -> Decided | None:
    """The newest decision, if this actor may see it. The clinicians' reasons are not for the patient."""
    found = visible(act, Decision).filter(patient=patient).select_related("by").order_by("at", "id").last()
    return None if found is None else _opened(act, patient, found)


def medicines_since(act: Act, patient: Patient) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of medicines that came since the newest decision, and of those that went; nothing without a decision."""
    found = visible(act, Decision).filter(patient=patient).order_by("at", "id").last()
    if found is None:
        return (), ()
    then = read_intake(key_of(patient).open(found.intake_sealed, f"decision/intake/{found.id}"))
    before, now = _names(then), _names(intake_of(act, patient))
    return tuple(sorted(now - before)), tuple(sorted(before - now))


def _names(intake: Intake) -> set[str]:
    """Medicines by name with their daily amount, as people read them."""
    every = intake.medicines or ()
    return {f"{one.name} {plain(one.daily_mg)} mg a day" if one.daily_mg else one.name for one in every}


def why_no_dose(act: Act, patient_id: UUID, format_id: str) -> str:
    """Why the newest decision carries no dose of this format today, in a sentence; empty when it does.

    Read without the actor's permissions: whoever is at the chair, a decision that was taken back stops the dose.
    """
    found = Decision.objects.filter(clinic=act.clinic, patient=patient_id).order_by("at", "id").last()
    if found is None or found.outcome != Decision.OFFER:
        return "The newest decision no longer offers treatment; a prescriber decides the evaluation again first."
    if found.overrides and not Countersign.objects.filter(decision=found, agrees=True).exists():
        return "The newest decision sets a block aside, and no second prescriber has agreed to it."
    if format_id not in found.formats:
        name = FORMATS[format_id].name
        return f"The newest decision no longer offers this format, {name}; a prescriber decides or plans again first."
    if found.review_on <= act.at.astimezone(act.clinic.zone).date():
        return f"The evaluation was due again on {found.review_on:%Y-%m-%d}; a prescriber decides it again first."
    return ""


def decision_of(act: Act, patient: Patient, decision_id: UUID) -> Decided:
    """One decision on this patient. NotThere for any other."""
    found = visible(act, Decision, "evaluation.read").filter(patient=patient, id=decision_id).first()
    if found is None:
        raise NotThere("No such decision.")
    return _opened(act, patient, found)


def decisions(act: Act, patient: Patient) -> list[Decided]:
    """Every decision on a patient, the newest first."""
    found = visible(act, Decision, "evaluation.read").filter(patient=patient).order_by("-at", "-id")
    return [_opened(act, patient, one) for one in found.select_related("by")]


def _opened(act: Act, patient: Patient, found: Decision) -> Decided:
    key = key_of(patient)
    for_patient = key.open(found.for_patient_sealed, f"decision/for_patient/{found.id}")
    second = Countersign.objects.filter(decision=found).select_related("by").first()
    if not act.staff:
        open_ = bool(found.overrides) and (second is None or not second.agrees)
        return Decided(found, "", STILL_LOOKING if open_ else for_patient, second=second)
    return Decided(
        found,
        key.open(found.reason_sealed, f"decision/reason/{found.id}"),
        for_patient,
        _open(key, found.override_reason_sealed, f"decision/override/{found.id}"),
        second,
        _open(key, second.reason_sealed, f"countersign/reason/{second.id}") if second else "",
        _open(key, second.consultant_sealed, f"countersign/consultant/{second.id}") if second else "",
    )


def _open(key: DataKey, sealed: bytes | memoryview, label: str) -> str:
    return key.open(bytes(sealed), label) if sealed else ""
