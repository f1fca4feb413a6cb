"""Which of the medicines taken belong to a class; a list that nobody asked for is not an empty list."""

from decimal import Decimal

from kapstone.care.evaluation.intake import Intake, Medicine
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Condition, Says
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
    return tuple(each for each in intake.medicines or () if not recognise(each.name) and not each.checked)


def unrecognised(intake: Intake, policy: Policy) -> Known:
    """Whether a name was not checked against the rules. Never read as “no interaction”."""
    return None if intake.medicines is None else bool(strangers(intake))


def _of(medicine: Medicine, classes: frozenset[str]) -> bool:
    return any(each.classes & classes for each in recognise(medicine.name))


def named(*classes: str) -> Says:
    """Fills the gap {taken} with the names of the medicines of these classes."""
    return lambda intake, policy: {"taken": ", ".join(each.name for each in taken(intake, *classes))}


def lorazepam_equivalent(intake: Intake) -> tuple[Decimal, bool] | None:
    """The daily sum in mg of lorazepam, and whether every dose is known; None where nobody asked for medicines."""
    if intake.medicines is None:
        return None
    total, whole = Decimal(0), True
    for medicine in taken(intake, "benzodiazepine"):
        worth = next((one.lorazepam_mg for one in recognise(medicine.name) if one.lorazepam_mg), None)
        if medicine.daily_mg is None or worth is None:
            whole = False
        else:
            total += medicine.daily_mg / worth
    return total, whole
