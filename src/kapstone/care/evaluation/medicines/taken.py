"""Which of the medicines taken belong to a class; a list that nobody asked for is not an empty list."""

from decimal import Decimal

from kapstone.care.evaluation.intake import Intake, Medicine
from kapstone.care.evaluation.logic import Known
from kapstone.care.evaluation.rule import Condition, Says
from kapstone.care.evidence import Policy

from .table import Reading, read_name, recognise


def taken(intake: Intake, *classes: str) -> tuple[Medicine, ...]:
    """The medicines of any of these classes, as they were named."""
    return tuple(each for each in intake.medicines or () if _of(each, frozenset(classes)))


def takes(*classes: str) -> Condition:
    """The condition that a medicine of one of these classes is taken; not known where nobody asked."""

    def condition(intake: Intake, policy: Policy) -> Known:
        return None if intake.medicines is None else bool(taken(intake, *classes))

    return condition


def strangers(intake: Intake) -> tuple[Medicine, ...]:
    """Names of which the table does not know every word, and that no clinician has looked up."""
    return tuple(each for each in intake.medicines or () if not each.checked and not _placed(read_name(each.name)))


def _placed(reading: Reading) -> bool:
    return bool(reading.ingredients) and not reading.unplaced


def unrecognised(intake: Intake, policy: Policy) -> Known:
    """Whether a name was not checked against the rules. Never read as “no interaction”."""
    return None if intake.medicines is None else bool(strangers(intake))


def _of(medicine: Medicine, classes: frozenset[str]) -> bool:
    return any(each.classes & classes for each in recognise(medicine.name))


def named(*classes: str) -> Says:
    """Fills the gap {taken} with the names of the medicines of these classes."""
    return lambda intake, policy: {"taken": ", ".join(each.name for each in taken(intake, *classes))}


def lorazepam_equivalent(intake: Intake) -> tuple[Decimal, bool] | None:
    """The daily sum in mg of lorazepam, and whether it is the whole; None where nobody asked for medicines.

    One without an equivalent, and a product whose dose is not that of its benzodiazepine, is left out where a
    clinician has looked it up; else the sum is not the whole.
    """
    if intake.medicines is None:
        return None
    total, whole = Decimal(0), True
    for medicine in taken(intake, "benzodiazepine"):
        worth = _worth(medicine)
        if worth is None:
            whole = whole and bool(medicine.checked)
        elif medicine.daily_mg is None:
            whole = False
        else:
            total += medicine.daily_mg / worth
    return total, whole


def benzodiazepines_compared(intake: Intake) -> bool:
    """Whether each has an equivalent or was looked up by a clinician."""
    found = taken(intake, "benzodiazepine")
    return all(each.checked or _worth(each) is not None for each in found)


def _worth(medicine: Medicine) -> Decimal | None:
    """What does as much as 1 mg of lorazepam; None for a product of several, a class, or one that the table lacks."""
    parts = recognise(medicine.name)
    return parts[0].lorazepam_mg if len(parts) == 1 else None
