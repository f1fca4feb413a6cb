"""A patient reads, answers, signs, asks to talk, says no or takes it back; a clinic says what treatment costs."""

from uuid import UUID

from kapstone.care.plan.consent import Drug
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Patient, User
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.plan.consent.queries import (
    SIGN,
    State,
    cost_of,
    held,
    page_of,
    question_of,
    state,
    under_the_drug,
    wait_words,
)
from kapstone.clinic.plan.models import Consent, ConsentStep, ConsentWithdrawn, CostStatement, Dose, DoseBegun

NOT_SURE = "?"
"""An answer that is always allowed and never right."""

SOURCE = "consent"
LONGEST_COST = 1200


@action("consent.sign")
def read_page(act: Act, drug: Drug, key: str, digest: str) -> None:
    """The patient went on from a page. Reading it twice is reading it once."""
    patient = held(me(act))
    now = _now(act, patient, drug, digest)
    page_of(now.text, key)
    if key not in now.read:
        _step(act, patient, now, ConsentStep.PAGE, key)
    sign("consent page read", patient.id, page=key, text=digest)


@action("consent.sign")
def answer(act: Act, drug: Drug, key: str, chosen: str, digest: str) -> bool:
    """Answers a question; says whether it is right. A wrong answer fails nobody: it is explained and asked again."""
    patient = held(me(act))
    _not_under_the_drug(act, patient)
    now = _now(act, patient, drug, digest)
    asked = question_of(now.text, key)
    if chosen != NOT_SURE and asked.option(chosen) is None:
        raise Refused("Choose one of the answers. “I am not sure” is one of them.", "chosen")
    right = chosen == asked.right
    # The same answer sent again is a second click and no second try.
    if key not in now.right and now.tries.get(key, [""])[-1] != chosen:
        _step(act, patient, now, ConsentStep.ANSWER, key, chosen, right)
    sign("consent question answered", patient.id, question=key, text=digest)
    return right


@action("consent.sign")
def sign_consent(act: Act, drug: Drug, signed_name: str, digest: str) -> Consent:
    """The patient agrees to the text in force by typing their name. Signing twice changes nothing."""
    patient = held(me(act))
    _not_under_the_drug(act, patient)
    now = _now(act, patient, drug, digest)
    if now.in_force and now.signed is not None:
        sign("consented before", patient.id, consent=now.signed.id, text=digest)
        return now.signed
    if now.next != SIGN:
        raise Refused("Some pages or questions are left. Go through them first; then sign.")
    if _plain(signed_name) != _plain(patient.name):
        raise Refused(f"Type your name as we have it: {patient.name}.", "signed_name")
    made = Consent.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        patient=patient,
        at=act.at,
        drug=drug.value,
        text_version=now.text.version,
        text_digest=now.text.digest,
        body=now.text.as_json(),
        tries=now.tries,
        signed_name=" ".join(signed_name.split()),
    )
    sign("consented", patient.id, consent=made.id, text=digest, version=now.text.version)
    return made


@action("consent.sign")
def talk_first(act: Act, drug: Drug, step_id: UUID | None = None) -> None:
    """The patient wants to talk before they decide. Somebody of the clinic is told, once for a click."""
    _word(act, drug, ConsentStep.TALK, step_id, "Wants to talk with the team before signing the consent.")


@action("consent.sign")
def say_no(act: Act, drug: Drug, step_id: UUID | None = None) -> None:
    """The patient does not want this. It is heard, and asks for no reason."""
    _word(act, drug, ConsentStep.NO, step_id, "Does not want the treatment that was offered.")


@action("consent.sign")
def withdraw(act: Act, drug: Drug) -> None:
    """Takes a consent back: at any time, also under the drug, without a reason. Twice is once."""
    _take_back(act, held(me(act)), drug)


@action("consent.review")
def withdraw_told(act: Act, patient_id: UUID, drug: Drug) -> None:
    """Writes that the patient took it back by telling somebody of the clinic: at once, also under the drug."""
    _take_back(act, held(patient_of(act, patient_id, "consent.review")), drug, heard_by=act.person)


def _take_back(act: Act, patient: Patient, drug: Drug, heard_by: User | None = None) -> None:
    standing = Consent.objects.filter(clinic=act.clinic, patient=patient, drug=drug.value, withdrawn=None)
    for one in standing.order_by("at", "id"):
        ConsentWithdrawn.objects.create(
            id=uuid7(act.at), clinic=act.clinic, consent=one, at=act.at, heard_by=heard_by
        )
        sign("consent taken back", patient.id, consent=one.id, told=heard_by is not None)
        tier = Tier.NOW if under_the_drug(act, patient) else Tier.TODAY
        raise_within(act, patient, tier, SOURCE, "Took the consent back. Nothing new may start without a new one.")
    sign("consent stands no longer", patient.id, drug=drug.value)


@action("cost.state")
def state_cost(act: Act, words: str) -> CostStatement:
    """The clinic's own words on cost become part of the text that patients sign from now on."""
    said = "\n".join(line.strip() for line in words.splitlines() if line.strip())
    if len(said) < 10:
        raise Refused("Write what a patient pays, in at least one sentence.", "words")
    if len(said) > LONGEST_COST:
        raise Refused(f"At most {LONGEST_COST} characters: it is one page of the consent.", "words")
    known = cost_of(act.clinic)
    if known is None or known.words != said:
        known = CostStatement.objects.create(
            id=uuid7(act.at), clinic=act.clinic, at=act.at, by=act.person, words=said
        )
    sign("cost stated", statement=known.id)
    return known


def begin_within(act: Act, dose: Dose) -> None:
    """Writes that a dose began, as part of the action that began it: nobody asks this patient for a new yes now."""
    if not DoseBegun.objects.filter(dose=dose).exists():
        DoseBegun.objects.create(id=uuid7(act.at), clinic=act.clinic, dose=dose, at=act.at)


def _now(act: Act, patient: Patient, drug: Drug, digest: str) -> State:
    """The state under the text that the page showed. Refused where nothing is offered or the text has changed."""
    found = state(act, patient, drug)
    if not found.offered:
        raise Refused("There is nothing to consent to yet: no treatment has been offered.")
    if digest != found.text.digest:
        raise Refused("The text has changed since you opened this page. Please read it again from the start.")
    return found


def _not_under_the_drug(act: Act, patient: Patient) -> None:
    until = under_the_drug(act, patient)
    if until is not None:
        raise Refused(wait_words(act, until))


def _step(
    act: Act, patient: Patient, now: State, kind: str, key: str, chosen: str = "", right: bool | None = None
) -> None:
    ConsentStep.objects.create(
        id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, drug=now.drug.value,
        text_digest=now.text.digest, kind=kind, key=key, answer=chosen, right=right,
    )  # fmt: skip


def _word(act: Act, drug: Drug, kind: str, step_id: UUID | None, words: str) -> None:
    """A word that is not a yes. It is taken under any text, also under the drug."""
    patient = held(me(act))
    now = state(act, patient, drug)
    if not now.offered:
        raise Refused("There is nothing to consent to yet: no treatment has been offered.")
    step_id = step_id or uuid7(act.at)
    if not ConsentStep.objects.filter(id=step_id).exists():
        ConsentStep.objects.create(
            id=step_id, clinic=act.clinic, patient=patient, at=act.at, drug=drug.value,
            text_digest=now.text.digest, kind=kind,
        )  # fmt: skip
        raise_within(act, patient, Tier.SOON, SOURCE, words)
    sign(f"consent: {kind}", patient.id, drug=drug.value)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
