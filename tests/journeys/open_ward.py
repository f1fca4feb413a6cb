"""Opens a clinic in which a dose of each of three patients runs, each beside a monitor, and prints who is where.

With `continuous` the director signed that every offered value becomes a reading by itself.
"""

import json
import os
import sys
from dataclasses import replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.journeys.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from kapstone.care.evidence import default_policy  # noqa: E402
from kapstone.clinic.config import clock  # noqa: E402
from kapstone.clinic.ground.people.actions import propose_policy, sign_policy  # noqa: E402
from kapstone.clinic.session.chairs.queries import running  # noqa: E402
from kapstone.clinic.session.devices.actions import make_gateway  # noqa: E402
from kapstone.clinic.session.devices.queries import gateway_of  # noqa: E402
from kapstone.rehearsal.ward import build_ward, connect  # noqa: E402

PATIENTS = 3


def main() -> None:
    """Migrates, makes the clinic, and connects its monitors."""
    call_command("migrate", verbosity=0)
    at = clock.now()
    staff = {key: replace(one, at=at) for key, one in build_ward(7, at, PATIENTS).items()}
    key = make_gateway(staff["lead"], "Monitors")
    gateway = gateway_of(key)
    assert gateway is not None
    sessions = [now.session.id for now in running(staff["nurse"])]
    devices = connect(staff["nurse"], gateway, sessions)
    if sys.argv[1:] == ["continuous"]:
        everything = default_policy().changed({"session.devices.continuous": True})
        sign_policy(staff["director"], propose_policy(staff["director"], everything, "For a replay").id)
    json.dump({"key": key, "sessions": {str(one): devices[one] for one in sessions}}, sys.stdout)


main()
