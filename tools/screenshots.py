"""Takes the pictures of the README and the docs: the demo clinic on a weekday at half past ten in New Haven.

The clinic is made by the virtual clinic in a throw-away home and served with a clock that stands at that moment, so
that the same pictures come again.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from kapstone.clinic.config import machine  # noqa: E402
from kapstone.clinic.config.clock import now  # noqa: E402

ANCHOR = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
PICTURES = ROOT / "docs" / "pictures"
SIZES = {"phone": (390, 844), "tablet": (1180, 820)}
BUILD = (
    "import django; django.setup()\n"
    "from django.core.management import call_command\n"
    "call_command('migrate', verbosity=0)\n"
    "from kapstone.clinic.config import clock\n"
    "from kapstone.rehearsal import build\n"
    "build(7, clock.now())\n"
)


def main() -> None:
    """Builds, serves, looks."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kapstone-pictures-") as folder:
        home = Path(folder)
        port = _free_port()
        machine.make_home(home, demo=True, address=f"http://localhost:{port}")
        (home / "clock").write_text(str((ANCHOR - now()).total_seconds()))
        env = os.environ | {"KAPSTONE_HOME": folder, "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"}
        subprocess.run([sys.executable, "-c", BUILD], cwd=ROOT, env=env, check=True)
        command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--no-ws"]
        command += ["--port", str(port), "--log-level", "warning", "kapstone.clinic.config.asgi:application"]
        server = subprocess.Popen(command, cwd=ROOT, env=env)
        try:
            _wait(f"http://localhost:{port}/crisis/")
            _look(f"http://localhost:{port}")
        finally:
            server.terminate()
            server.wait(timeout=10)


def _look(url: str) -> None:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=options)
        for light in ("light", "dark"):
            for size in SIZES:
                _pictures(browser, url, size, light)
        browser.close()


def _pictures(browser: Browser, url: str, size: str, light: str) -> None:
    def be(who: str) -> Page:
        width, height = SIZES[size]
        page = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": height},
            color_scheme=light,  # type: ignore[arg-type]
            reduced_motion="reduce",
        ).new_page()
        page.goto("/demo/" if who else "/")
        if who:
            page.get_by_role("button", name=f", {who}").first.click()
        return page

    def keep(page: Page, name: str) -> None:
        try:
            page.screenshot(path=PICTURES / f"{name}-{size}-{light}.png")
        except Error:
            # A busy machine now and then gives no picture the first time.
            page.wait_for_timeout(1000)
            page.screenshot(path=PICTURES / f"{name}-{size}-{light}.png")
        print(f"{name}-{size}-{light}.png")

    keep(be(""), "guide")
    public = be("")
    public.goto("/how-it-works/")
    public.evaluate("document.querySelector('#examples').scrollIntoView()")
    keep(public, "examples")
    nurse = be("nurse")
    keep(nurse, "board")
    nurse.locator("section[aria-label=Dosing] h3 a, section[aria-label=Observing] h3 a").first.click()
    keep(nurse, "session")
    nurse.goto("/chairs/")
    keep(nurse, "chairs")
    doctor = be("prescriber")
    doctor.goto("/patients/")
    doctor.get_by_role("link", name="Joel Ishikawa").click()
    keep(doctor, "chart")
    doctor.get_by_role("link", name="Forecast of a dose").click()
    doctor.get_by_role("button", name="Show the forecast").click()
    doctor.evaluate("document.querySelector('#forecast-head').scrollIntoView()")
    keep(doctor, "forecast")
    doctor.goto("/board/")
    doctor.locator("section[aria-labelledby=waiting] a").first.click()
    keep(doctor, "verdict")
    doctor.get_by_role("link", name="Tests and documents").click()
    keep(doctor, "tests")
    doctor.goto("/orders/")
    keep(doctor, "orders")
    desk = be("front desk")
    desk.goto("/calendar/")
    keep(desk, "calendar")
    patient = browser.new_context(
        base_url=url,
        viewport=dict(zip(("width", "height"), SIZES[size], strict=True)),  # type: ignore[arg-type]
        color_scheme=light,  # type: ignore[arg-type]
    ).new_page()
    patient.goto("/demo/")
    patient.get_by_role("button", name="Be Joel Ishikawa").click()
    keep(patient, "today")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The demo server did not start.")


if __name__ == "__main__":
    main()
