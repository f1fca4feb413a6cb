"""Goes the whole way to a signature as a patient does: every page, every question answered right, the name."""

from kapstone.care.plan.consent import Drug
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.plan.consent.actions import answer, read_page, sign_consent
from kapstone.clinic.plan.consent.queries import text_of


def agree(act: Act, drug: Drug, name: str) -> None:
    """Reads, answers and signs in one go."""
    text = text_of(act.clinic, drug)
    for page in text.pages:
        read_page(act, drug, page.key, text.digest)
    for asked in text.questions:
        answer(act, drug, asked.key, asked.right, text.digest)
    sign_consent(act, drug, name, text.digest)
