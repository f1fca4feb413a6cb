"""Who acts, where and when. Every action and every query is given one."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.roles import STAFF, Role

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Clinic, User


@dataclass(frozen=True, slots=True)
class Act:
    """One person acting in one clinic at one moment, from one device. `actor` is None for the public."""

    actor: "User | None"
    clinic: "Clinic"
    roles: frozenset[Role]
    at: Instant
    device: str
    request_id: UUID
    reason: str = ""

    @property
    def person(self) -> "User":
        """Who acts, where somebody must have signed in."""
        if self.actor is None:
            raise PermissionError("Nobody is signed in.")
        return self.actor

    @property
    def staff(self) -> bool:
        """True for anyone who works here."""
        return bool(self.roles & STAFF)

    @property
    def is_patient(self) -> bool:
        """True for a patient."""
        return Role.PATIENT in self.roles

    def because(self, reason: str) -> "Act":
        """The same act with a typed reason."""
        return replace(self, reason=reason)

    def later(self, at: Instant) -> "Act":
        """The same person at another moment: how the virtual clinic passes time."""
        return replace(self, at=at)
