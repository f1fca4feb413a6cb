"""Times ours and a peer in turns, so that a busy machine slows both alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 7
PROCESSOR, WALL = "second of processor time", "second"
"""What rates are counted by: the processor's time where both use one, the clock where one uses several."""


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of ours and of the named peer: how often in a second, or a plain number where `per` is empty.

    `ratio` says how many times as good ours is: 2 means twice as fast, twice as many or, where `less` is better, half
    as much. Below `limit` the goal is missed; 0 is no goal. `unit` says what is counted and `per` by which second.
    """

    name: str
    peer_name: str
    ours: float
    peer: float
    limit: float
    unit: str = "pieces"
    per: str = PROCESSOR
    less: bool = False

    @property
    def ratio(self) -> float:
        """How many times as good as the peer."""
        good, bad = (self.peer, self.ours) if self.less else (self.ours, self.peer)
        return good / bad if bad else float("inf") if good else 1.0

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.limit


@dataclass(frozen=True, slots=True)
class Skipped:
    """A peer that could not be run here, and why."""

    peer_name: str
    why: str


def against(
    name: str,
    ours: Callable[[], int],
    peer_name: str,
    peer: Callable[[], int],
    limit: float,
    seconds: float,
    *,
    unit: str = "pieces",
    per: str = PROCESSOR,
) -> Result:
    """Runs both in turns; the median of each counts. Each does some work and returns how many pieces it did."""
    ours()
    peer()  # what is done only once is not timed
    rates = [(_rate(ours, seconds / ROUNDS, per), _rate(peer, seconds / ROUNDS, per)) for _ in range(ROUNDS)]
    ours_rate, peer_rate = (median(one[side] for one in rates) for side in (0, 1))
    return Result(name, peer_name, ours_rate, peer_rate, limit, unit, per)


def _rate(work: Callable[[], int], seconds: float, per: str) -> float:
    """Pieces in a second of this process's processor time, or of the clock's."""
    clock = time.process_time if per == PROCESSOR else time.perf_counter
    begun, done = clock(), 0
    while (spent := clock() - begun) < seconds:
        done += work()
    return done / spent
