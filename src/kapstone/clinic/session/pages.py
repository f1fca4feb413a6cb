"""What the small pages of a session share: one form, saved as one line, and a clock time typed on it."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, EventForm, local_moment, run
from kapstone.clinic.session import queries


def line_page(
    request: ActRequest,
    session_id: UUID,
    verb: str,
    form: EventForm,
    title: str,
    save: Callable[[dict[str, Any]], None],
    **more: object,
) -> HttpResponse:
    """One small form of the pad, on a page of its own; when saved, back to the monitor."""
    now = queries.session_of(request.act, session_id, verb)
    if request.method == "POST" and run(form, save):
        return redirect("session", session_id=session_id)
    opened(request.act, title.lower(), now.session.patient_id)
    context = {"patient": strip(request.act, now.session.patient), "now_session": now, "form": form, "title": title}
    return render(request, "session/line.html", {**context, **more})


def typed_moment(
    request: ActRequest, session_id: UUID, clock: time | None, field: str, verb: str = "session.chart"
) -> Instant | None:
    """A typed clock time of this session: nothing in it is older than an hour before it was opened."""
    opened_at = queries.session_of(request.act, session_id, verb).session.opened_at
    return local_moment(request.act.clinic, request.act.at, clock, Instant(opened_at - timedelta(hours=1)), field)
