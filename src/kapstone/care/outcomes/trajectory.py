"""One person's scores over time: baseline, best, latest, and whether a response holds. Gaps stay gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant

from .change import responded
from .measures import Measure


@dataclass(frozen=True, slots=True)
class Point:
    """One occasion. A total of None is an occasion without a score, and is kept."""

    moment: Instant
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """All points in time order and what they say. None means that it cannot be known from these points.

    `change` is latest minus baseline in points. `responded_before` is true once any score was a response.
    """

    measure: Measure
    points: tuple[Point, ...]
    baseline: Point | None
    latest: Point | None
    best: Point | None
    change: Decimal | None
    response: bool | None
    remission: bool | None
    responded_before: bool
    loss_of_response: bool | None
    early_warning: bool | None

    @property
    def worse_than_baseline(self) -> bool:
        """Whether the latest score is on the wrong side of the baseline."""
        if self.change is None:
            return False
        return self.change < 0 if self.measure.higher_is_better else self.change > 0


def trajectory(
    measure: Measure, points: Iterable[tuple[Instant, int | Decimal | None]], policy: Policy
) -> Trajectory:
    """Builds the trajectory; the baseline is the first score. ValueError for two points at one moment."""
    line = _in_order(points)
    scored = [point for point in line if point.total is not None]
    if not scored:
        return Trajectory(measure, line, None, None, None, None, None, None, False, None, None)
    totals = [_total(point) for point in scored]
    first, last = totals[0], totals[-1]
    before = any(responded(measure, first, total) for total in totals[1:])
    later = len(totals) > 1
    return Trajectory(
        measure=measure,
        points=line,
        baseline=scored[0],
        latest=scored[-1],
        best=_best(measure, scored),
        change=last - first,
        response=responded(measure, first, last) if later else None,
        remission=measure.remitted(last),
        responded_before=before,
        loss_of_response=_lost(measure, scored, policy) if before else None,
        early_warning=_early_warning(measure, totals, policy) if later else None,
    )


def _in_order(points: Iterable[tuple[Instant, int | Decimal | None]]) -> tuple[Point, ...]:
    line = sorted(
        (Point(moment, None if total is None else Decimal(total)) for moment, total in points),
        key=lambda point: point.moment,
    )
    for earlier, later in pairwise(line):
        if earlier.moment == later.moment:
            raise ValueError(f"Two points stand at {later.moment.isoformat()}; keep one of them.")
    return tuple(line)


def _total(point: Point) -> Decimal:
    if point.total is None:
        raise ValueError("A gap has no total.")
    return point.total


def _best(measure: Measure, scored: Sequence[Point]) -> Point:
    """The best point, the earliest of equals."""
    sign = -1 if measure.higher_is_better else 1
    return min(scored, key=lambda point: (sign * _total(point), point.moment))


def _lost(measure: Measure, scored: Sequence[Point], policy: Policy) -> bool:
    """Whether a response that was there is gone now: long enough above the line, or almost at the baseline."""
    baseline, latest = _total(scored[0]), _total(scored[-1])
    key = f"outcomes.loss_of_response.points_below_baseline.{measure.id}"
    if key in policy.lines and latest >= baseline - policy.number(key):
        return True
    line = baseline * policy.number("outcomes.loss_of_response.above_fraction")
    above: list[Point] = []
    for point in reversed(scored[1:]):
        if _total(point) <= line:
            break
        above.append(point)
    apart = timedelta(days=float(policy.number("outcomes.loss_of_response.days_apart")))
    return len(above) > 1 and above[0].moment - above[-1].moment >= apart


def _early_warning(measure: Measure, totals: Sequence[Decimal], policy: Policy) -> bool | None:
    """Whether the latest total lies too far above the best; None for a measure without such a line."""
    key = f"outcomes.early_warning.points_above_best.{measure.id}"
    if key not in policy.lines:
        return None
    return totals[-1] - min(totals) >= policy.number(key)
