"""What a change of score means for one person: response, remission, reliable change, recovery."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import stdev

from kapstone.care.evidence import claim

from .measures import Measure

IMPROVED, UNCHANGED, DETERIORATED = "improved", "unchanged", "deteriorated"


@dataclass(frozen=True, slots=True)
class Functional:
    """Mean and standard deviation of a group that is well, in points of the measure."""

    mean: float
    sd: float


def improvement(measure: Measure, pre: Decimal, post: Decimal) -> Decimal:
    """Points gained, positive when better, whichever way the measure runs."""
    return post - pre if measure.higher_is_better else pre - post


def responded(measure: Measure, pre: Decimal, post: Decimal) -> bool | None:
    """Whether the score fell by the response fraction of its baseline or more; None where that does not apply.

    A baseline of 0 leaves nothing to fall and is no response.
    """
    fraction = measure.response_fraction
    return None if fraction is None else pre > 0 and pre - post >= fraction * pre


def reliable_change_points(baselines: Sequence[Decimal], reliability: float) -> float | None:
    """Points that measurement error alone is unlikely to exceed: z · SD · sqrt(2 (1 − r)).

    SD is the sample standard deviation of these baselines. None for fewer than two. Source: the claim
    `reliable-change-index`. ValueError for a reliability outside 0 to 1.
    """
    if not 0 <= reliability <= 1:
        raise ValueError(f"A reliability of {reliability} cannot be; give a number from 0 to 1.")
    if len(baselines) < 2:
        return None
    z = float(claim("reliable-change-index").figure("z"))
    return z * stdev(float(each) for each in baselines) * sqrt(2 * (1 - reliability))


def reliable_class(gained: Decimal, limit: float) -> str:
    """Improved or deteriorated only where the change is larger than the limit; an equal one is unchanged."""
    if abs(float(gained)) <= limit:
        return UNCHANGED
    return IMPROVED if gained > 0 else DETERIORATED


def important_class(gained: Decimal, minimum: Decimal) -> str:
    """Improved or deteriorated where the change reaches the minimal important difference."""
    if abs(gained) < minimum:
        return UNCHANGED
    return IMPROVED if gained > 0 else DETERIORATED


def cut_off(baselines: Sequence[Decimal], functional: Functional) -> float | None:
    """Jacobson and Truax's point c: between the two means, weighted by the two standard deviations.

    None for fewer than two baselines or when both groups have no spread.
    """
    if len(baselines) < 2:
        return None
    numbers = [float(each) for each in baselines]
    mean, sd = sum(numbers) / len(numbers), stdev(numbers)
    if functional.sd + sd == 0:
        return None
    return (functional.sd * mean + sd * functional.mean) / (functional.sd + sd)


def beyond(measure: Measure, post: Decimal, line: float) -> bool:
    """Whether a score is strictly on the well side of the cut-off."""
    return float(post) > line if measure.higher_is_better else float(post) < line
