"""The cast: who comes to the demo clinic, how far each gets, and what happens on the way.

The mix of outcomes follows cohorts of clinics: of those who finish a course about 5 to 6 in 10 respond, 2 to 3 in 10
remit and about 1 in 12 gets worse. In order of use: a rehearsal with fewer patients takes the first rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType

from kapstone.care.plan import TherapyForm

from .symptoms import Trend
from .vitals import Happening


class Stage(IntEnum):
    """How far somebody gets by themselves."""

    ENQUIRY = 0
    CLOSED = 1
    INTAKE = 2
    WAITING = 3
    DECLINED = 4
    OFFERED = 5
    CONSENTED = 6
    COURSE = 7


class Live(StrEnum):
    """Whose dose is placed so that the day of the anchor has life."""

    DOSING = "dosing"
    OBSERVING = "observing"
    LATER = "later"
    VISIT = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One invented patient. `asked_days_ago` is not read where `live` places the course."""

    stage: Stage = Stage.COURSE
    asked_days_ago: int = 0
    format: str = "iv"
    doses: int = 6
    therapy: TherapyForm = TherapyForm.EACH_DOSE
    therapist: str = "therapist"
    trend: Trend = Trend.RESPONDS
    live: Live | None = None
    happens: Mapping[int, Happening] = field(default_factory=lambda: MappingProxyType({}))
    misses: frozenset[int] = frozenset()
    stops_after: int = 0
    boosters: int = 0
    new_thoughts: bool = False
    in_hand: bool = False


CAST: tuple[Part, ...] = (
    Part(live=Live.DOSING),
    Part(asked_days_ago=80, trend=Trend.REMITS, therapist="therapist2", happens={1: Happening.PRESSURE}, boosters=2),
    Part(asked_days_ago=48, trend=Trend.PARTIAL, misses=frozenset({2, 5})),
    Part(stage=Stage.DECLINED, asked_days_ago=52),
    Part(asked_days_ago=50, trend=Trend.WORSE, therapist="therapist2"),
    Part(live=Live.OBSERVING, trend=Trend.REMITS, therapist="therapist2", happens={1: Happening.PRESSURE_HIGH}),
    Part(stage=Stage.WAITING, asked_days_ago=8, in_hand=True),
    Part(asked_days_ago=76, format="im", therapy=TherapyForm.PHASE_BASED),
    Part(asked_days_ago=70, format="in-esketamine", therapy=TherapyForm.TELEHEALTH, therapist="therapist2"),
    Part(asked_days_ago=66, therapist="guest", happens={3: Happening.SLOW_BREATHING}),
    Part(live=Live.LATER, trend=Trend.PARTIAL, new_thoughts=True),
    Part(stage=Stage.INTAKE, asked_days_ago=4),
    Part(asked_days_ago=42, trend=Trend.PARTIAL, stops_after=2),
    Part(asked_days_ago=87, trend=Trend.REMITS, boosters=3),
    Part(asked_days_ago=72, format="sl", trend=Trend.NONE, therapist="therapist2"),
    Part(asked_days_ago=57, trend=Trend.PARTIAL, therapy=TherapyForm.OUTSIDE_THERAPIST),
    Part(live=Live.VISIT, therapist="guest"),
    Part(stage=Stage.OFFERED, asked_days_ago=13),
    Part(stage=Stage.CONSENTED, asked_days_ago=14),
    Part(asked_days_ago=62, therapy=TherapyForm.DECLINED),
    Part(asked_days_ago=89, trend=Trend.RELAPSES, therapist="therapist2"),
    Part(asked_days_ago=25, format="in-esketamine", trend=Trend.REMITS),
    Part(asked_days_ago=54, format="sl", trend=Trend.PARTIAL, therapist="therapist2"),
    Part(asked_days_ago=51, format="im", trend=Trend.NONE, therapy=TherapyForm.PHASE_BASED),
)

ASKERS: tuple[Part, ...] = (
    Part(stage=Stage.ENQUIRY, asked_days_ago=1),
    Part(stage=Stage.CLOSED, asked_days_ago=33),
)
"""People who asked and are no patients: one waits for an answer, one was told no."""
