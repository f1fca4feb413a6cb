"""What the rehearsal's processes share: the clinic's people, its days, and each patient's case."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7

from .days import Agenda, Days
from .patients import Part
from .symptoms import Symptoms
from .vitals import Body


@dataclass(frozen=True, slots=True)
class World:
    """The demo clinic while it is made. `public` is an act of nobody in particular."""

    anchor: Instant
    policy: Policy
    days: Days
    agenda: Agenda
    staff: dict[str, Act]
    public: Act

    def by(self, key: str, at: Instant) -> Act:
        """A member of staff acting at a moment."""
        return moved(self.staff[key], at)

    def key_of(self, user_id: UUID | None) -> str:
        """The key of a member of staff."""
        return next(key for key, act in self.staff.items() if act.actor and act.actor.id == user_id)


@dataclass(slots=True)
class Case:
    """One invented patient and all that is drawn for them. `rng` is theirs alone, so that cases do not mix."""

    part: Part
    rng: Random
    name: str
    phone: str
    birth_date: date
    asked: Instant
    weight_kg: Decimal
    body: Body
    symptoms: Symptoms
    first_day: date | None = None
    patient_id: UUID | None = None
    act: Act | None = None
    first_dose: Instant | None = None
    nurse: str = "nurse"
    over: bool = False
    sessions: int = 0

    @property
    def id(self) -> UUID:
        """The patient, once admitted."""
        if self.patient_id is None:
            raise ValueError(f"{self.name} is not admitted yet.")
        return self.patient_id

    def acts(self, at: Instant) -> Act:
        """The patient acting at a moment."""
        if self.act is None:
            raise ValueError(f"{self.name} cannot sign in yet.")
        return moved(self.act, at)

    def treated_days(self, at: Instant) -> float:
        """Days since the first dose; 0 before it."""
        return (at - self.first_dose).total_seconds() / 86_400 if self.first_dose else 0.0


def moved(act: Act, at: Instant) -> Act:
    """The same person at a moment, with a request of its own."""
    return replace(act.later(at), request_id=uuid7(at))
