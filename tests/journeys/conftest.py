"""A real server on loopback with a clock that can be moved, a browser without JavaScript to walk with, and one with
it to look with."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from kapstone.clinic.config import machine
from kapstone.clinic.config.clock import now as _real_now

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "a long phrase for tests"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"]


@dataclass
class Server:
    """A running clinic."""

    url: str
    home: Path
    staff: dict[str, Any]
    group: int = 0
    """The process group that serves."""

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The machine is there and says nothing, as when a cable is out."""
        os.killpg(self.group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.group, signal.SIGCONT)

    def set_clock(self, moment: datetime, times: float = 1) -> None:
        """From now on it is this moment, and time goes on from there, so many times as fast."""
        here = _real_now()
        self._write_clock(f"{(moment - here).total_seconds()} {times} {here.timestamp()}")

    def now(self) -> datetime:
        """The moment by this server's clock."""
        ahead, times, since = map(float, (self.home / "clock").read_text().split())
        here = _real_now()
        return here + timedelta(seconds=ahead + (times - 1) * (here.timestamp() - since))

    def pass_time(self, **span: float) -> None:
        """Moves the clock on."""
        ahead, *rest = (self.home / "clock").read_text().split()
        self._write_clock(" ".join((str(float(ahead) + timedelta(**span).total_seconds()), *rest)))

    def _write_clock(self, words: str) -> None:
        """In one step, because the server reads it at any moment."""
        (self.home / "clock.new").write_text(words)
        (self.home / "clock.new").replace(self.home / "clock")

    def newest_mail(self) -> str:
        """The text of the newest message."""
        newest = max((self.home / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        return newest.read_text("utf-8")


def serve(
    home: Path, *, demo: bool, begins: datetime, opens: Sequence[str] = ("tests.journeys.open_clinic",)
) -> Iterator[Server]:
    """Opens a clinic in this home and serves it until the test is done. `staff` is what `opens`, a module, said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    machine.make_home(home, demo=demo, address=url)
    server = Server(url, home, {})
    server.set_clock(begins)
    env = os.environ | {"KAPSTONE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"}
    env |= own_database()
    made = subprocess.run([sys.executable, "-m", *opens], cwd=ROOT, env=env, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    server.staff = json.loads(made.stdout)
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--no-ws",
        "--workers-kill-timeout",
        "3",
        "--log-level",
        "warning",
        "kapstone.clinic.config.asgi:application",
    ]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        server.group = process.pid
        try:
            _wait(url, home)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=10)


def own_database() -> dict[str, str]:
    """On PostgreSQL, a fresh database for this home beside the one that KAPSTONE_DATABASE names."""
    given = os.environ.get("KAPSTONE_DATABASE", "")
    if not given:
        return {}
    name = f"journey_{secrets.token_hex(6)}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    return {"KAPSTONE_DATABASE": f"{given.rsplit('/', 1)[0]}/{name}"}


def _wait(url: str, home: Path) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/crisis/", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start: {(home / 'server.log').read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield chromium
        chromium.close()


MONDAY_MORNING = datetime(2027, 3, 1, 14, 0, tzinfo=UTC)
"""Nine in the morning in New Haven. The course that begins here crosses 14 March, when clocks go forward."""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A clinic in which signing in needs no second factor, so that a walk can be everybody in turn."""
    yield from serve(tmp_path_factory.mktemp("home"), demo=True, begins=MONDAY_MORNING)


@pytest.fixture
def guarded_clinic(tmp_path: Path) -> Iterator[Server]:
    """A clinic as it is outside the demo."""
    yield from serve(tmp_path / "home", demo=False, begins=_real_now())


def new_person(browser: Browser, server: Server, *, scripts: bool) -> BrowserContext:
    """A browser of one's own."""
    context = browser.new_context(base_url=server.url, java_script_enabled=scripts, locale="en-US")
    context.set_default_timeout(6000)
    return context
