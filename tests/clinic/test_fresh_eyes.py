"""A nurse who looks at a wrong moment: a typed hour, an old page, a moved chair, a slow device; and the print."""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.care.session import MET, NOT_YET
from kapstone.clinic.config import jobs
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.pages import local_moment
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.devices import actions as devices
from kapstone.clinic.session.devices.queries import match_of, offers_of, standing
from kapstone.clinic.session.models import Gateway, Offer
from kapstone.clinic.session.queries import session_of

ZONE = ZoneInfo("America/New_York")
UNITS = {"hr": "/min", "rr": "/min", "spo2": "%"}


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


def local(day: int, hour: int, minute: int = 0, fold: int = 0) -> Instant:
    """A moment of November 2026 on the clinic's clock."""
    return instant(datetime(2026, 11, day, hour, minute, tzinfo=ZONE, fold=fold))


def state(elm: House, story: Story, minutes: float) -> Any:
    """The folded record as the nurse sees it."""
    return session_of(elm.act(Role.NURSE, later(minutes)), story.ids["session_id"]).state


TYPED = [
    # what is typed, now, not before, when it was or what is said
    (time(13, 5), local(3, 13, 10), local(3, 9), local(3, 13, 5)),
    (time(1, 5), local(3, 13, 10), local(3, 9), "01:05 is at night. In the afternoon it is 13:05"),
    (time(9, 30), local(3, 21, 40), local(3, 20), "09:30 is at night. In the afternoon it is 21:30"),
    (time(8, 30), local(3, 13, 10), local(3, 9), "08:30 is before 09:00, when this could begin."),
    (time(13, 14), local(3, 13, 10), local(3, 9), local(3, 13, 10)),
    (time(13, 40), local(3, 13, 10), local(3, 9), "13:40 has not come yet."),
    (time(23, 55), local(4, 0, 5), local(3, 20), local(3, 23, 55)),
    # The hour from 1 to 2 comes twice in the night of November 1.
    (time(1, 30), local(1, 1, 40, fold=1), local(1, 0), local(1, 1, 30, fold=1)),
    (time(1, 30), local(1, 1, 40), local(1, 0), local(1, 1, 30)),
    (time(1, 50), local(1, 1, 10, fold=1), local(1, 0), local(1, 1, 50)),
]


@pytest.mark.mitigates("M-164")
@pytest.mark.parametrize(("clock", "at", "not_before", "meant"), TYPED)
def test_a_typed_hour_is_placed_or_asked_about(
    elm: House, clock: time, at: Instant, not_before: Instant, meant: Instant | str
) -> None:
    if isinstance(meant, str):
        with pytest.raises(Refused, match=meant.replace(".", r"\.")):
            local_moment(elm.clinic, at, clock, not_before, "at")
    else:
        assert local_moment(elm.clinic, at, clock, not_before, "at") == meant


@pytest.mark.mitigates("M-165")
def test_seen_from_an_older_page_says_nothing_of_what_is_worse_by_now(elm: House, see: Callable[..., Any]) -> None:
    story, nurse = cast.dosing(elm, "ana"), elm.staff[Role.NURSE]
    here = story.ids["session_id"]
    session.record(elm.act(Role.NURSE, later(5)), here, [Reading(cast.values(124, 76, spo2=93))])
    (mild,) = state(elm, story, 5).watch.current()
    session.record(elm.act(Role.NURSE, later(6)), here, [Reading(cast.values(124, 76, spo2=84))])
    see(nurse, f"/sessions/{here}/seen/low-oxygen/", {"told": mild.told.isoformat()}, at=later(6.5))
    (grave,) = state(elm, story, 7).watch.current()
    assert (grave.level.word, grave.seen_at) == ("red", None)
    with pytest.raises(Refused, match="It is worse than this page showed: Oxygen 84 %"):
        session.mark_seen(elm.act(Role.NURSE, later(7)), here, "low-oxygen", told=mild.told.isoformat())
    assert grave.told.isoformat() in see(nurse, f"/sessions/{here}/", at=later(7)).content.decode()
    see(nurse, f"/sessions/{here}/seen/low-oxygen/", {"told": grave.told.isoformat()}, at=later(7))
    assert state(elm, story, 8).watch.current()[0].seen_at == later(7)


@pytest.fixture
def gateway(elm: House) -> Gateway:
    """Something that may send."""
    devices.make_gateway(elm.act(Role.CLINIC_LEAD, DOSE_DAY), "Monitors")
    return Gateway.objects.get()


def send(gateway: Gateway, when: Instant, measured: Instant | None = None, **values: int) -> None:
    """A set as a gateway sends it."""
    told = {key: {"value": value, "unit": UNITS[key]} for key, value in values.items()}
    body = {"device": "SN-4711", "at": (measured or when).isoformat(), "values": told}
    devices.receive(gateway, "json", json.dumps(body).encode(), when)


def matched(elm: House, story: Story, gateway: Gateway) -> None:
    """The device stands at the chair from minute 6, and due sets take what it offers."""
    send(gateway, later(6), hr=72)
    here = story.ids["session_id"]
    devices.choose_device(elm.act(Role.NURSE, later(6)), here, "SN-4711", "4711")
    confirm(elm, story, 6)


def confirm(elm: House, story: Story, minute: float) -> None:
    """The nurse looked at the monitor."""
    match = match_of(story.ids["session_id"])
    assert match is not None
    devices.confirm_device(elm.act(Role.NURSE, later(minute)), match.session_id, match.id, True, True)


@pytest.mark.mitigates("M-166")
def test_a_monitor_stays_beside_its_chair_when_the_patient_moves(
    elm: House, gateway: Gateway, see: Callable[..., Any]
) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    matched(elm, story, gateway)
    session.seat_elsewhere(elm.act(Role.NURSE, later(8)), here, 2)
    assert (
        "Device SN-4711 stands here no more"
        in see(elm.staff[Role.NURSE], f"/sessions/{here}/", at=later(8)).content.decode()
    )
    send(gateway, later(10), hr=155, spo2=81)
    jobs.run_once(later(10.5))
    assert len(state(elm, story, 11).readings) == 1, "the one that was typed"
    confirm(elm, story, 12)
    send(gateway, later(12.5), hr=75)
    jobs.run_once(later(12.6))
    assert len(state(elm, story, 13).readings) == 2


@pytest.mark.mitigates("M-166")
def test_a_session_that_nobody_closed_keeps_no_device(elm: House, gateway: Gateway) -> None:
    story = cast.dosing(elm, "ana")
    matched(elm, story, gateway)
    assert set(standing(elm.clinic, later(60 * 23))) == {"SN-4711"}
    assert standing(elm.clinic, later(60 * 24 + 1)) == {}


@pytest.mark.mitigates("M-166")
def test_a_set_that_comes_late_is_not_the_newest(elm: House, gateway: Gateway) -> None:
    story = cast.dosing(elm, "ana")
    matched(elm, story, gateway)
    send(gateway, later(8), hr=60, rr=0)
    send(gateway, later(8.1), measured=later(7), hr=70, rr=14)
    late = Offer.objects.order_by("id").last()
    assert late is not None
    assert late.refused == "The device has sent newer values already; this set came late."
    assert offers_of([story.ids["session_id"]], later(8.2))[story.ids["session_id"]].look


@pytest.mark.mitigates("M-172")
def test_a_monitor_that_tells_the_same_to_the_last_digit_is_told_of(
    elm: House, gateway: Gateway, see: Callable[..., Any]
) -> None:
    story, nurse = cast.dosing(elm, "ana"), elm.staff[Role.NURSE]
    here = story.ids["session_id"]
    matched(elm, story, gateway)
    said = "Flat: breaths 14 /min again and again, to the last digit. Look at the patient. Check the sensor."
    for number in range(11):
        page = see(nurse, f"/sessions/{here}/", at=later(7 + number / 2)).content.decode()
        assert said not in page
        send(gateway, later(7 + number / 2), hr=70 + number % 3, rr=14)
    for page in (f"/sessions/{here}/", "/chairs/"):
        assert said in see(nurse, page, at=later(12.1)).content.decode()
        assert "Flat: heart rate" not in see(nurse, page, at=later(12.1)).content.decode()
    send(gateway, later(12.5), hr=70, rr=15)
    assert said not in see(nurse, f"/sessions/{here}/", at=later(12.6)).content.decode()


FINDINGS = [
    ("ideation", MET, "Suicidal thoughts: asked, safe to leave"),
    ("ideation", NOT_YET, "Suicidal thoughts: NOT safe to leave"),
    ("nausea", MET, "Nausea: settled, took fluids"),
    ("dissociation", MET, "Dissociation: resolved"),
    ("dissociation", NOT_YET, "Dissociation: NOT resolved"),
]


@pytest.mark.mitigates("M-167")
@pytest.mark.parametrize(("what", "finding", "said"), FINDINGS)
def test_a_finding_is_not_read_as_its_opposite(
    elm: House, see: Callable[..., Any], what: str, finding: str, said: str
) -> None:
    story = cast.dosing(elm, "ana")
    here = story.ids["session_id"]
    session.end_dose(elm.act(Role.NURSE, later(40)), here)
    session.observe(elm.act(Role.NURSE, later(50)), here, what, finding, "As she said it")
    for page in (f"/sessions/{here}/", f"/sessions/{here}/record/"):
        assert said in see(elm.staff[Role.NURSE], page, at=later(51)).content.decode()


@pytest.mark.mitigates("M-167")
def test_the_print_has_no_breaths_who_wrote_it_and_each_dose(elm: House, see: Callable[..., Any]) -> None:
    story = cast.dosing(elm, "ana")
    here, nurse = story.ids["session_id"], elm.staff[Role.NURSE]
    apnoea = Reading({"rr": Decimal(0), "hr": Decimal(70)}, later(5))
    session.record(elm.act(Role.NURSE, later(12)), here, [apnoea])
    session.stop_dose(elm.act(Role.NURSE, later(13)), here, "No breaths")
    told = see(nurse, f"/sessions/{here}/record/", at=later(20)).content.decode()
    assert "0, no breaths counted" in told
    assert f"{nurse.name} (written 10:12 am)" in told
    assert "35 mg begun 10:00 am, <b>stopped</b> 10:13 am" in told
    assert ">stopped<" in told, "marked in the drawing"
    assert "Look at the patient: no breaths counted. (red)" in told, "what reminded"


@pytest.mark.mitigates("M-167")
def test_why_a_session_was_called_off_stands_in_its_record(elm: House, see: Callable[..., Any]) -> None:
    story = cast.planned(elm, "ana")
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    session.not_today(elm.act(Role.NURSE, later(5)), here, "Ate breakfast")
    session.note(elm.act(Role.NURSE, later(60 * 48)), here, "Rang; well.")
    told = see(elm.staff[Role.NURSE], f"/sessions/{here}/record/", at=later(60 * 49)).content.decode()
    assert "Cancelled: Ate breakfast" in told
    assert "Nov 5, 10:00 am EST" in told, "an addendum of another day says the day"
