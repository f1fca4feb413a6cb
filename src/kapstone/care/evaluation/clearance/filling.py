"""What a result that was read fills in the intake. A result that nobody read fills nothing."""

from datetime import date, timedelta

from kapstone.care.evidence import Policy

from .kind import Result
from .standing import Standing


def filled(now: Standing, result: Result, judged: Result, today: date, policy: Policy) -> dict[str, object]:
    """Fields of the intake by name, from the values of `now.counting`.

    A result that is too old by the policy keeps its day, so that the rule that looks at its age says so. Where its
    reader named an earlier day, or no rule looks at its age, the day is not known any more; what was found stays.
    """
    if now.counting is None or now.reading is None or now.recheck_on is None:
        return {}
    taken = now.counting.taken_on or now.counting.at.date()
    fields = dict(now.test.fills(taken, result, judged))
    by_policy = taken + timedelta(days=int(policy.number(now.test.valid_days)))
    ended_early = today > now.recheck_on and today <= by_policy
    if ended_early or (today > now.recheck_on and not now.test.aged_by_rule):
        fields[now.test.day_field] = None
    return fields
