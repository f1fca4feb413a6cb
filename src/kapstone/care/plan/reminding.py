"""Which bookings a patient is reminded of now, in one mail: merged, at most one a day, within a weekly budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, hours

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A coming booking, and the start of which the patient was last reminded: None for never."""

    booking: UUID
    starts: Instant
    told: Instant | None = None

    @property
    def news(self) -> bool:
        """Whether the patient has not been reminded of it as it stands."""
        return self.told != self.starts


def to_remind(
    ahead: Sequence[Ahead], mailed: Sequence[Instant], zone: ZoneInfo, policy: Policy, at: Instant
) -> tuple[Ahead, ...]:
    """Everything that the next mail names, in order of time; empty where none goes out now.

    `mailed` is when mails went to this patient before. A mail goes out from the policy's hour on, once a local day,
    where something new begins soon and the budget of the last seven days is not spent. It names all that begins
    soon, so that a dose and its visit stand together.
    """
    number = policy.number
    local = at.astimezone(zone)
    if local.time() < time(int(number("plan.day.remind_hour"))):
        return ()
    if any(one.astimezone(zone).date() == local.date() for one in mailed):
        return ()
    if sum(_within_a_week(one, at) for one in mailed) >= int(number("plan.day.mails_a_week")):
        return ()
    until = at + hours(float(number("plan.day.remind_ahead_h")))
    soon = sorted((one for one in ahead if at < one.starts <= until), key=lambda one: one.starts)
    return tuple(soon) if any(one.news for one in soon) else ()


def _within_a_week(moment: datetime, at: Instant) -> bool:
    return at - WEEK < moment <= at
