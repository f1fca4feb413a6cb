"""What a payer agreed to pay: so many units between two days. Said on the board before it runs out."""

from dataclasses import dataclass
from datetime import date

from kapstone.care.evidence import Policy


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One authorisation: units of what, from a day until another, both included."""

    units: int
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether this day is covered."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class AuthorisationStanding:
    """How an authorisation stands. `short` is true when somebody has to ask for the next one now."""

    left: int
    words: str
    short: bool


def standing(
    one: Authorisation, used: int, planned: int, today: date, policy: Policy, renewed: bool = False
) -> AuthorisationStanding:
    """How many units are left, in words such as “2 units left, ends 12 Dec”. `planned` are doses that are booked.

    `renewed` says that the next one is agreed to already and follows on this one: its end then asks for nothing.
    """
    left = max(one.units - used, 0)
    ends = f"{one.until.day} {one.until:%b}"
    if today > one.until:
        return AuthorisationStanding(left, f"ended {ends}", planned > 0)
    if today < one.since:
        return AuthorisationStanding(left, f"{_units(left)}, begins {one.since.day} {one.since:%b}", planned > left)
    soon = (one.until - today).days <= int(policy.number("plan.authorisation.ask_again_days"))
    few = left < min(planned, int(policy.number("plan.authorisation.ask_again_units")))
    return AuthorisationStanding(
        left, f"{_units(left)} left, ends {ends}", few or (soon and planned > 0 and not renewed)
    )


def _units(count: int) -> str:
    return f"{count} unit" if count == 1 else f"{count} units"
