"""Two hundred monitors that send once a second, two hundred screens that show what they send, and a nurse who writes.

Everything runs on this machine at once: the clinic's server, the listener for monitors, and the load itself.
"""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from uuid import UUID

LISTEN_S, WRITE_S = 8, 12
"""Seconds in which screens only listen, and seconds in which somebody writes as well."""

SETTLE_S = 9
"""Until every screen has its stream."""

WRITES = 40
RED = {"spo2": "82"}
"""A reading that any policy reminds of at once."""

Write = Callable[[UUID], None]
"""Writes a reading to a session, as a person does, and returns when it is saved."""


@dataclass(slots=True)
class Took:
    """Seconds that things took, and the share of one core that the server needed while screens only listened."""

    answered: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    reminded: list[float] = field(default_factory=list)
    core: float = 0.0


@dataclass(slots=True)
class Load:
    """What is going on. `sent` is when a value left its monitor, `marked` rings when a screen is told of a line."""

    sessions: Mapping[UUID, str]
    message: Callable[[str, int], bytes]
    took: Took = field(default_factory=Took)
    sent: dict[tuple[str, int], float] = field(default_factory=dict)
    marked: dict[str, asyncio.Event] = field(default_factory=dict)
    over: bool = False


@contextmanager
def server(home: Path) -> Iterator[tuple[str, int]]:
    """The clinic of this home on a free port: its address and the process that serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--no-ws", "--log-level", "error", "--workers-kill-timeout", "3"]
    process = subprocess.Popen([*command, "kapstone.clinic.config.asgi:application"], env=os.environ.copy())
    try:
        _wait(url)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def listener(home: Path, key: str) -> Iterator[int]:
    """The listener for monitors, as a clinic runs it: the port at which it listens."""
    file = home / "bench.key"
    file.write_text(key, "utf-8")
    command = [sys.executable, "-m", "kapstone.cli.main", "devices", "--key-file", str(file), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline().rsplit(":", 1)[1].strip(" .\n"))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/crisis/", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server of the benchmark did not start.")


def signed_in(url: str, name: str) -> str:
    """The cookies of a member of the demo's staff."""
    opener = urllib.request.build_opener(jar := urllib.request.HTTPCookieProcessor())
    page = opener.open(f"{url}/demo/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    person = re.search(rf'name="user" value="([^"]+)">Be {name}', page)
    assert token and person
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "user": person[1]}).encode()
    opener.open(urllib.request.Request(f"{url}/demo/", body, {"Referer": f"{url}/demo/"}))
    return "; ".join(f"{one.name}={one.value}" for one in jar.cookiejar)


async def run(load: Load, url: str, process: int, cookies: str, monitors: int, write: Write) -> Took:
    """Screens and monitors begin; then the server's time is counted; then somebody writes. `monitors` is a port."""
    port = urllib.parse.urlsplit(url).port or 0
    load.marked = {str(one): asyncio.Event() for one in load.sessions}
    # Whoever listens has opened a page before: the server has read every session that runs once.
    await asyncio.to_thread(_page, port, cookies, f"/sessions/{next(iter(load.sessions))}/")
    async with asyncio.TaskGroup() as group:
        for place, (session, device) in enumerate(load.sessions.items()):
            group.create_task(_screen(load, port, cookies, session, device))
            group.create_task(_monitor(load, monitors, device, place / len(load.sessions)))
        await asyncio.sleep(SETTLE_S)
        load.took.answered.clear()
        load.took.shown.clear()
        before, begun = _cpu_s(process), perf_counter()
        await asyncio.sleep(LISTEN_S)
        load.took.core = (_cpu_s(process) - before) / (perf_counter() - begun)
        for session in list(load.sessions)[:WRITES]:
            begun = perf_counter()
            await _reminded(load, port, cookies, session, write)
            await asyncio.sleep(max(0.0, WRITE_S / WRITES - (perf_counter() - begun)))
        load.over = True
    return load.took


async def _reminded(load: Load, port: int, cookies: str, session: UUID, write: Write) -> None:
    """From before the reading is written to the reminder in the page that a told screen fetches."""
    load.marked[str(session)].clear()
    begun = perf_counter()
    await asyncio.to_thread(write, session)
    await load.marked[str(session)].wait()
    page = await asyncio.to_thread(_page, port, cookies, f"/sessions/{session}/")
    assert "reminder--high" in page
    load.took.reminded.append(perf_counter() - begun)


def _page(port: int, cookies: str, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookies, "Host": f"localhost:{port}", "X-Fresh": "1"})
    body = connection.getresponse().read().decode()
    connection.close()
    return body


async def _monitor(load: Load, port: int, device: str, after_s: float) -> None:
    """One connection; a message a second, and the wait for its answer."""
    from kapstone.clinic.edges.mllp.framing import END, framed

    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await asyncio.sleep(after_s)
    turn = 0
    while not load.over:
        turn += 1
        begun = load.sent[device, turn] = perf_counter()
        writer.write(framed(load.message(device, turn)))
        await reader.readuntil(END)
        load.took.answered.append(perf_counter() - begun)
        await asyncio.sleep(max(0.0, begun + 1 - perf_counter()))
    writer.close()


async def _screen(load: Load, port: int, cookies: str, session: UUID, device: str) -> None:
    """One open page of one session: notes when each value, and each line, is told."""
    async for told in _events(load, port, cookies, session):
        if "mark" in told:
            load.marked[str(session)].set()
        offer = told.get("offer")
        if isinstance(offer, dict):
            turn = int(re.findall(r"Heart rate (\d+)", str(offer["words"]))[0]) - RATE_FROM
            sent = load.sent.get((device, turn))
            if sent is not None:
                load.took.shown.append(perf_counter() - sent)


RATE_FROM = 50
"""A monitor's heart rate is this and its turn, so that a screen can tell which message it shows."""


async def _events(load: Load, port: int, cookies: str, session: UUID) -> AsyncIterator[Mapping[str, object]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /live/?session={session} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookies}\r\n\r\n"
    writer.write(head.encode())
    status = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in status.split(b"\r\n", 1)[0], status
    while not load.over:
        size = int(await reader.readline(), 16)
        chunk = await reader.readexactly(size + 2)
        for line in chunk.decode().splitlines():
            if line.startswith("data: "):
                yield json.loads(line[6:])
    writer.close()


def _cpu_s(process: int) -> float:
    """Seconds of processor time that a process and its children have used."""
    every = [process, *map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())]
    ticks = 0
    for one in every:
        told = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")
