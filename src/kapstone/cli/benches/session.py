"""The session room: values of two hundred monitors stored as they come, by one writer and by one commit each.

It runs on an SQLite database of its own in a throw-away folder, with every commit on the disk (synchronous FULL), and
on loopback sockets alone.
"""

import asyncio
import os
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from .timing import Result, Skipped, against

if TYPE_CHECKING:
    from kapstone.clinic.session.models import Gateway

MONITORS, FOR_S = 200, 8
GOAL = "the goal"
MOST_ACK_MS = 100.0
BATCH = 64

HEAD = "MSH|^~\\&|ward|ward|KAPSTONE|clinic|{at}||ORU^R01|{number}|P|2.6\r"
BODY = (
    "OBX|1|NM|147842^HR^MDC|1|72|bpm|||||F|||||||SN-{device}\rOBX|2|NM|150456^SPO2^MDC|1|97|%|||||F|||||||SN-{device}\r"
    "OBX|3|NM|151562^RR^MDC|1|14|/min|||||F|||||||SN-{device}\rOBX|4|NM|150021^SYS^MDC|1|121|mmHg|||||F|||||||SN-{device}\r"
    "OBX|5|NM|150022^DIA^MDC|1|78|mmHg|||||F|||||||SN-{device}\r"
)


def results(seconds: float) -> list[Result | Skipped]:
    """Every figure, on a clinic made for it."""
    with tempfile.TemporaryDirectory(prefix="kapstone-bench-") as folder:
        if os.environ.get("DJANGO_SETTINGS_MODULE"):
            return [Skipped("one commit for each message", "this process serves another clinic already")]
        gateway = _clinic(Path(folder))
        found: list[Result | Skipped] = [_writer(gateway, seconds), _acknowledged(gateway)]
        from django.db import connections

        connections.close_all()
    return found


def _clinic(folder: Path) -> "Gateway":
    """An empty clinic in a home of its own, with a gateway that may send."""
    from kapstone.cli.home import start_django
    from kapstone.clinic.config import machine

    os.environ["KAPSTONE_HOME"] = str(folder)
    machine.make_home(folder, demo=True, address="http://localhost:8765")
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kapstone.clinic.config import clock
    from kapstone.clinic.ground.people.act import Act
    from kapstone.clinic.ground.people.actions import open_clinic
    from kapstone.clinic.ground.people.ids import uuid7
    from kapstone.clinic.session.devices.actions import make_gateway
    from kapstone.clinic.session.devices.queries import gateway_of
    from kapstone.rehearsal.people import hire

    at = clock.now()
    clinic = open_clinic(at, name="Bench", zone="America/New_York", phone="", place="", demo=True)
    staff = hire(Act(None, clinic, frozenset(), at, "bench", uuid7(at)), "a long phrase for the bench")
    gateway = gateway_of(make_gateway(staff["lead"], "Bench"))
    assert gateway is not None
    return gateway


def _message(device: int, number: int) -> bytes:
    from kapstone.clinic.config import clock

    return (HEAD + BODY).format(device=device, number=number, at=f"{clock.now():%Y%m%d%H%M%S}+0000").encode()


def _writer(gateway: "Gateway", seconds: float) -> Result:
    from kapstone.clinic.config import clock
    from kapstone.clinic.session.devices.actions import receive, receive_many

    numbers = count()

    def ours() -> int:
        receive_many(gateway, "hl7", [_message(n, next(numbers)) for n in range(BATCH)], clock.now())
        return BATCH

    def peer() -> int:
        for n in range(BATCH // 8):
            receive(gateway, "hl7", _message(n, next(numbers)), clock.now())
        return BATCH // 8

    name = "messages stored, read and offered"
    return against(name, ours, "one commit for each message", peer, 3, seconds, unit="messages", per="second")


def _acknowledged(gateway: "Gateway") -> Result:
    """The slowest of a hundred answers, in milliseconds, while two hundred monitors send once a second."""
    from kapstone.clinic.config import clock
    from kapstone.clinic.edges.mllp.server import Server
    from kapstone.clinic.session.devices.actions import receive_many

    def keep(bodies: list[bytes], at: object) -> list[bool]:
        return [not raw.refused for raw in receive_many(gateway, "hl7", bodies, clock.now())]

    took = sorted(asyncio.run(_monitors(lambda: Server(keep, clock.now))))
    p99 = took[int(len(took) * 0.99)] * 1000
    name = f"{MONITORS} monitors, one message a second each: answered within, 99 of 100"
    return Result(name, GOAL, p99, MOST_ACK_MS, 1, "ms", "", less=True)


async def _monitors(make: Callable[[], object]) -> list[float]:
    """Every monitor sends on its own connection, spread over the second, and waits for its answer."""
    from kapstone.clinic.edges.mllp.framing import END, framed

    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    server = make()
    task = asyncio.create_task(server.run("127.0.0.1", 0, stop, port.set_result))  # type: ignore[attr-defined]
    where, took = await port, []

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", where)
        await asyncio.sleep(number / MONITORS)
        for turn in range(FOR_S):
            begun = perf_counter()
            writer.write(framed(_message(number, turn)))
            await reader.readuntil(END)
            spent = perf_counter() - begun
            took.append(spent)
            await asyncio.sleep(max(0.0, 1 - spent))
        writer.close()

    await asyncio.gather(*(one(number) for number in range(MONITORS)))
    stop.set()
    await task
    return took
