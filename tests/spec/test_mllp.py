"""MLLP: frames out of any stream, bounded, and a server that answers everything and outlives every bad message."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapstone.care.quantities import Instant
from kapstone.care.session.offered import MOST_BYTES
from kapstone.clinic.edges.mllp.framing import END, START, Frames, framed
from kapstone.clinic.edges.mllp.server import Server

T = TypeVar("T")
NOW = Instant(datetime(2026, 11, 18, 15, 30, tzinfo=UTC))
HEAD = b"MSH|^~\\&|SN-1|w|K|c|20261118103000-0500||ORU^R01|%s|P|2.6\r"
BODIES = st.binary(min_size=1, max_size=40).filter(
    lambda one: START not in one and END not in one and one[-1:] != b"\x1c"
)


@given(st.lists(BODIES, max_size=5), st.lists(st.integers(1, 9), max_size=60))
def test_frames_come_out_whole_however_the_stream_is_cut(bodies: list[bytes], cuts: list[int]) -> None:
    stream, found, frames = b"".join(framed(one) for one in bodies), [], Frames(100)
    for size in [*cuts, len(stream)]:
        found += frames.feed(stream[:size])
        stream = stream[size:]
    assert (found, frames.too_long, frames.stray) == (bodies, 0, 0)


def test_what_stands_between_frames_is_dropped_and_counted() -> None:
    frames = Frames(100)
    assert list(frames.feed(b"xx" + framed(b"a") + b"yyy" + framed(b"b") + b"z")) == [b"a", b"b"]
    assert frames.stray == 6


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_message_without_end_fills_no_memory_and_the_next_is_read(step: int) -> None:
    frames = Frames(100)
    stream = START + b"x" * 5000 + END + framed(b"next")
    found = []
    for place in range(0, len(stream), step):
        found += frames.feed(stream[place : place + step])
        assert len(frames._held) <= 100 + step + 1
    assert (found, frames.too_long) == ([b"next"], 1)


def in_a_loop(scene: Coroutine[Any, Any, T]) -> T:
    """Runs a scene in a thread of its own: a browser of another test may hold this thread's loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, scene).result()


async def talk(keep: object, *pieces: bytes, answers: int) -> list[bytes]:
    """Sends the pieces over a real socket, and reads so many answers."""
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    server = Server(keep, lambda: NOW, 0.001)  # type: ignore[arg-type]
    task = asyncio.create_task(server.run("127.0.0.1", 0, stop, told.set_result))
    reader, writer = await asyncio.open_connection("127.0.0.1", await told)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    found = [await asyncio.wait_for(reader.readuntil(END), 5) for _ in range(answers)]
    writer.close()
    stop.set()
    await asyncio.wait_for(task, 5)
    return found


@pytest.mark.mitigates("M-156")
def test_a_bad_message_is_answered_and_the_next_one_is_kept() -> None:
    kept: list[bytes] = []

    def keep(bodies: list[bytes], at: Instant) -> list[bool]:
        kept.extend(bodies)
        return [body.startswith(b"MSH") for body in bodies]

    good, bad = HEAD % b"M1", b"nonsense"
    found = in_a_loop(talk(keep, framed(bad), framed(good)[:9], framed(good)[9:], answers=2))
    assert [b"MSA|AR|unknown" in found[0], b"MSA|AA|M1" in found[1]] == [True, True]
    assert kept == [bad, good]


@pytest.mark.mitigates("M-156")
def test_nothing_is_said_to_be_kept_that_was_not_stored() -> None:
    def away(bodies: list[bytes], at: Instant) -> list[bool]:
        raise OSError("no database")

    (found,) = in_a_loop(talk(away, framed(HEAD % b"M1"), answers=1))
    assert b"MSA|AR|M1" in found


def test_a_message_that_is_too_long_is_answered_once() -> None:
    long = framed(b"x" * (MOST_BYTES + 10))
    found = in_a_loop(talk(lambda bodies, at: [True] * len(bodies), long, framed(HEAD % b"M2"), answers=2))
    assert sum(b"MSA|AR" in one for one in found) == 1 and sum(b"MSA|AA|M2" in one for one in found) == 1


def test_many_messages_share_a_transaction() -> None:
    sizes: list[int] = []

    def keep(bodies: list[bytes], at: Instant) -> list[bool]:
        sizes.append(len(bodies))
        return [True] * len(bodies)

    async def many() -> None:
        stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
        server = Server(keep, lambda: NOW, 0.05)
        task = asyncio.create_task(server.run("127.0.0.1", 0, stop, told.set_result))
        port = await told

        async def one(number: int) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(framed(HEAD % str(number).encode()))
            assert f"MSA|AA|{number}".encode() in await asyncio.wait_for(reader.readuntil(END), 5)
            writer.close()

        await asyncio.gather(*(one(number) for number in range(50)))
        stop.set()
        await asyncio.wait_for(task, 5)

    in_a_loop(many())
    assert sum(sizes) == 50 and len(sizes) < 25
