"""Where a patient stands with each consent: read, answered, signed, taken back; and until when nobody asks again."""

from dataclasses import dataclass

from kapstone.care.evidence import default_policy
from kapstone.care.plan.consent import ConsentText, Drug, Page, Question, consent_text, drug_of
from kapstone.care.plan.under_the_drug import clear_again
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.queries import latest_decision
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import Clinic, Patient
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import Consent, ConsentStep, ConsentWithdrawn, CostStatement, Course, DoseBegun

SIGN = "sign"
"""The last step of the way: the signature."""

UNTIL = "plan.under_the_drug.until_hour"


@dataclass(frozen=True, slots=True)
class State:
    """One medicine's consent: the text in force, what was done of it, and the newest signature under any text."""

    drug: Drug
    text: ConsentText
    offered: bool
    read: frozenset[str]
    right: frozenset[str]
    tries: dict[str, list[str]]
    signed: Consent | None
    word: ConsentStep | None
    """The newest "I want to talk first" or "I do not want this"."""

    @property
    def taken_back(self) -> Instant | None:
        """When the newest signature was taken back."""
        gone = getattr(self.signed, "withdrawn", None)
        return Instant(gone.at) if gone else None

    @property
    def in_force(self) -> bool:
        """Whether a signature stands under the very text of now: a course can start."""
        return self.standing and self.signed is not None and self.signed.text_digest == self.text.digest

    @property
    def standing(self) -> bool:
        """Whether a signature stands, under this text or one before it."""
        return self.signed is not None and self.taken_back is None

    @property
    def steps(self) -> tuple[str, ...]:
        """The way to the signature: every page, every question, the name."""
        return (*(one.key for one in self.text.pages), *(ask(one) for one in self.text.questions), SIGN)

    @property
    def next(self) -> str:
        """The first step that is not done."""
        done = {*self.read, *(f"ask-{key}" for key in self.right)}
        return next(one for one in self.steps if one not in done)

    @property
    def begun(self) -> bool:
        """Whether anything of this text was read or answered."""
        return bool(self.read or self.tries)


def ask(question: Question) -> str:
    """The step of a question, in an address."""
    return f"ask-{question.key}"


def page_of(text: ConsentText, key: str) -> Page:
    """One page of a text. NotThere for any other key."""
    found = next((one for one in text.pages if one.key == key), None)
    if found is None:
        raise NotThere("No such page.")
    return found


def question_of(text: ConsentText, key: str) -> Question:
    """One question of a text. NotThere for any other key."""
    found = text.question(key)
    if found is None:
        raise NotThere("No such question.")
    return found


def cost_of(clinic: Clinic) -> CostStatement | None:
    """What the clinic says about cost today."""
    return CostStatement.objects.filter(clinic=clinic).select_related("by").order_by("at", "id").last()


def text_of(clinic: Clinic, drug: Drug) -> ConsentText:
    """The text in force in this clinic."""
    said = cost_of(clinic)
    return consent_text(drug, said.words if said else "")


def states(act: Act, patient: Patient) -> list[State]:
    """Every medicine that is offered or was once agreed to."""
    offered = drugs_offered(act, patient)
    known = set(visible(act, Consent).filter(patient=patient).values_list("drug", flat=True))
    return [state(act, patient, drug, offered) for drug in Drug if drug in offered or drug.value in known]


def state(act: Act, patient: Patient, drug: Drug, offered: frozenset[Drug] | None = None) -> State:
    """Where the patient stands with one medicine."""
    text = text_of(act.clinic, drug)
    mine = visible(act, ConsentStep).filter(patient=patient, drug=drug).order_by("at", "id")
    steps = [one for one in mine if one.text_digest == text.digest]
    tries: dict[str, list[str]] = {}
    for one in steps:
        if one.kind == ConsentStep.ANSWER:
            tries.setdefault(one.key, []).append(one.answer)
    return State(
        drug,
        text,
        drug in (drugs_offered(act, patient) if offered is None else offered),
        frozenset(one.key for one in steps if one.kind == ConsentStep.PAGE),
        frozenset(one.key for one in steps if one.right),
        tries,
        newest(act, patient, drug),
        mine.filter(kind__in=(ConsentStep.TALK, ConsentStep.NO)).last(),
    )


def drugs_offered(act: Act, patient: Patient) -> frozenset[Drug]:
    """The medicines of the formats that the newest decision offers."""
    decided = latest_decision(act, patient)
    if decided is None or not decided.offered:
        return frozenset()
    return frozenset(drug_of(one) for one in decided.decision.formats)


def newest(act: Act, patient: Patient, drug: Drug) -> Consent | None:
    """The newest signature under a medicine's text, of any version; taken back or not."""
    found = visible(act, Consent).filter(patient=patient, drug=drug).select_related("withdrawn")
    return found.order_by("at", "id").last()


def consent_of(act: Act, patient: Patient, drug: Drug | None = None) -> Consent | None:
    """The signature that lets a course start now: of this medicine, or of any."""
    wanted = Drug if drug is None else [drug]
    for one in wanted:
        found = newest(act, patient, one)
        gone = hasattr(found, "withdrawn")
        if found and not gone and found.text_digest == text_of(act.clinic, one).digest:
            return found
    return None


def to_sign(act: Act, patient: Patient) -> bool:
    """Whether a consent waits for the patient: offered, not signed, no course that runs, and no word against it."""
    if visible(act, Course).filter(patient=patient, end=None).exists():
        return False
    offered = [one for one in states(act, patient) if one.offered]
    said_no = any(one.taken_back or (one.word and one.word.kind == ConsentStep.NO) for one in offered)
    return bool(offered) and not said_no and not any(one.in_force for one in offered)


def why_not_consented(patient: Patient, format_id: str) -> str:
    """Why the consent behind a course no longer carries a dose; empty where it does.

    A course goes on under the text it began with. Read without the actor's permissions: whoever is at the chair,
    a consent that was taken back stops the dose.
    """
    signed = Consent.objects.filter(patient=patient, drug=drug_of(format_id)).order_by("at", "id").last()
    if signed is None:
        return "The patient has not signed the consent for this medicine; no dose without it."
    if ConsentWithdrawn.objects.filter(consent=signed).exists():
        return "The patient has taken the consent back. No dose, unless they sign again."
    return ""


def under_the_drug(act: Act, patient: Patient) -> Instant | None:
    """Until when this patient is asked for nothing new; None where nothing stands against it.

    Where the clinic signed its policy before the line existed, the default counts: silence would be the harm.
    """
    begun = DoseBegun.objects.filter(dose__course__patient=patient, at__lte=act.at).order_by("at").last()
    if begun is None:
        return None
    until = next_morning(act.clinic, Instant(begun.at))
    return until if act.at < until else None


def next_morning(clinic: Clinic, moment: Instant) -> Instant:
    """The morning after, from which everything may be asked again."""
    policy, _ = policy_in_force(clinic)
    return clear_again(moment, clinic.zone, policy if UNTIL in policy.lines else default_policy())


def wait_words(act: Act, until: Instant, what: str = "You can read this now. Signing") -> str:
    """What is read, by the patient or beside them, while they are under the drug."""
    zone = act.clinic.zone
    day = "this" if until.astimezone(zone).date() == act.at.astimezone(zone).date() else "tomorrow"
    return f"{what} waits until {day} morning."


def held(patient: Patient) -> Patient:
    """The patient's row, locked until the action ends: two actions on one patient follow one another."""
    return Patient.objects.select_for_update().get(id=patient.id)
