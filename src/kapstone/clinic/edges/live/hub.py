"""One reader of the database for all streams of a process.

A thread waits for commits while anybody listens, reads what is new once, and hands each listener what it watches.
Where nothing is new it says that it lives: a page that hears nothing knows that nobody reads for it. A listener keeps
only the newest of each thing that it was not told yet, so that a slow screen costs no memory and never shows an older
value after a newer one.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import partial
from threading import Lock, Thread
from time import monotonic
from uuid import UUID

from django.db import connection

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.edges.live.commits import committed
from kapstone.clinic.session.devices.queries import offered
from kapstone.clinic.session.fresh import queries

log = logging.getLogger(__name__)

Told = dict[tuple[str, UUID], bytes]
"""Events by what they are about; a newer one of the same kind and subject takes the place of an older."""

READ_S = 1.0
"""So often it is read, whether a commit was heard of or not."""

BEAT_S = 2.0
"""A stream on which nothing else happens says so often that it is there."""

MOST = 512
"""So many streams one process holds."""


def event(kind: str, body: object) -> bytes:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


class Listener:
    """One stream, made in the loop that serves it. `told_at` is when it was last told anything."""

    def __init__(self, clinic_id: UUID, sessions: Collection[UUID], *, chairs: bool) -> None:
        self.clinic_id, self.sessions, self.chairs = clinic_id, frozenset(sessions), chairs
        self.open, self.told_at = True, monotonic()
        self.loop = asyncio.get_running_loop()
        self._bell = asyncio.Event()
        self._untold: Told = {}

    async def next(self) -> bytes:
        """What is untold, as soon as there is something; nothing once the stream has ended."""
        await self._bell.wait()
        self._bell.clear()
        told, self._untold = b"".join(self._untold.values()), {}
        return told

    def put(self, told: Told) -> None:
        """In its loop: takes messages; one with the same key as an untold one takes its place."""
        self._untold |= told
        self._bell.set()

    def end(self) -> None:
        """In its loop: the stream ends, and its page asks for another."""
        self.open = False
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
                thread = Thread(target=self._read, name="live", daemon=True)
                thread.start()
                self._thread = thread
        return True

    def remove(self, one: Listener) -> None:
        """It listens no more. The thread ends by itself when nobody does."""
        with self._lock:
            self._listeners.discard(one)

    def _read(self) -> None:
        news, read_at = News(self.now), 0.0
        try:
            for moved in committed():
                with self._lock:
                    listeners = list(self._listeners)
                    if not listeners:
                        self._thread = None
                        return
                # Also where no commit was heard of: a reader that has gone deaf finds what is new all the same, and
                # it says that it lives only after it has read.
                if moved or monotonic() - read_at >= READ_S:
                    told, read_at = news.read(listeners), monotonic()
                    _hand_out({**self._beats(listeners), **told})
        except Exception:
            log.exception("Open pages are told no more; they ask by themselves.")
            self._let_go()
        finally:
            connection.close()

    def _beats(self, listeners: Iterable[Listener]) -> dict[Listener, Told]:
        """That the reader lives and finds nothing new, for those who have heard nothing for a while."""
        quiet = [one for one in listeners if monotonic() - one.told_at >= BEAT_S]
        said = event("beat", {"now": self.now().isoformat()}) if quiet else b""
        return {one: {("beat", one.clinic_id): said} for one in quiet}

    def _let_go(self) -> None:
        """After a fault nobody waits for what does not come: every stream ends, and its page comes again."""
        with self._lock:
            listeners, self._listeners, self._thread = list(self._listeners), set(), None
        for loop, mine in _by_loop(listeners).items():
            _call(loop, partial(_end, mine))


def _hand_out(told: Mapping[Listener, Told]) -> None:
    """Each loop is woken once, whatever number of its streams is told something."""
    for loop, listeners in _by_loop(told).items():
        for one in listeners:
            one.told_at = monotonic()
        _call(loop, partial(_put, [(one, told[one]) for one in listeners]))


def _put(told: Iterable[tuple[Listener, Told]]) -> None:
    for one, mine in told:
        one.put(mine)


def _end(listeners: Iterable[Listener]) -> None:
    for one in listeners:
        one.end()


def _by_loop(listeners: Iterable[Listener]) -> dict[asyncio.AbstractEventLoop, list[Listener]]:
    found: dict[asyncio.AbstractEventLoop, list[Listener]] = defaultdict(list)
    for one in listeners:
        found[one.loop].append(one)
    return found


def _call(loop: asyncio.AbstractEventLoop, do: Callable[[], object]) -> None:
    with suppress(RuntimeError):  # the loop is gone, and so is whoever listened in it
        loop.call_soon_threadsafe(do)


class News:
    """What was told already, so that each line and each offer is told once."""

    def __init__(self, now: Callable[[], Instant]) -> None:
        self.now = now
        self._last = self._looked = Instant(now() - queries.LATE)
        self._marks: dict[UUID, int] = {}
        self._offers: dict[UUID, UUID] = {}
        self._policies: dict[UUID, Policy] = {}

    def read(self, listeners: Iterable[Listener]) -> dict[Listener, Told]:
        """Reads what is new; gives each listener what it watches of it."""
        at, watching = self.now(), _watching(listeners)
        if wide := abs(at - self._looked) >= queries.WIDE_LOOK:
            self._looked = at
        lines, clinics = self._lines(at, watching if wide else ())
        told: dict[Listener, Told] = defaultdict(dict)
        for (kind, session), said in (*lines.items(), *self._offered(at, watching, wide=wide).items()):
            for one in watching.get(session, ()):
                told[one][kind, session] = said
        for one in listeners:
            if one.chairs and one.clinic_id in clinics:
                told[one]["chairs", one.clinic_id] = event("chairs", {"chairs": ""})
        self._last = at
        return told

    def _lines(self, at: Instant, watched: Collection[UUID]) -> tuple[Told, set[UUID]]:
        rows = queries.marks_since(Instant(at - queries.LATE)) + (queries.marks(watched) if watched else [])
        new = [(clinic, session, last) for clinic, session, last in rows if last > self._marks.get(session, 0)]
        self._marks |= {session: last for _, session, last in new}
        said = {("mark", one): self._event(at, {"session": str(one), "mark": str(last)}) for _, one, last in new}
        return said, {clinic for clinic, _, _ in new}

    def _offered(self, at: Instant, watched: Collection[UUID], *, wide: bool) -> Told:
        if not watched:
            return {}
        late = queries.WIDE_LOOK * 2 if wide else queries.OFFERED_LATE
        found = queries.newest_between(Instant(min(self._last, at) - late), at, watched)
        new = {session: offer for session, offer in found.items() if offer != self._offers.get(session)}
        self._offers |= found
        if not new:
            return {}
        if unknown := new.keys() - self._policies.keys():
            self._policies |= queries.policies(unknown)
        read = (
            (session, offered(offer, self._policies[session], at)) for session, offer in queries.offers(new.values())
        )
        return {("offer", one): self._event(at, queries.offer_message(one, told)) for one, told in read}

    @staticmethod
    def _event(at: Instant, told: queries.Message) -> bytes:
        """With the server's moment, so that a page knows how old a value is by this clock and not by its own."""
        return event("session", {"now": at.isoformat(), **told})


def _watching(listeners: Iterable[Listener]) -> dict[UUID, list[Listener]]:
    found: dict[UUID, list[Listener]] = defaultdict(list)
    for one in listeners:
        for session in one.sessions:
            found[session].append(one)
    return found
