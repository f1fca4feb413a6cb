"""Times ours and a peer in turns on one core, so that a busy machine slows both alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: how often ours and the named peer did it in a second of processor time.

    `ratio` is the peer's time over ours: 2 means that ours is twice as fast. Below `limit` the goal is missed.
    """

    name: str
    peer_name: str
    ours: float
    peer: float
    limit: float

    @property
    def ratio(self) -> float:
        """How many times as fast as the peer."""
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.limit


def against(
    name: str,
    ours: Callable[[], int],
    peer_name: str,
    peer: Callable[[], int],
    limit: float,
    seconds: float,
) -> Result:
    """Runs both in turns; the median of each counts. Each does some work and returns how many pieces it did."""
    ours()
    peer()  # what is done only once is not timed
    rates = [(_rate(ours, seconds / ROUNDS), _rate(peer, seconds / ROUNDS)) for _ in range(ROUNDS)]
    return Result(name, peer_name, median(rate for rate, _ in rates), median(rate for _, rate in rates), limit)


def _rate(work: Callable[[], int], seconds: float) -> float:
    """Pieces in a second of this process's processor time."""
    begun, done = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        done += work()
    return done / spent
