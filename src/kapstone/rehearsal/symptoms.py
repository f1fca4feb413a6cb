"""How an invented patient's PHQ-9 goes: a baseline, where it is heading, and the nine answers behind each total."""

from dataclasses import dataclass
from enum import StrEnum
from math import exp
from random import Random

from kapstone.care.evaluation import instrument

RELAPSE_FROM, RELAPSE_TO = 34, 62
"""Days after the first dose between which a lost response is lost."""


class Trend(StrEnum):
    """Where the scores go. The shares in `patients.py` follow published clinic cohorts, not trials."""

    REMITS = "remits"
    RESPONDS = "responds"
    RELAPSES = "relapses"
    PARTIAL = "partial"
    NONE = "none"
    WORSE = "worse"


SETTLES_AT = {
    Trend.REMITS: (0.10, 0.20),
    Trend.RESPONDS: (0.30, 0.44),
    Trend.RELAPSES: (0.30, 0.40),
    Trend.PARTIAL: (0.58, 0.74),
    Trend.NONE: (0.88, 1.00),
    Trend.WORSE: (1.15, 1.25),
}
"""The share of the baseline at which the scores come to rest."""


@dataclass(frozen=True, slots=True)
class Symptoms:
    """One patient's depression over the 90 days. Days count from the first dose; before it nothing changes."""

    baseline: int
    trend: Trend
    settles_at: float
    days: float
    item_9: int

    @staticmethod
    def of(trend: Trend, rng: Random) -> "Symptoms":
        """Draws a baseline and a speed."""
        baseline = rng.randint(16, 18) if trend is Trend.WORSE else rng.randint(16, 22)
        item_9 = 0 if trend is Trend.WORSE else int(rng.random() < 0.3)
        return Symptoms(baseline, trend, rng.uniform(*SETTLES_AT[trend]), rng.uniform(4, 7), item_9)

    def total(self, day: float, rng: Random) -> int:
        """The total on a day, with the wobble of one point that scores have."""
        if day <= 0:
            return self.baseline
        share = self.settles_at + (1 - self.settles_at) * exp(-day / self.days)
        if self.trend is Trend.RELAPSES and day > RELAPSE_FROM:
            way = min((day - RELAPSE_FROM) / (RELAPSE_TO - RELAPSE_FROM), 1)
            share += (0.85 - self.settles_at) * way
        low, high = self._bounds(day)
        return min(max(round(self.baseline * share) + rng.choice((-1, 0, 0, 1)), low), high)

    def _bounds(self, day: float) -> tuple[int, int]:
        """Once settled, the wobble does not carry a score over the line that gives the trend its name."""
        settled = day >= 14
        half = self.baseline // 2
        if self.trend is Trend.RELAPSES and day > RELAPSE_FROM:
            return 5, self.baseline - 1
        return {
            Trend.REMITS: (1, 4 if settled else 27),
            Trend.RESPONDS: (5, half if settled else 27),
            Trend.RELAPSES: (5, half if settled else 27),
            Trend.PARTIAL: (half + 1, 27),
            Trend.NONE: (half + 3, self.baseline),
            Trend.WORSE: (self.baseline + settled, 24),
        }[self.trend]

    def thoughts(self, day: float) -> int:
        """The points of item 9 on a day."""
        if self.trend is Trend.WORSE:
            return 2 if day >= 13 else 1 if day >= 6 else 0
        return self.item_9 if day <= 5 else 0


def answers(total: int, item_9: int, rng: Random) -> dict[str, int | None]:
    """Nine answers that add up to the total. ValueError for a total that eight items cannot hold."""
    phq9 = instrument("phq-9")
    others = [item.link_id for item in phq9.items if item.link_id not in phq9.safety_items]
    left = total - item_9
    if not 0 <= left <= len(others) * phq9.highest:
        raise ValueError(f"A total of {total} with {item_9} for item 9 cannot be answered.")
    given = dict.fromkeys(others, 0)
    for _ in range(left):
        given[rng.choice([one for one in others if given[one] < phq9.highest])] += 1
    return {**given, phq9.safety_items[0]: item_9}
