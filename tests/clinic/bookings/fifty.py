"""Fifty patients at the last time, in a home of its own: all sign at once. Prints what became of each, as JSON."""

import json
import os
import sys
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from threading import Barrier, Thread

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from tests import cast  # noqa: E402
from tests.cast import MONDAY, Story  # noqa: E402

from kapstone.care.plan import TherapyForm  # noqa: E402
from kapstone.care.quantities.moments import instant  # noqa: E402
from kapstone.clinic.ground.bookings.hours import actions as hours  # noqa: E402
from kapstone.clinic.ground.bookings.models import Booking, BookingKind  # noqa: E402
from kapstone.clinic.ground.people.doing import Refused  # noqa: E402
from kapstone.clinic.ground.people.roles import Role  # noqa: E402
from kapstone.clinic.guide import actions as guide  # noqa: E402
from kapstone.clinic.plan import actions as plan  # noqa: E402
from kapstone.clinic.plan.actions import NewCourse  # noqa: E402

COUNT = 50


def main() -> None:
    """One clinic, one free pair, fifty signatures."""
    call_command("migrate", verbosity=0)
    guide.MOST_FROM_ONE_DEVICE = guide.MOST_IN_ALL = 10 * COUNT
    house = cast._house("Elm Clinic", "elm", MONDAY)
    stories = [cast.evaluated(house, f"p{n}") for n in range(COUNT)]
    lead, doctor = house.act(Role.CLINIC_LEAD, MONDAY), house.act(Role.PRESCRIBER, MONDAY)

    def local(text: str) -> object:
        return instant(datetime.fromisoformat(text).replace(tzinfo=house.clinic.zone))

    for first, last in (("2026-11-03T00:00", "2026-11-09T15:30"), ("2026-11-11T00:00", "2026-12-31T00:00")):
        hours.close(lead, local(first), local(last), None, None)  # type: ignore[arg-type]
    course = NewCourse("iv", Decimal(35), Decimal(70), 1, date(2026, 11, 9), time(8), TherapyForm.EACH_DOSE,
                       house.staff[Role.THERAPIST].id)  # fmt: skip
    shown = plan.ways(doctor, stories[0].patient, course)[0].starts
    outcomes: list[str] = []
    gate = Barrier(COUNT)

    def sign(story: Story) -> None:
        gate.wait()
        try:
            plan.plan_course(house.act(Role.PRESCRIBER, MONDAY), story.patient.id, replace(course, shown=shown))
            outcomes.append("booked")
        except Refused as no:
            outcomes.append(str(no))
        except Exception as fault:
            outcomes.append(repr(fault))
        finally:
            connections.close_all()

    threads = [Thread(target=sign, args=(story,)) for story in stories]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    doses = Booking.objects.filter(kind=BookingKind.DOSING, cancelled_at=None).count()
    json.dump({"outcomes": outcomes, "doses": doses}, sys.stdout)


main()
