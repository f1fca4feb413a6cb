"""The real settings with a clock that a journey can move: the file `clock` in the home holds seconds to add."""

from datetime import timedelta

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.config.settings import *  # noqa: F403
from kapstone.clinic.config.settings import MACHINE

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = MACHINE.home / "mail"
_real_now = clock.now


def _moved_now() -> Instant:
    file = MACHINE.home / "clock"
    return Instant(_real_now() + timedelta(seconds=float(file.read_text()) if file.exists() else 0))


clock.now = _moved_now
