"""What listeners are told: each line and each offer once, to those who watch; where they are slow, the newest."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.edges.live.hub import Hub, Listener, News, event
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.devices import actions as devices
from kapstone.clinic.session.devices.queries import gateway_of
from kapstone.rehearsal.ward import connect

Told = dict[tuple[str, UUID], bytes]


class Ear:
    """A listener whose stream is not read."""

    def __init__(self, house: House, *sessions: UUID, chairs: bool = False) -> None:
        self.clinic_id, self.sessions, self.chairs, self.heard = house.clinic.id, frozenset(sessions), chairs, Told()

    def said(self) -> list[dict[str, object]]:
        """What came since the last time."""
        heard, self.heard = self.heard, Told()
        every = (json.loads(one.decode().split("data: ")[1]) for one in heard.values())
        return [{key: value for key, value in one.items() if key != "now"} for one in every]


def later(minutes: float) -> Instant:
    """So many minutes after clock zero."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def story(elm: House) -> Story:
    """A dose runs."""
    return cast.dosing(elm, "ana")


def tell(news: News, at: Instant, *ears: Ear) -> None:
    """One look at the database at this moment."""
    news.now = lambda: at
    for ear, told in news.read(ears).items():  # type: ignore[arg-type]
        ear.heard |= told  # type: ignore[attr-defined]


def test_each_line_is_told_once_to_those_who_watch(elm: House, story: Story) -> None:
    here = story.ids["session_id"]
    news, mine, chairs, other = News(lambda: later(1)), Ear(elm, here), Ear(elm, chairs=True), Ear(elm)
    tell(news, later(1), mine, chairs, other)
    mine.said(), chairs.said()
    session.note(elm.act(Role.NURSE, later(2)), here, "All calm.")
    tell(news, later(2), mine, chairs, other)
    assert (mine.said(), chairs.said(), other.said()) == ([{"session": str(here), "mark": "6"}], [{"chairs": ""}], [])
    tell(news, later(2.1), mine, chairs, other)
    assert (mine.said(), chairs.said()) == ([], [])


def test_a_line_that_was_committed_late_is_told(elm: House, story: Story) -> None:
    here = story.ids["session_id"]
    news, mine = News(lambda: later(1)), Ear(elm, here)
    tell(news, later(2), mine)
    mine.said()
    waited = later(2 - 25 / 60)  # others held the database for 25 seconds
    session.note(elm.act(Role.NURSE, waited), here, "All calm.")
    tell(news, later(2.01), mine)
    assert mine.said() == [{"session": str(here), "mark": "6"}]


def test_what_is_offered_is_told_once_with_its_words(elm: House, story: Story) -> None:
    here = story.ids["session_id"]
    key = devices.make_gateway(elm.act(Role.CLINIC_LEAD, later(1)), "Monitors")
    gateway = gateway_of(key)
    assert gateway is not None
    serial = connect(elm.act(Role.NURSE, later(1)), gateway, [here])[here]
    news, mine, other = News(lambda: later(1.5)), Ear(elm, here), Ear(elm)
    tell(news, later(1.5), mine, other)
    mine.said()
    body = {"device": serial, "at": later(2).isoformat(), "values": {"hr": {"value": 81, "unit": "/min"}}}
    devices.receive(gateway, "json", json.dumps(body).encode(), later(2))
    tell(news, later(2.001), mine, other)
    (said,) = mine.said()
    offer = said["offer"]
    assert isinstance(offer, dict) and other.said() == []
    assert (said["session"], offer["words"], offer["open"], offer["remarks"]) == (
        str(here),
        "Heart rate 81",
        True,
        "",
    )
    tell(news, later(2.002), mine)
    assert mine.said() == []


def test_a_slow_screen_is_told_the_newest_of_each_thing() -> None:
    here, there = UUID(int=1), UUID(int=2)

    async def listen() -> tuple[bytes, bytes]:
        one = Listener(UUID(int=9), [here, there], chairs=False)
        for number in range(3):
            one.put({("mark", here): b"%d" % number, ("offer", there): b"x"})
        first = await one.next()
        one.end()
        return first, await one.next()

    # In a thread's own loop: the test's may be held by the browser's.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as own:
        assert own.submit(lambda: asyncio.run(listen())).result() == (b"2x", b"")


def test_an_event_is_one_line_of_data() -> None:
    assert event("session", {"words": "a\nb — ü"}) == 'event: session\ndata: {"words":"a\\nb — ü"}\n\n'.encode()


def test_a_process_holds_so_many_streams_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapstone.clinic.edges.live.hub.MOST", 1)
    monkeypatch.setattr(Hub, "_read", lambda self: None)
    hub, one, two = Hub(clock.now), object(), object()
    assert hub.add(one) and not hub.add(two)  # type: ignore[arg-type]
    hub.remove(one)  # type: ignore[arg-type]
    assert hub.add(two)  # type: ignore[arg-type]


def test_a_server_that_can_hold_nothing_open_says_that_there_is_nothing(
    elm: House, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: later(5))
    client = Client()
    client.force_login(elm.staff[Role.NURSE])
    assert client.get(f"/live/?session={story.ids['session_id']}").status_code == 204
