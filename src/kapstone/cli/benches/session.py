"""The session room: values of two hundred monitors stored as they come, and shown on two hundred screens.

It runs on an SQLite database of its own in a throw-away folder, with every commit on the disk (synchronous FULL), and
on loopback sockets alone. The clinic is made first, through the actions that people use: that takes minutes.
"""

import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from .timing import Result, Skipped, against
from .ward import screens

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.act import Act
    from kapstone.clinic.session.models import Gateway

CHAIRS = 200
GOAL = "the goal"
MOST_ANSWERED_MS, MOST_SHOWN_MS, MOST_REMINDED_MS, MOST_CORE = 100.0, 250.0, 1000.0, 10.0
BATCH = 64

HEAD = "MSH|^~\\&|ward|ward|KAPSTONE|clinic|{at}||ORU^R01|{number}|P|2.6\r"
BODY = (
    "OBX|1|NM|147842^HR^MDC|1|{rate}|bpm|||||F|||||||{device}\rOBX|2|NM|150456^SPO2^MDC|1|97|%|||||F|||||||{device}\r"
    "OBX|3|NM|151562^RR^MDC|1|14|/min|||||F|||||||{device}\rOBX|4|NM|150021^SYS^MDC|1|121|mmHg|||||F|||||||{device}\r"
    "OBX|5|NM|150022^DIA^MDC|1|78|mmHg|||||F|||||||{device}\r"
)


def results(seconds: float) -> list[Result | Skipped]:
    """Every figure, on a clinic made for it."""
    with tempfile.TemporaryDirectory(prefix="kapstone-bench-") as folder:
        if os.environ.get("DJANGO_SETTINGS_MODULE"):
            return [Skipped("one commit for each message", "this process serves another clinic already")]
        staff, key, gateway, sessions = _clinic(Path(folder))
        found: list[Result | Skipped] = [_writer(gateway, seconds), *_live(Path(folder), staff, key, sessions)]
        from django.db import connections

        connections.close_all()
    return found


def _clinic(folder: Path) -> "tuple[dict[str, Act], str, Gateway, dict[UUID, str]]":
    """A ward in a home of its own in which two hundred doses run, each beside a monitor: staff, key, gateway,
    serials."""
    from kapstone.clinic.config import machine

    machine.make_home(folder, demo=True, address="http://localhost:8765")
    os.environ["KAPSTONE_HOME"] = str(folder)
    os.environ["KAPSTONE_BENCH_AHEAD_S"] = str(_ahead().total_seconds())
    os.environ["DJANGO_SETTINGS_MODULE"] = "kapstone.cli.benches.ward.moved"
    from kapstone.cli.home import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kapstone.clinic.config import clock
    from kapstone.clinic.session.chairs.queries import running_ids
    from kapstone.clinic.session.devices.actions import make_gateway
    from kapstone.clinic.session.devices.queries import gateway_of
    from kapstone.rehearsal.ward import build_ward, connect

    print(f"Making a clinic with {CHAIRS} chairs; this takes some minutes.", file=sys.stderr, flush=True)
    made = build_ward(1, clock.now(), CHAIRS)
    staff = {key: replace(one, at=clock.now()) for key, one in made.items()}
    key = make_gateway(staff["lead"], "Bench")
    gateway = gateway_of(key)
    assert gateway is not None
    return staff, key, gateway, connect(staff["nurse"], gateway, running_ids(staff["nurse"]))


def _ahead() -> timedelta:
    """To the next Tuesday, late in the morning in New York: doses are given then."""
    from kapstone.clinic.config import clock

    here = clock.now()
    day = here.date() + timedelta(days=(1 - here.weekday()) % 7 + 7)
    return datetime(day.year, day.month, day.day, 16, 10, tzinfo=UTC) - here


def _message(device: str, number: int, rate: int = 72) -> bytes:
    from kapstone.clinic.config import clock

    at = f"{clock.now():%Y%m%d%H%M%S}+0000"
    return (HEAD + BODY).format(device=device, number=number, rate=rate, at=at).encode()


def _writer(gateway: "Gateway", seconds: float) -> Result:
    from kapstone.clinic.config import clock
    from kapstone.clinic.session.devices.actions import receive, receive_many

    numbers = count()

    def ours() -> int:
        bodies = [_message(f"SN-{n:04d}", next(numbers)) for n in range(1, BATCH + 1)]
        receive_many(gateway, "hl7", bodies, clock.now())
        return BATCH

    def peer() -> int:
        for n in range(1, BATCH // 8 + 1):
            receive(gateway, "hl7", _message(f"SN-{n:04d}", next(numbers)), clock.now())
        return BATCH // 8

    name = "messages stored, read and offered"
    return against(name, ours, "one commit for each message", peer, 3, seconds, unit="messages", per="second")


def _live(folder: Path, staff: "dict[str, Act]", key: str, sessions: dict[UUID, str]) -> list[Result | Skipped]:
    """How long answers, values and reminders take while everything goes on at once, and what the screens cost."""
    load = screens.Load(sessions, lambda device, turn: _message(device, turn, screens.RATE_FROM + turn))
    with screens.listener(folder, key) as monitors, screens.server(folder) as (url, process):
        cookies = screens.signed_in(url, "Lena Marsh")
        took = asyncio.run(screens.run(load, url, process, cookies, monitors, _write(staff["nurse"])))
    each = f"{CHAIRS} monitors, a message a second each"
    return [
        _within(f"{each}: answered within, 99 of 100", took.answered, MOST_ANSWERED_MS),
        _within(f"{each}: shown on the session's other screen within, 99 of 100", took.shown, MOST_SHOWN_MS),
        _within("a reading that somebody writes meanwhile: its reminder in the page within, 99 of 100", took.reminded,
                MOST_REMINDED_MS),
        Result(f"{CHAIRS} screens that listen meanwhile", GOAL, took.core * 100, MOST_CORE, 1, "% of a core", "",
               less=True),
    ]  # fmt: skip


def _within(name: str, took: list[float], most_ms: float) -> Result:
    in_order = sorted(took)
    p99 = in_order[min(int(len(in_order) * 0.99), len(in_order) - 1)] * 1000
    return Result(name, GOAL, p99, most_ms, 1, "ms", "", less=True)


def _write(nurse: "Act") -> screens.Write:
    from kapstone.clinic.config import clock
    from kapstone.clinic.session.actions import Reading, record

    values = {key: Decimal(value) for key, value in screens.RED.items()}

    def write(session_id: UUID) -> None:
        record(nurse.later(clock.now()), session_id, [Reading(values)])

    return write
