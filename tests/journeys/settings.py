"""The real settings with a clock that a journey can move: the file `clock` in the home holds seconds to add.

After them it may hold how many times as fast time goes, and since when.
"""

from datetime import timedelta

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.config.settings import *  # noqa: F403
from kapstone.clinic.config.settings import MACHINE

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = MACHINE.home / "mail"
_real_now = clock.now


def _moved_now() -> Instant:
    file, here = MACHINE.home / "clock", _real_now()
    told = [float(word) for word in file.read_text().split()] if file.exists() else [0.0]
    ahead, times, since = told if len(told) == 3 else (told[0], 1.0, 0.0)
    return Instant(here + timedelta(seconds=ahead + (times - 1) * max(here.timestamp() - since, 0.0)))


clock.now = _moved_now
