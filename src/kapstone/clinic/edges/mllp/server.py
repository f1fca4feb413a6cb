"""Listens for monitors. Each message is kept before it is answered; a bad one is answered and ends no connection.

One writer stores whatever has come within some milliseconds in one transaction, so that two hundred monitors cost no
more commits than one.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from kapstone.care.quantities import Instant
from kapstone.care.session.offered import MOST_BYTES, acknowledgement
from kapstone.clinic.edges.mllp.framing import Frames, framed

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 256
SILENT_S = 600.0
"""A connection on which nothing comes for so long is closed; a monitor opens another."""

CHUNK = 16_384
WAITING = 4_096
"""So many messages may wait for the writer; then reading stops until it has caught up."""

Keep = Callable[[list[bytes], Instant], list[bool]]
"""Stores messages in one transaction, and says of each whether it could be read."""


@dataclass(slots=True)
class Waiting:
    """A message and who waits for its answer."""

    body: bytes
    answer: "asyncio.Future[bool]"


class Server:
    """One listening socket. `keep` runs in a thread, since the database blocks."""

    def __init__(self, keep: Keep, now: Callable[[], Instant], every_s: float = 0.02) -> None:
        self.keep, self.now, self.every_s = keep, now, every_s
        self.queue: asyncio.Queue[Waiting] = asyncio.Queue(WAITING)
        self.open = 0

    async def run(self, host: str, port: int, stop: asyncio.Event, ready: Callable[[int], None]) -> None:
        """Serves until `stop`; `ready` is told the port. What was received is stored and answered before it ends."""
        server = await asyncio.start_server(self._connection, host, port, limit=CHUNK)
        writer = asyncio.create_task(self._write())
        async with server:
            ready(server.sockets[0].getsockname()[1])
            await stop.wait()
        await self.queue.join()
        writer.cancel()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.open >= MOST_CONNECTIONS:
            writer.close()
            return
        self.open += 1
        frames = Frames(MOST_BYTES)
        try:
            while data := await asyncio.wait_for(reader.read(CHUNK), SILENT_S):
                for body in frames.feed(data):
                    writer.write(framed(await self._answer(body)))
                while frames.too_long:
                    frames.too_long -= 1
                    writer.write(framed(acknowledgement(b"", False, self.now())))
                await writer.drain()
        except (TimeoutError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def _answer(self, body: bytes) -> bytes:
        told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        await self.queue.put(Waiting(body, told))
        return acknowledgement(body, await told, self.now())

    async def _write(self) -> None:
        """Takes everything that waits, stores it in one transaction, and lets each be answered."""
        while True:
            batch = [await self.queue.get()]
            await asyncio.sleep(self.every_s)
            while not self.queue.empty():
                batch.append(self.queue.get_nowait())
            try:
                kept = await asyncio.to_thread(self.keep, [one.body for one in batch], self.now())
            except Exception:
                # Such as a database that is away: nobody is told that it was kept, and the monitor sends it again.
                log.exception("What monitors sent could not be stored.")
                kept = [False] * len(batch)
            for one, read in zip(batch, kept, strict=True):
                if not one.answer.done():
                    one.answer.set_result(read)
                self.queue.task_done()
