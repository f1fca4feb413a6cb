"""The real settings at another hour, for a benchmark's own clinic: nobody is treated at night or on a Sunday."""

import os
from datetime import timedelta

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.config.settings import *  # noqa: F403

AHEAD = timedelta(seconds=float(os.environ["KAPSTONE_BENCH_AHEAD_S"]))
_real_now = clock.now


def _moved_now() -> Instant:
    return Instant(_real_now() + AHEAD)


clock.now = _moved_now
