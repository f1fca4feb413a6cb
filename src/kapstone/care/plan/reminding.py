"""Which bookings a patient is reminded of now, in one mail: merged, at most one a day, within a weekly budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, hours

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A coming booking, and the start of which the patient was last reminded: None for never.

    `off` says that it was cancelled after the patient was told of it, and that they do not know yet.
    """

    booking: UUID
    starts: Instant
    told: Instant | None = None
    off: bool = False

    @property
    def news(self) -> bool:
        """Whether the patient has not been told of it as it stands."""
        return self.off or self.told != self.starts

    @property
    def corrects(self) -> bool:
        """Whether the patient knows something that is not so any more, and would come at a wrong time."""
        return self.off or (self.told is not None and self.told != self.starts)


def to_remind(
    ahead: Sequence[Ahead], mailed: Sequence[Instant], zone: ZoneInfo, policy: Policy, at: Instant
) -> tuple[Ahead, ...]:
    """Everything that the next mail names, in order of time; empty where none goes out now.

    `mailed` is when mails went to this patient before. A mail goes out between the policy's hours, once a local day,
    where something new begins soon and the budget of the last seven days is not spent. It names all that begins
    soon, so that a dose and its visit stand together. What corrects an earlier mail waits for no hour, day or
    budget, and is named however far away it begins now.
    """
    number = policy.number
    local = at.astimezone(zone)
    quiet = not int(number("plan.day.remind_hour")) <= local.hour < int(number("plan.day.remind_until_hour"))
    spent = sum(_within_a_week(one, at) for one in mailed) >= int(number("plan.day.mails_a_week"))
    until = at + hours(float(number("plan.day.remind_ahead_h")))
    named = [one for one in ahead if one.corrects or (at < one.starts <= until)]
    named = sorted((one for one in named if one.starts > at), key=lambda one: one.starts)
    today = any(one.astimezone(zone).date() == local.date() for one in mailed)
    wanted = any(one.corrects if today or spent or quiet else one.news for one in named)
    return tuple(named) if wanted else ()


def _within_a_week(moment: datetime, at: Instant) -> bool:
    return at - WEEK < moment <= at
