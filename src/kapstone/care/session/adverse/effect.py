"""One adverse effect as a person writes it, and what about it cannot be."""

from dataclasses import dataclass

from kapstone.care.evidence import Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.quantities import Instant

from .terms import TERMS

GRADES: dict[str, str] = {
    "1": marked("1, mild: nothing was needed"),
    "2": marked("2, moderate: little was needed"),
    "3": marked("3, severe: cannot care for themselves, or hospital"),
    "4": marked("4, life in danger"),
    "5": marked("5, death"),
}
"""How bad it was at its worst, after the common grades of adverse events."""

SERIOUS: dict[str, str] = {
    "death": marked("Death"),
    "life": marked("Life in danger"),
    "hospital": marked("Hospital, or longer there"),
    "disability": marked("Lasting disability"),
    "congenital": marked("Harm to an unborn child"),
    "important": marked("Important for another medical reason"),
}
"""Why an effect is serious; none of them means it is not."""

RELATED: dict[str, str] = {
    "not": marked("Not related"),
    "unlikely": marked("Unlikely"),
    "possible": marked("Possible"),
    "probable": marked("Probable"),
    "certain": marked("Certain"),
}
"""Whether it came from the treatment, as the one who writes sees it."""

ACTIONS: dict[str, str] = {
    "none": marked("None"),
    "slowed": marked("Slowed or made smaller"),
    "stopped": marked("Dose stopped"),
    "not_given": marked("Dose not given"),
}
"""What it changed of the dose."""

OUTCOMES: dict[str, str] = {
    "going_on": marked("Still there"),
    "better": marked("Getting better"),
    "gone": marked("Gone"),
    "gone_with_harm": marked("Gone, with lasting harm"),
    "fatal": marked("Death"),
    "unknown": marked("Unknown"),
}

WORST = "5"


@dataclass(frozen=True, slots=True)
class Effect:
    """What was written. `began` and `ended` are clock moments; `ended` is None while it goes on."""

    term: str
    grade: str
    began: Instant
    ended: Instant | None
    serious: tuple[str, ...]
    related: str
    action: str
    outcome: str


def why_not(effect: Effect, at: Instant) -> tuple[Reason, ...]:
    """Everything about it that cannot be; empty where it may be written."""
    found: list[Reason] = []
    if effect.began > at:
        found.append(reason("effect.future", marked("Began: a moment that has been, not one to come.")))
    if effect.ended is not None and effect.ended < effect.began:
        found.append(reason("effect.ended", marked("Ended: not before it began.")))
    if (effect.outcome == "gone") != (effect.ended is not None) and effect.outcome in ("gone", "going_on"):
        found.append(reason("effect.open", marked("Gone has an end; what is still there has none.")))
    if TERMS[effect.term].important and not effect.serious:
        words = marked("{term} is always serious: choose why, at least “important for another medical reason”.")
        found.append(reason("effect.important", words, term=TERMS[effect.term].words))
    if (effect.grade == WORST) != (effect.outcome == "fatal"):
        found.append(reason("effect.death", marked("Grade 5 and the outcome death go together.")))
    if effect.grade == WORST and "death" not in effect.serious:
        found.append(reason("effect.death_serious", marked("Death is serious: choose it.")))
    return tuple(found)
