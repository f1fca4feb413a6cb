"""Pages that are open while others write and monitors send: a real server, real streams, a real browser."""

import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Server, new_person, serve

TUESDAY = datetime(2027, 3, 2, 16, 10, tzinfo=UTC)
"""Late in the morning in New Haven, on a day on which doses are given."""

UNITS = {"hr": "/min", "rr": "/min", "spo2": "%", "sbp": "mmHg", "dbp": "mmHg"}


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Three doses run, each beside a monitor that has been matched to its chair."""
    home = tmp_path_factory.mktemp("ward")
    yield from serve(home, demo=True, begins=TUESDAY, opens=["tests.journeys.open_ward"])


def send(ward: Server, device: str, **values: float) -> None:
    """A monitor's set, as its gateway posts it."""
    measured = {key: {"value": value, "unit": UNITS[key]} for key, value in values.items()}
    told = {"device": device, "at": ward.now().isoformat(), "values": measured}
    asked = urllib.request.Request(
        f"{ward.url}/gateway/",
        data=json.dumps(told).encode(),
        headers={"Authorization": f"Bearer {ward.staff['key']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=5) as answer:
        assert answer.status == 202


def nurse(browser: Browser, ward: Server) -> Page:
    """The nurse at a tablet of her own."""
    page = new_person(browser, ward, scripts=True).new_page()
    page.goto("/demo/")
    page.get_by_role("button", name="Be Lena Marsh").click()
    expect(page).to_have_url(f"{ward.url}/board/")
    return page


@pytest.mark.mitigates("M-159")
def test_what_a_monitor_sends_is_on_another_screen_at_once(browser: Browser, ward: Server) -> None:
    (session, device), *_ = ward.staff["sessions"].items()
    page = nurse(browser, ward)
    page.goto(f"/sessions/{session}/")
    page.wait_for_timeout(500)
    offered = page.locator("[data-offer]")
    expect(offered).to_be_hidden()
    expect(page.get_by_text("Not an alarm system")).to_be_in_viewport()
    for rate in (81, 82, 83):
        begun = time.perf_counter()
        send(ward, device, hr=rate, spo2=97)
        expect(offered).to_contain_text(f"Heart rate {rate}", timeout=2000)
        assert time.perf_counter() - begun < 1, "told, and not found by asking"
        expect(page.get_by_text("Nothing from")).to_be_hidden(timeout=1500)
    page.context.close()


def test_what_a_colleague_writes_is_there_within_a_second_and_typing_stays(browser: Browser, ward: Server) -> None:
    session = next(iter(ward.staff["sessions"]))
    page, other = nurse(browser, ward), nurse(browser, ward)
    page.goto(f"/sessions/{session}/")
    page.get_by_role("textbox", name="Heart rate").fill("7")
    other.goto(f"/sessions/{session}/note/")
    other.get_by_label("Note").fill("Asks for the music to be lower.")
    page.wait_for_timeout(500)
    other.get_by_role("button", name="Note").click()
    expect(page.get_by_text("Asks for the music to be lower.")).to_be_visible(timeout=1500)
    expect(page.get_by_role("textbox", name="Heart rate")).to_have_value("7")
    page.context.close()
    other.context.close()


def test_two_tabs_of_one_browser_share_one_stream(browser: Browser, ward: Server) -> None:
    (one, first), (two, second), *_ = ward.staff["sessions"].items()
    left = nurse(browser, ward)
    left.goto(f"/sessions/{one}/")
    left.wait_for_timeout(500)
    right, streams = left.context.new_page(), []
    right.on("request", lambda request: streams.append(request.url) if "/live/" in request.url else None)
    right.goto(f"/sessions/{two}/")
    right.wait_for_timeout(800)
    send(ward, first, hr=61)
    send(ward, second, hr=62)
    expect(left.locator("[data-offer]")).to_contain_text("Heart rate 61", timeout=1500)
    expect(right.locator("[data-offer]")).to_contain_text("Heart rate 62", timeout=1500)
    assert streams == []
    left.close()
    right.wait_for_timeout(1000)
    send(ward, second, hr=63)
    expect(right.locator("[data-offer]")).to_contain_text("Heart rate 63", timeout=1500)
    assert len(streams) == 1, "the tab that stays takes over"
    right.context.close()


def test_every_chair_shows_what_is_offered_there_and_how_old_it_is(browser: Browser, ward: Server) -> None:
    page = nurse(browser, ward)
    page.goto("/chairs/")
    page.wait_for_timeout(500)
    for rate, (session, device) in enumerate(ward.staff["sessions"].items(), 91):
        send(ward, device, hr=rate)
        expect(page.locator(f'[data-offer="{session}"]')).to_contain_text(f"Heart rate {rate}", timeout=1500)
    expect(page.locator("[data-seconds]").first).to_have_text("3", timeout=5000)
    drawn: list[str] = []
    page.on("request", lambda request: drawn.append(request.url) if "x-fresh" in request.headers else None)
    for rate, (session, device) in enumerate(ward.staff["sessions"].items(), 41):
        send(ward, device, hr=rate)
        expect(page.locator(f'[data-offer="{session}"]')).to_contain_text(f"Heart rate {rate}", timeout=1500)
    assert drawn == [], "a value needs no page"
    page.context.close()


def test_what_is_about_to_be_taken_does_not_change_under_the_hand(browser: Browser, ward: Server) -> None:
    (session, device), *_ = ward.staff["sessions"].items()
    page = nurse(browser, ward)
    page.goto(f"/sessions/{session}/")
    page.wait_for_timeout(500)
    send(ward, device, hr=71)
    offered = page.locator("[data-offer]")
    expect(offered).to_contain_text("Heart rate 71", timeout=1500)
    offered.get_by_role("button").focus()
    send(ward, device, hr=72)
    page.wait_for_timeout(700)
    expect(offered).to_contain_text("Heart rate 71")
    page.get_by_role("textbox", name="Heart rate").focus()
    send(ward, device, hr=73)
    expect(offered).to_contain_text("Heart rate 73", timeout=1500)
    offered.get_by_role("button").click()
    expect(page.get_by_role("region", name="Heart rate")).to_contain_text("73")
    page.context.close()


@pytest.mark.mitigates("M-159")
def test_without_a_stream_the_page_asks_and_without_an_answer_it_says_so(browser: Browser, ward: Server) -> None:
    (session, device), *_ = ward.staff["sessions"].items()
    page = nurse(browser, ward)
    page.route("**/live/**", lambda route: route.abort())
    page.goto(f"/sessions/{session}/")
    send(ward, device, hr=55)
    expect(page.locator("[data-offer]")).to_contain_text("Heart rate 55", timeout=6000)
    said = page.get_by_text("What stands here may be old")
    expect(said).to_be_hidden()
    page.context.set_offline(True)
    expect(said).to_be_visible(timeout=6500)
    page.context.set_offline(False)
    expect(said).to_be_hidden(timeout=6000)
    page.context.close()


@pytest.mark.mitigates("M-159")
def test_a_stream_that_breaks_off_is_told_within_seconds(browser: Browser, ward: Server) -> None:
    session = next(iter(ward.staff["sessions"]))
    page = nurse(browser, ward)
    page.goto(f"/sessions/{session}/")
    page.wait_for_timeout(3000)
    said = page.get_by_text("What stands here may be old")
    expect(said).to_be_hidden()
    with ward.frozen():
        expect(said).to_be_visible(timeout=6500)
    expect(said).to_be_hidden(timeout=6000)
    page.context.close()


def test_nobody_listens_to_what_is_not_theirs(browser: Browser, ward: Server) -> None:
    session = next(iter(ward.staff["sessions"]))
    desk = new_person(browser, ward, scripts=True).new_page()
    desk.goto("/demo/")
    desk.get_by_role("button", name="Be Pat Quill").click()
    assert desk.request.get(f"/live/?session={session}").status == 404
    desk.context.clear_cookies()
    assert "/accounts/login/" in desk.request.get(f"/live/?session={session}").url
    desk.context.close()


@pytest.mark.mitigates("M-159")
def test_a_page_that_cannot_be_drawn_anew_says_that_it_may_be_old(browser: Browser, ward: Server) -> None:
    session = next(iter(ward.staff["sessions"]))
    page, other = nurse(browser, ward), nurse(browser, ward)
    page.goto(f"/sessions/{session}/")
    page.wait_for_timeout(1500)
    page.route(f"**/sessions/{session}/", lambda route: route.fulfill(status=500, body="a fault"))
    other.goto(f"/sessions/{session}/note/")
    other.get_by_label("Note").fill("Breathes slowly.")
    other.get_by_role("button", name="Note").click()
    said = page.get_by_text("What stands here may be old")
    expect(said).to_be_visible(timeout=8000)
    page.unroute(f"**/sessions/{session}/")
    expect(page.get_by_text("Breathes slowly.")).to_be_visible(timeout=4000)
    expect(said).to_be_hidden(timeout=2500)
    page.context.close()
    other.context.close()


@pytest.mark.mitigates("M-158")
def test_no_breaths_are_told_on_every_open_page_of_the_session(browser: Browser, ward: Server) -> None:
    session, device = list(ward.staff["sessions"].items())[1]
    page = new_person(browser, ward, scripts=True).new_page()
    page.goto("/demo/")
    page.get_by_role("button", name="Be Sabine Holt").click()
    page.goto(f"/sessions/{session}/")
    expect(page.locator("[data-offer]")).to_have_count(0)
    page.wait_for_timeout(1000)
    send(ward, device, hr=66, rr=0)
    expect(page.get_by_text("Look at the patient: no breaths counted.")).to_be_visible(timeout=2500)
    send(ward, device, hr=66, rr=12)
    expect(page.get_by_text("Look at the patient: no breaths counted.")).to_be_hidden(timeout=2500)
    page.context.close()


def test_the_board_is_told_too(browser: Browser, ward: Server) -> None:
    session = next(iter(ward.staff["sessions"]))
    page, other, faults = nurse(browser, ward), nurse(browser, ward), []
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto("/board/")
    other.goto(f"/sessions/{session}/note/")
    other.get_by_label("Note").fill("Wants to sit up.")
    page.wait_for_timeout(1500)
    with page.expect_request(lambda request: "x-fresh" in request.headers, timeout=2500):
        other.get_by_role("button", name="Note").click()
    page.wait_for_timeout(500)
    assert faults == []
    expect(page.get_by_text("What stands here may be old")).to_be_hidden()
    page.context.close()
    other.context.close()
