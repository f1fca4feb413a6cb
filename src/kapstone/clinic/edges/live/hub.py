"""One reader of the database for all streams of a process.

A thread waits for commits while anybody listens, reads what is new once, and hands each listener what it watches. A
listener keeps only the newest of each thing that it was not told yet, so that a slow screen costs no memory and never
shows an older value after a newer one.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import timedelta
from threading import Lock, Thread
from uuid import UUID

from django.db import connection

from kapstone.care.quantities import Instant
from kapstone.clinic.edges.live.commits import committed
from kapstone.clinic.session.fresh import queries

log = logging.getLogger(__name__)

BEAT_S = 2.0
"""A stream on which nothing else happens says so often that it is there."""

MOST = 512
"""So many streams one process holds."""


def event(kind: str, body: object) -> bytes:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


class Listener:
    """One stream. Made in the loop that serves it; `tell` and `end` may be called from any thread."""

    def __init__(self, clinic_id: UUID, sessions: Collection[UUID], *, chairs: bool) -> None:
        self.clinic_id, self.sessions, self.chairs = clinic_id, frozenset(sessions), chairs
        self.open = True
        self._loop = asyncio.get_running_loop()
        self._bell = asyncio.Event()
        self._untold: dict[tuple[str, UUID], bytes] = {}

    def tell(self, told: dict[tuple[str, UUID], bytes]) -> None:
        """Hands over messages; one with the same key as an untold one takes its place."""
        self._call(self._put, told)

    def end(self) -> None:
        """The stream ends; its page asks for another."""
        self.open = False
        self._call(self._bell.set)

    async def next(self) -> bytes:
        """What is untold, as soon as there is something; empty where there was nothing for a while."""
        try:
            async with asyncio.timeout(BEAT_S):
                await self._bell.wait()
        except TimeoutError:
            return b""
        self._bell.clear()
        told, self._untold = b"".join(self._untold.values()), {}
        return told

    def _call(self, do: Callable[..., None], *given: object) -> None:
        with suppress(RuntimeError):  # the loop that served it is gone, and so is whoever listened
            self._loop.call_soon_threadsafe(do, *given)

    def _put(self, told: dict[tuple[str, UUID], bytes]) -> None:
        self._untold |= told
        self._bell.set()


class Hub:
    """Everybody who listens in this process, and the thread that reads for them. `now` is the clock."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self.now = now
        self._lock = Lock()
        self._listeners: set[Listener] = set()
        self._thread: Thread | None = None

    def add(self, one: Listener) -> bool:
        """From now on it is told. False where this process holds as many streams as it may."""
        with self._lock:
            if len(self._listeners) >= MOST:
                return False
            self._listeners.add(one)
            if self._thread is None:
                self._thread = Thread(target=self._read, name="live", daemon=True)
                self._thread.start()
        return True

    def remove(self, one: Listener) -> None:
        """It listens no more. The thread ends by itself when nobody does."""
        with self._lock:
            self._listeners.discard(one)

    def _read(self) -> None:
        news = News(self.now)
        try:
            for moved in committed():
                with self._lock:
                    listeners = list(self._listeners)
                    if not listeners:
                        self._thread = None
                        return
                if moved:
                    news.tell(listeners)
        except Exception:
            log.exception("Open pages are told no more; they ask by themselves.")
            self._let_go()
        finally:
            connection.close()

    def _let_go(self) -> None:
        """After a fault nobody waits for what does not come: every stream ends, and its page comes again."""
        with self._lock:
            listeners, self._listeners, self._thread = list(self._listeners), set(), None
        for one in listeners:
            one.end()


class News:
    """What was told already, so that each line and each offer is told once."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self.now = now
        self._last = Instant(now() - queries.LATE)
        self._marks: dict[UUID, int] = {}
        self._offers: dict[UUID, UUID] = {}

    def tell(self, listeners: Iterable[Listener]) -> None:
        """Reads what is new, and tells each listener what it watches."""
        at = self.now()
        listeners = list(listeners)
        watched = frozenset().union(*(one.sessions for one in listeners))
        lines, clinics = self._lines(at)
        told = {**lines, **self._offered(at, watched)}
        self._last = at
        for one in listeners:
            mine = {key: said for key, said in told.items() if key[1] in one.sessions}
            if one.chairs and one.clinic_id in clinics:
                mine["chairs", one.clinic_id] = event("chairs", {})
            if mine:
                one.tell(mine)

    def _lines(self, at: Instant) -> tuple[dict[tuple[str, UUID], bytes], set[UUID]]:
        rows = queries.marks_since(Instant(at - queries.LATE))
        new = [(clinic, session, last) for clinic, session, last in rows if last > self._marks.get(session, 0)]
        self._marks = {session: last for _, session, last in rows}
        said = {("mark", one): event("session", {"session": str(one), "mark": str(last)}) for _, one, last in new}
        return said, {clinic for clinic, _, _ in new}

    def _offered(self, at: Instant, watched: Collection[UUID]) -> dict[tuple[str, UUID], bytes]:
        if not watched:
            return {}
        found = queries.newest_since(Instant(min(self._last, at) - queries.OFFERED_LATE), watched)
        new = [offer for session, offer in found.items() if offer != self._offers.get(session)]
        self._offers |= found
        read = queries.offers(new, at) if new else []
        return {("offer", one): event("session", queries.offer_message(one, told)) for one, told in read}


LASTS = timedelta(minutes=2)
"""A stream ends after so long and its page asks for another, so that who may see what is asked again."""
