"""Under the drug: from clock zero until the next morning nobody is asked for a new yes. Stopping always works."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant


def clear_again(clock_zero: Instant, zone: ZoneInfo, policy: Policy) -> Instant:
    """The next morning: the policy's hour, on the clinic's clock, of the day after the dose began.

    Where the clocks change so that this hour comes twice or not at all, the later moment counts.
    """
    day = clock_zero.astimezone(zone).date() + timedelta(days=1)
    hour = time(int(policy.number("plan.under_the_drug.until_hour")))
    return max(instant(datetime.combine(day, hour.replace(fold=fold), tzinfo=zone)) for fold in (0, 1))
