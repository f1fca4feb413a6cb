"""The address that open pages listen at.

A stream says of the sessions that were asked for, and that the asker may see, what `session.fresh` says when asked.
Where this server cannot hold a connection open it answers that there is nothing, and pages go on asking.
"""

from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from kapstone.care.quantities import Instant
from kapstone.clinic.edges.live.hub import Hub, Listener, event
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.session.fresh import queries

SESSIONS = 40
"""So many sessions one browser is told of; a page with more asks instead (`one_stream.js`)."""

LASTS_S = 120.0
"""A stream ends after so long and its page asks for another, so that who may see what is asked again."""

AGAIN = b"retry: 500\n\n"


def door(now: Callable[[], Instant]) -> Callable[..., HttpResponseBase]:
    """The view, with one hub for this process. `now` is the clock."""
    hub = Hub(now)

    def live(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Server-sent events of the sessions named as `session`, and of all chairs where `chairs` is there."""
        if not isinstance(request, ASGIRequest):
            return HttpResponse(status=204)
        act: Act = request.act  # type: ignore[attr-defined]
        sessions = queries.may_watch(act, _asked(request))
        stream = _stream(hub, act, sessions, chairs="chairs" in request.GET)
        response = StreamingHttpResponse(stream, content_type="text/event-stream")
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Accel-Buffering"] = "no"
        return response

    return live


def _asked(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(one) for one in request.GET.getlist("session")[:SESSIONS]]
    except ValueError:
        raise NotThere("No such session.") from None


async def _stream(hub: Hub, act: Act, sessions: list[UUID], *, chairs: bool) -> AsyncIterator[bytes]:
    """First what is so now, then whatever changes. It listens before it reads, so that nothing falls between."""
    listener = Listener(act.clinic.id, sessions, chairs=chairs)
    if not hub.add(listener):
        return
    try:
        yield AGAIN + await sync_to_async(_now)(hub, act, sessions, chairs=chairs)
        until = monotonic() + LASTS_S
        while listener.open and monotonic() < until:
            yield await listener.next()
    finally:
        hub.remove(listener)


def _now(hub: Hub, act: Act, sessions: list[UUID], *, chairs: bool) -> bytes:
    """What a page would be told if it asked. The connection to the database is closed: the stream needs none."""
    try:
        at = hub.now()
        beat = event("beat", {"now": at.isoformat()})
        every = [event("chairs", {"chairs": queries.mark_of_chairs(act)})] if chairs else []
        return b"".join((beat, *every, *(event("session", one) for one in queries.told(sessions, at))))
    finally:
        connections.close_all()
