"""What an answer to a safety question calls for: a person now, a person today, or nothing."""

from dataclasses import dataclass

from kapstone.care.evidence import Policy, marked

from .instruments import Instrument
from .instruments.asq import ACUITY
from .rule import Urgency

LEFT_OUT = marked("{title}, question {number} was left out: thoughts of death were not asked.")
ANSWERED = marked("{title}, question {number} was answered “{answer}”: {question}")


@dataclass(frozen=True, slots=True)
class Worry:
    """How soon somebody must look, and the sentence that says why. Never the patient's own words."""

    urgency: Urgency
    sentence: str


def worry(
    used: Instrument, link_id: str, points: int | None, policy: Policy, *, known_before: bool = False
) -> Worry | None:
    """What the answer to a safety item calls for; None for an answer that worries nobody.

    A blank is worth a look today, because “not asked” is no “no”. A question about a whole life is no news where it
    was answered so before. PHQ-9 item 9 is urgent from the policy's points on, ASQ by its question about right now.
    KeyError for an item that the instrument does not have.
    """
    item = used.by_link_id[link_id]
    number = list(used.by_link_id).index(link_id) + 1
    if points is None:
        return Worry(Urgency.TODAY, LEFT_OUT.format(title=used.title, number=number))
    if points == 0 or (item.lifetime and known_before):
        return None
    urgent = link_id == ACUITY or (used.id == "phq-9" and points >= policy.number("evaluation.suicide.item9_now"))
    answer = next(option.text for option in used.options if option.value == points)
    sentence = ANSWERED.format(title=used.title, number=number, answer=answer, question=item.text)
    return Worry(Urgency.NOW if urgent else Urgency.TODAY, sentence)
