"""What the rules ask of a PHQ-9: the totals still possible, item 9, and acute suicidality."""

from collections.abc import Mapping

from kapstone.care.evidence import Policy

from .instruments import instrument
from .intake import Intake
from .logic import Known, and_, or_


def total_range(answers: Mapping[str, int | None]) -> tuple[int, int]:
    """The lowest and highest total that the blank items leave open; equal when none is blank."""
    phq9 = instrument("phq-9")
    given = [answers.get(item.link_id) for item in phq9.items]
    low = sum(value for value in given if value is not None)
    return low, low + phq9.highest * given.count(None)


def item_9(answers: Mapping[str, int | None]) -> int | None:
    """The points of the item on suicidal thoughts; None when it was not asked."""
    return answers.get(instrument("phq-9").safety_items[0])


def acute_suicidality(intake: Intake, policy: Policy) -> Known:
    """Whether anything on record calls for an assessment now: item 9, the ASQ, or a clinician's flag."""
    value = item_9(intake.phq9)
    high = None if value is None else value >= policy.number("evaluation.suicide.item9_now")
    return or_(high, intake.asq_acute, intake.clinician_urgent_flag)


def some_suicidality(intake: Intake, policy: Policy) -> Known:
    """Whether item 9 or the ASQ tells of thoughts of death or self-harm, of any weight."""
    value = item_9(intake.phq9)
    ticked = None if value is None else value >= policy.number("evaluation.suicide.item9_today")
    return or_(ticked, intake.asq_positive)


def known_unchanged(intake: Intake) -> Known:
    """Whether a clinician assessed them on a day that is named, and found them unchanged since."""
    return and_(intake.suicidality_unchanged, intake.suicidality_assessed_on is not None)
