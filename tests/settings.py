"""Settings for tests: a throw-away home with keys of its own; PostgreSQL where KAPSTONE_DATABASE names one."""

import os
from pathlib import Path

HOME = Path(__file__).parent.parent / ".test" / "home"
os.environ.setdefault("KAPSTONE_HOME", str(HOME))

from kapstone.clinic.config import machine  # noqa: E402

machine.make_home(machine.home(), demo=True, address="http://localhost:8765")

from kapstone.clinic.config.settings import *  # noqa: E402, F403

# Every test client would read all static files again; the journeys in a browser use the real thing.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
