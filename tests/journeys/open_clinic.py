"""Opens a clinic with its staff and rooms in the home that KAPSTONE_HOME names, and prints who works there."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.journeys.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from kapstone.care.evidence import default_policy  # noqa: E402
from kapstone.clinic.config import clock  # noqa: E402
from kapstone.clinic.ground.bookings.actions import open_room  # noqa: E402
from kapstone.clinic.ground.bookings.models import RoomKind  # noqa: E402
from kapstone.clinic.ground.people import actions as people  # noqa: E402
from kapstone.clinic.ground.people.act import Act  # noqa: E402
from kapstone.clinic.ground.people.ids import uuid7  # noqa: E402
from kapstone.clinic.ground.people.roles import STAFF, Role  # noqa: E402

PASSWORD = "a long phrase for tests"

NAMES = {
    Role.PRESCRIBER: "Dr. Iris Lee",
    Role.NURSE: "Noor Haddad",
    Role.THERAPIST: "Tom Okafor",
    Role.GUEST_THERAPIST: "Grete Vance",
    Role.FRONT_DESK: "Fay Lindqvist",
    Role.CLINIC_LEAD: "Leo Brandt",
    Role.MEDICAL_DIRECTOR: "Dr. Mara Quist",
    Role.ON_CALL: "Odile Renard",
    Role.DIRECTORY_EDITOR: "Dana Wolfe",
}


def main() -> None:
    """Migrates, then makes the clinic."""
    call_command("migrate", verbosity=0)
    at = clock.now()
    clinic = people.open_clinic(
        at,
        name="Harbor Clinic",
        zone="America/New_York",
        phone="203-555-0142",
        place="New Haven, Connecticut",
        state="CT",
        demo=True,
    )
    staff = {
        role: people.add_staff(
            clinic, at, name=NAMES[role], email=f"{role.value}@harbor.example", roles=[role], password=PASSWORD
        )
        for role in sorted(STAFF)
    }
    for name in ("Room 1", "Room 2"):
        open_room(clinic, at, name, RoomKind.TREATMENT)
    open_room(clinic, at, "Garden room", RoomKind.THERAPY)
    director = staff[Role.MEDICAL_DIRECTOR]
    act = Act(director, clinic, frozenset({Role.MEDICAL_DIRECTOR}), at, "test", uuid7(at))
    people.propose_policy(act, default_policy(), "The program's defaults")
    json.dump({role.value: user.email for role, user in staff.items()}, sys.stdout)


main()
