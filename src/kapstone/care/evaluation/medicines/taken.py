"""Which of the medicines taken belong to a class; a list that nobody asked for is not an empty list."""

from kapstone.care.evaluation.intake import Intake, Medicine
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Condition
from kapstone.care.evidence import Policy

from .table import recognise


def taken(intake: Intake, *classes: str) -> tuple[Medicine, ...]:
    """The medicines of any of these classes, as they were named."""
    return tuple(each for each in intake.medicines or () if _of(each, frozenset(classes)))


def takes(*classes: str) -> Condition:
    """The condition that a medicine of one of these classes is taken; not known where nobody asked."""

    def condition(intake: Intake, policy: Policy) -> Known:
        return None if intake.medicines is None else bool(taken(intake, *classes))

    return condition


def strangers(intake: Intake) -> tuple[Medicine, ...]:
    """Names that the table does not know and no clinician has looked up."""
    return tuple(each for each in intake.medicines or () if recognise(each.name) is None and not each.checked)


def unrecognised(intake: Intake, policy: Policy) -> Known:
    """Whether a name was not checked against the rules. Never read as “no interaction”."""
    return None if intake.medicines is None else bool(strangers(intake))


def _of(medicine: Medicine, classes: frozenset[str]) -> bool:
    found = recognise(medicine.name)
    return found is not None and bool(found.classes & classes)
