"""A treatment day with as many chairs as one wants, made to find out how much the house bears."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from kapstone.care.plan import TherapyForm
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.session.devices.actions import LAST as LABEL
from kapstone.clinic.session.devices.actions import choose_device, confirm_device, receive

from .build import PASSWORD, SPAN_DAYS, cases_of, open_world
from .journey import journey
from .patients import Live, Part
from .people import many_names, more_hands

if TYPE_CHECKING:
    from kapstone.clinic.session.models import Gateway

WARD = 10
"""So many chairs have one room."""

ASKING_A_DAY = 10
"""So many patients asked on one day: the clinic takes only a few questions an hour."""


def build_ward(seed: int, anchor: Instant, patients: int, password: str = PASSWORD) -> dict[str, Act]:
    """Makes a clinic in which a dose of every patient runs at the anchor, in wards of ten chairs.

    Gives the staff by the key of their post. It is made to find out how much the house bears; no clinic is so large.
    The anchor is late in the morning, Monday to Thursday, in New York.
    """
    anchor = Instant(anchor.replace(second=0, microsecond=0))
    part = Part(live=Live.DOSING, doses=1, therapy=TherapyForm.DECLINED)
    with transaction.atomic():
        world = open_world(anchor, password, _wards(patients))
        more_hands(world.by("lead", Instant(anchor - timedelta(days=SPAN_DAYS))), patients)
        for place, case in enumerate(cases_of(world, seed, (part,) * patients, many_names)):
            case.asked = Instant(case.asked - timedelta(days=place // ASKING_A_DAY))
            world.agenda.start(journey(world, case))
        world.agenda.run(anchor)
    return world.staff


def _wards(patients: int) -> tuple[tuple[str, str, int], ...]:
    return tuple((f"Ward {number:02d}", "treatment", WARD) for number in range(1, -(-patients // WARD) + 1))


def connect(nurse: Act, gateway: "Gateway", session_ids: Sequence[UUID]) -> dict[UUID, str]:
    """A monitor is heard at each of these sessions, chosen by its label and confirmed; gives each one's serial."""
    found = {one: f"SN-{number:04d}" for number, one in enumerate(session_ids, 1)}
    for session_id, device in found.items():
        told = {"device": device, "at": nurse.at.isoformat(), "values": {"hr": {"value": 70, "unit": "/min"}}}
        receive(gateway, "json", json.dumps(told).encode(), nurse.at)
        match = choose_device(nurse, session_id, device, device[-LABEL:])
        confirm_device(nurse, session_id, match.id, same=True, slots=False)
    return found
