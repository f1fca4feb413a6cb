"""Values from devices: stored as they came, read or refused, matched in two steps, taken by a person or a due set."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.evidence import default_policy
from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock, jobs
from kapstone.clinic.ground.people.actions import propose_policy, sign_policy
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.devices import actions, queries
from kapstone.clinic.session.models import Gateway, Offer, RawInput
from kapstone.clinic.session.queries import session_of

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=8))
SERIAL = "SN-4711"
UNITS = {"hr": "/min", "rr": "/min", "spo2": "%", "sbp": "mmHg", "dbp": "mmHg"}


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


def send(gateway: Gateway, when: Instant, device: str = SERIAL, **values: float) -> None:
    """A set that was measured just now."""
    actions.receive(gateway, "json", message(device, when.isoformat(), **values), when)


def message(device: str = SERIAL, at: str | None = None, **values: float) -> bytes:
    """A set as a gateway sends it."""
    told = values or {"hr": 72, "rr": 14, "spo2": 97, "sbp": 122, "dbp": 78}
    body: dict[str, Any] = {"device": device, "values": {k: {"value": v, "unit": UNITS[k]} for k, v in told.items()}}
    return json.dumps(body | ({"at": at} if at else {})).encode()


@pytest.fixture
def gateway(elm: House) -> Gateway:
    """Something that may send."""
    actions.make_gateway(elm.act(Role.CLINIC_LEAD, DOSE_DAY), "Monitors of room 1")
    return Gateway.objects.get()


@pytest.fixture
def story(elm: House) -> Story:
    """A dose runs."""
    return cast.dosing(elm, "ana")


def matched(elm: House, story: Story, gateway: Gateway, minute: float = 6, *, slots: bool = False) -> None:
    """The device is heard, chosen by its label, and confirmed."""
    send(gateway, later(minute))
    nurse = elm.act(Role.NURSE, later(minute))
    actions.choose_device(nurse, story.ids["session_id"], SERIAL, "4711")
    confirm(elm, story, minute, slots=slots)


def confirm(elm: House, story: Story, minute: float, same: bool = True, *, slots: bool = False) -> None:
    """The nurse looked at the monitor of the chair."""
    match = queries.match_of(story.ids["session_id"])
    assert match is not None
    actions.confirm_device(elm.act(Role.NURSE, later(minute)), match.session_id, match.id, same, slots)


def readings(elm: House, story: Story) -> int:
    """How many sets the record has."""
    return len(session_of(elm.act(Role.NURSE, later(60)), story.ids["session_id"]).state.readings)


@pytest.mark.mitigates("M-154")
def test_what_is_offered_is_no_reading_until_a_person_takes_it_once(
    elm: House, story: Story, gateway: Gateway, see: Callable[..., Any]
) -> None:
    matched(elm, story, gateway)
    here, nurse = f"/sessions/{story.ids['session_id']}/", elm.staff[Role.NURSE]
    send(gateway, later(7), hr=81)
    assert readings(elm, story) == 1, "the one that was typed"
    page = see(nurse, here, at=later(7)).content.decode()
    assert "Offered by" in page and "Heart rate 81" in page
    offer = Offer.objects.order_by("at").last()
    assert offer is not None
    for _ in range(2):
        assert see(nurse, f"{here}device/take/", {"offer": str(offer.id)}, at=later(7.5)).status_code == 302
    assert readings(elm, story) == 2
    last = session_of(elm.act(Role.NURSE, later(8)), story.ids["session_id"]).state.lines[-1].event
    assert (last.payload["entered"], last.payload["device"], last.at_device) == ("accepted", SERIAL, later(7))
    assert last.author == str(nurse.id)


@pytest.mark.mitigates("M-158")
def test_no_breaths_that_a_device_offers_are_told_before_anybody_takes_them(
    elm: House, story: Story, gateway: Gateway, see: Callable[..., Any]
) -> None:
    matched(elm, story, gateway)
    here, nurse = f"/sessions/{story.ids['session_id']}/", elm.staff[Role.NURSE]
    send(gateway, later(7), hr=64, rr=0, spo2=95)
    for page in (here, "/chairs/"):
        assert "Look at the patient: no breaths counted." in see(nurse, page, at=later(7)).content.decode()
    told = queries.offers_of([story.ids["session_id"]], later(7))[story.ids["session_id"]]
    assert (told.usable["rr"], told.odd) == (0, [])
    actions.take_offer(elm.act(Role.NURSE, later(7.2)), story.ids["session_id"], told.offer.id)
    (first, *_) = session_of(elm.act(Role.NURSE, later(7.3)), story.ids["session_id"]).state.watch.current()
    assert (first.rule.id, first.level.word) == ("no-breaths", "red")


def test_a_due_set_takes_what_is_offered_only_where_somebody_said_so(
    elm: House, story: Story, gateway: Gateway
) -> None:
    matched(elm, story, gateway)
    send(gateway, later(10))
    jobs.run_once(later(10.2))
    assert readings(elm, story) == 1
    actions.end_match(elm.act(Role.NURSE, later(10.3)), story.ids["session_id"])
    matched(elm, story, gateway, 10.4, slots=True)
    send(gateway, later(10.5), hr=77)
    for second in (10.6, 10.7):
        jobs.run_once(later(second))
    assert readings(elm, story) == 2, "once, and not before"
    last = session_of(elm.act(Role.NURSE, later(11)), story.ids["session_id"]).state.lines[-1].event
    assert (last.payload["entered"], last.author) == ("slot", "")


REFUSED = [
    # the message, what is said
    (b"not json", "no JSON"),
    (message().replace(b"72", b"NaN"), "NaN and Infinity"),
    (message().replace(b"mmHg", b"kPa"), "its unit"),
    (b'{"device": "A", "device": "B", "values": {}}', "stands twice"),
]


@pytest.mark.mitigates("M-155")
@pytest.mark.parametrize(("body", "said"), REFUSED)
def test_what_cannot_be_read_is_kept_as_it_came_and_told(
    elm: House, gateway: Gateway, body: bytes, said: str, see: Callable[..., Any]
) -> None:
    raw = actions.receive(gateway, "json", body, later(1))
    assert said in raw.refused
    assert bytes(RawInput.objects.get().body) == body
    assert not Offer.objects.exists()
    assert said in see(elm.staff[Role.NURSE], "/devices/", at=later(1)).content.decode()


@pytest.mark.mitigates("M-155")
def test_a_clock_that_is_far_off_is_not_trusted(elm: House, story: Story, gateway: Gateway) -> None:
    matched(elm, story, gateway)
    told = later(20)
    actions.receive(gateway, "json", message(at=Instant(told - timedelta(seconds=121)).isoformat()), told)
    assert Offer.objects.exclude(refused="").get().refused.startswith("Its clock is more than 120 s from ours")
    actions.receive(gateway, "json", message(at=Instant(told - timedelta(seconds=119)).isoformat()), told)
    assert Offer.objects.exclude(refused="").count() == 1


@pytest.mark.mitigates("M-154")
def test_a_device_comes_to_a_chair_in_two_steps_and_to_one_chair(
    elm: House, story: Story, gateway: Gateway, see: Callable[..., Any]
) -> None:
    here, nurse = story.ids["session_id"], elm.act(Role.NURSE, later(6))
    with pytest.raises(Refused, match="not been heard"):
        actions.choose_device(nurse, here, SERIAL, "4711")
    send(gateway, later(6))
    with pytest.raises(Refused, match="read them off the label"):
        actions.choose_device(nurse, here, SERIAL, "4712")
    actions.choose_device(nurse, here, SERIAL, "4711")
    send(gateway, later(6.1))
    assert not Offer.objects.exclude(session=None).exists(), "chosen is not matched"
    page = see(elm.staff[Role.NURSE], f"/sessions/{here}/device/match/", at=later(6.2)).content.decode()
    assert "says now" in page and "Heart rate 72" in page and "Ana" not in page.split("<main")[0]
    confirm(elm, story, 6.3, same=False)
    assert queries.match_of(here) is None
    actions.choose_device(nurse, here, SERIAL, "4711")
    confirm(elm, story, 6.4)
    ben = cast.dosing(elm, "ben")
    with pytest.raises(Refused, match="stands at another chair"):
        actions.choose_device(nurse, ben.ids["session_id"], SERIAL, "4711")


def test_what_stands_nowhere_waits_on_the_tray(
    elm: House, story: Story, gateway: Gateway, see: Callable[..., Any]
) -> None:
    send(gateway, later(1), "SN-0001")
    page = see(elm.staff[Role.NURSE], "/devices/", at=later(2)).content.decode()
    assert "SN-0001" in page and "no chair" in page
    assert "SN-0001" not in see(elm.staff[Role.NURSE], "/devices/", at=later(7)).content.decode()
    assert readings(elm, story) == 1


def test_after_the_session_its_device_is_on_the_tray_again(elm: House, gateway: Gateway) -> None:
    story = cast.dosing(elm, "ana")
    matched(elm, story, gateway)
    session.call_help(elm.act(Role.NURSE, later(7)), story.ids["session_id"], "faint")
    session.transfer(elm.act(Role.NURSE, later(8)), story.ids["session_id"], "To the ambulance")
    send(gateway, later(9))
    newest = Offer.objects.order_by("at").last()
    assert newest is not None and newest.session_id is None


def test_silence_and_what_cannot_be_true_are_technical_lines(
    elm: House, story: Story, gateway: Gateway, see: Callable[..., Any]
) -> None:
    matched(elm, story, gateway)
    here, nurse = f"/sessions/{story.ids['session_id']}/", elm.staff[Role.NURSE]
    send(gateway, later(7), hr=72, spo2=3)
    page = see(nurse, here, at=later(7.1)).content.decode()
    assert "Oxygen 3: implausible, not offered." in page and "Heart rate 72" in page
    assert "Nothing from" in see(nurse, here, at=later(8.1)).content.decode()
    old = Offer.objects.order_by("at").last()
    assert old is not None
    with pytest.raises(Refused, match="no longer fresh"):
        actions.take_offer(elm.act(Role.NURSE, later(8.1)), story.ids["session_id"], old.id)


def test_the_gateway_s_door_asks_for_its_key_and_says_what_is_wrong(
    elm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = actions.make_gateway(elm.act(Role.CLINIC_LEAD, DOSE_DAY), "Monitors")
    monkeypatch.setattr(clock, "now", lambda: later(1))
    client = Client(enforce_csrf_checks=True)

    def post(body: bytes, given: str = key, kind: str = "application/json") -> Any:
        return client.post("/gateway/", body, content_type=kind, headers={"Authorization": f"Bearer {given}"})

    fresh = message(at=later(1).isoformat())
    assert post(fresh, "another").status_code == 401
    assert post(fresh).status_code == 202
    wrong = post(fresh.replace(b"72", b"NaN"))
    assert (wrong.status_code, "NaN and Infinity" in wrong.json()["error"]) == (422, True)
    assert post(b" " * 70_000).status_code == 413
    head = b"MSH|^~\\&|ward|w|K|c|20261103100100-0500||ORU^R01|1|P|2.6\r"
    hl7 = head + b"OBX|1|NM|147842^X^MDC|1|72|bpm|||||F|||||||SN-9\r"
    assert post(hl7, kind="application/hl7-v2").status_code == 202
    assert sorted(Offer.objects.values_list("device", flat=True)) == ["SN-4711", "SN-9"]
    actions.end_gateway(elm.act(Role.CLINIC_LEAD, later(2)), Gateway.objects.get().id)
    assert post(fresh).status_code == 401


def test_the_key_is_shown_once_and_only_its_hash_is_kept(elm: House, see: Callable[..., Any]) -> None:
    form = see(elm.staff[Role.CLINIC_LEAD], "/devices/", at=later(1))
    sent = {"event_id": form.context["form"]["event_id"].value(), "name": "Monitors"}
    page = see(elm.staff[Role.CLINIC_LEAD], "/devices/", sent, at=later(1)).content.decode()
    assert "It is shown this once" in page
    assert Gateway.objects.get().hash not in page
    assert "shown this once" not in see(elm.staff[Role.CLINIC_LEAD], "/devices/", at=later(2)).content.decode()


def test_raw_input_goes_after_its_days_and_what_was_taken_stays(elm: House, story: Story, gateway: Gateway) -> None:
    matched(elm, story, gateway)
    offer = Offer.objects.order_by("at").last()
    assert offer is not None
    send(gateway, later(7))
    newest = Offer.objects.order_by("at").last()
    assert newest is not None
    actions.take_offer(elm.act(Role.NURSE, later(7)), story.ids["session_id"], newest.id)
    jobs.run_once(Instant(later(7) + timedelta(days=29)))
    assert RawInput.objects.exists()
    jobs.run_once(Instant(later(7) + timedelta(days=31)))
    assert not RawInput.objects.exists() and not Offer.objects.exists()
    assert readings(elm, story) == 2


def test_the_switch_for_continuous_values_is_off_and_says_what_it_is(elm: House, gateway: Gateway) -> None:
    line = default_policy()["session.devices.continuous"]
    assert line.value is False and "Not for clinical use until cleared" in line.why
    director = elm.act(Role.MEDICAL_DIRECTOR, cast.MONDAY)
    on = propose_policy(director, default_policy().changed({"session.devices.continuous": True}), "On, in training")
    sign_policy(director, on.id)
    story = cast.dosing(elm, "ana")
    matched(elm, story, gateway)
    send(gateway, later(7), hr=90)
    last = session_of(elm.act(Role.NURSE, later(8)), story.ids["session_id"]).state.lines[-1].event
    assert (last.payload["entered"], last.payload["values"]["hr"]) == ("continuous", "90")


def test_who_may(elm: House, story: Story, see: Callable[..., Any]) -> None:
    with pytest.raises(NotAllowed):
        actions.make_gateway(elm.act(Role.THERAPIST, DOSE_DAY), "Mine")
    assert see(elm.staff[Role.FRONT_DESK], "/devices/", at=later(1)).status_code == 404


def test_another_clinic_s_device_is_not_on_the_tray(elm: House, gateway: Gateway) -> None:
    oak = cast._house("Oak Clinic", "oak", cast.MONDAY)
    send(gateway, later(1))
    assert queries.tray(oak.act(Role.NURSE, later(1))) == []
    assert len(queries.tray(elm.act(Role.NURSE, later(1)))) == 1


@pytest.mark.mitigates("M-154")
def test_a_device_that_was_taken_away_is_taken_by_nobody(elm: House, story: Story, gateway: Gateway) -> None:
    matched(elm, story, gateway, 9.8, slots=True)
    send(gateway, later(10), hr=111)
    actions.end_match(elm.act(Role.NURSE, later(10.1)), story.ids["session_id"])
    send(gateway, later(10.2), "SN-0002")
    actions.choose_device(elm.act(Role.NURSE, later(10.2)), story.ids["session_id"], "SN-0002", "0002")
    confirm(elm, story, 10.3, slots=True)
    jobs.run_once(later(10.4))
    assert readings(elm, story) == 1, "what the first device said belongs to nobody here"
    offer = Offer.objects.filter(device=SERIAL, session__isnull=False).get()
    with pytest.raises(Refused, match="stands here no more"):
        actions.take_offer(elm.act(Role.NURSE, later(10.5)), story.ids["session_id"], offer.id)
    kinds = [
        one.event.kind for one in session_of(elm.act(Role.NURSE, later(11)), story.ids["session_id"]).state.lines
    ]
    assert kinds[-3:] == ["device_matched", "device_unmatched", "device_matched"]


@pytest.mark.mitigates("M-154")
def test_a_yes_counts_for_the_device_that_was_looked_at(elm: House, story: Story, gateway: Gateway) -> None:
    here, nurse = story.ids["session_id"], elm.act(Role.NURSE, later(6))
    send(gateway, later(6))
    send(gateway, later(6), "SN-0002")
    actions.choose_device(nurse, here, SERIAL, "4711")
    seen = queries.match_of(here)
    assert seen is not None
    actions.choose_device(nurse, here, "SN-0002", "0002")
    with pytest.raises(Refused, match="Another device was chosen meanwhile"):
        actions.confirm_device(nurse, here, seen.id, True, False)


@pytest.mark.mitigates("M-155")
def test_a_message_whose_time_cannot_be_placed_is_kept_and_not_offered(elm: House, gateway: Gateway) -> None:
    actions.receive(gateway, "json", message(), later(1))
    assert "no offset" in Offer.objects.get().refused
