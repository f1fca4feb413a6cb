"""A recording of a bedside monitor, sent sixty times as fast as it was made, on the page that a nurse watches.

The page must show what `kapstone replay` finds in the same recording: the same rules read both.
"""

import json
import os
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kapstone.care.session.signals import SIGNALS
from kapstone.cli.verbs.replay import Row, _replay, _rows

from .conftest import Server, new_person, serve

TUESDAY = datetime(2027, 3, 2, 16, 10, tzinfo=UTC)
TIMES, MINUTES = 60, 66
OWN = Path(__file__).parent.parent / "data" / "apnoea_made_up.csv"
REAL = Path(__file__).parents[3] / "shared" / "data" / "bedside_numerics_a.csv"
UNITS = {"hr": "/min", "pulse": "/min", "rr": "/min", "spo2": "%", "sbp": "mmHg", "dbp": "mmHg", "map": "mmHg"}

KEEP = """() => {
  window.shown = new Set()
  setInterval(() => document.querySelectorAll('.reminder:not([hidden])').forEach((one) => {
    window.shown.add(one.textContent.replace(/\\s+/g, ' ').trim())
  }), 50)
}"""
"""Writes down every sentence that stood on the page, however briefly."""


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Server]:
    """A dose runs, and every value of its monitor is a reading."""
    opens = ["tests.journeys.open_ward", "continuous"]
    yield from serve(tmp_path / "ward", demo=True, begins=TUESDAY, opens=opens)


@pytest.mark.mitigates("M-158")
@pytest.mark.skipif(os.environ.get("KAPSTONE_LOOK") == "no", reason="a page is the same on every database")
@pytest.mark.parametrize("file", [OWN, REAL], ids=lambda file: file.name)
def test_a_recording_reminds_on_the_page_as_in_replay(file: Path, browser: Browser, ward: Server) -> None:
    if not file.exists():
        pytest.skip(f"{file.name} is not here; it is no part of the project.")
    rows = [row for row in _rows(file) if row.minute < MINUTES]
    (session, device), *_ = ward.staff["sessions"].items()
    page = _nurse(browser, ward, session)
    _play(ward, device, rows)
    page.wait_for_timeout(1500)
    shown: list[str] = page.evaluate("() => [...window.shown]")
    found = _replay(rows, "iv", {"sbp": Decimal(120), "dbp": Decimal(70)}, 0)
    # The session had pressures of its own before; the other signals begin with the recording.
    reminders = [one for one in found.watch.episodes if one.rule.signal not in ("sbp", "dbp")]
    assert reminders, "the recording has something to remind of"
    for one in reminders:
        assert any(one.what in said for said in shown), f"never shown: {one.what}"
    lost = {key for row in rows for key, value in row.values.items() if key in ("hr", "spo2") and value == 0}
    for key in lost:
        assert any(f"{SIGNALS[key].words} 0" in said for said in shown), f"never told as technical: {key}"
    written = page.get_by_role("region", name="Log").get_by_role("listitem").filter(has_text="as it came").count()
    assert written == sum(any(value != 0 for value in row.values.values()) for row in rows)
    page.context.close()


def _nurse(browser: Browser, ward: Server, session: str) -> Page:
    page = new_person(browser, ward, scripts=True).new_page()
    page.goto("/demo/")
    page.get_by_role("button", name="Be Lena Marsh").click()
    expect(page).to_have_url(f"{ward.url}/board/")
    page.goto(f"/sessions/{session}/")
    page.evaluate(KEEP)
    page.wait_for_timeout(1500)
    return page


def _play(ward: Server, device: str, rows: list[Row]) -> None:
    """One line of the recording a second, while the clinic's clock goes on by a minute."""
    ward.set_clock(ward.now(), TIMES)
    begun = time.monotonic()
    for row in rows:
        time.sleep(max(0.0, begun + row.minute * 60 / TIMES - time.monotonic()))
        measured = {key: {"value": float(value), "unit": UNITS[key]} for key, value in row.values.items()}
        told = {"device": device, "at": ward.now().isoformat(), "values": measured}
        headers = {"Authorization": f"Bearer {ward.staff['key']}", "Content-Type": "application/json"}
        asked = urllib.request.Request(f"{ward.url}/gateway/", json.dumps(told).encode(), headers)
        with urllib.request.urlopen(asked, timeout=5) as answer:
            assert answer.status == 202
