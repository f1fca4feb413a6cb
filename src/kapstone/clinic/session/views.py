"""The monitor of a treatment session, and its replay afterwards."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session import fresh, queries
from kapstone.clinic.session.fields import WordsForm
from kapstone.clinic.session.forecasting import forecast_of, switched_on
from kapstone.clinic.session.monitor import monitor_context
from kapstone.clinic.session.watching import typing
from kapstone.clinic.session.watching.forms import ReadingForm


def session(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The monitor: what is so now, what reminds, what is due, and the pad to write with."""
    act = request.act
    now = queries.session_of(act, session_id)
    if not fresh.is_again(request, f"session {session_id}"):
        opened(act, "session", now.session.patient_id)
    context = monitor_context(act, now)
    context["mark"] = queries.mark_of(session_id)
    context["found"] = forecast_of(act, now) if switched_on(now) and not now.phase.over else None
    kept = typing.kept(request, session_id)
    context["reading"] = ReadingForm(act, now.policy, auto_id="reading_%s", initial=dict(kept))
    context["half_typed"] = bool(kept)
    context["note"] = WordsForm(act, auto_id="note_%s")
    context["may_chart"] = may(act, "session.chart") and not now.phase.over
    context["may_add"] = may(act, "session.note")
    context["may_note"] = context["may_add"] and not now.phase.over
    return render(request, "session/session.html", context)


def changed(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A mark that is another one once the session has moved on: for a page that asks every few seconds."""
    queries.exists(request.act, session_id)
    return HttpResponse(queries.mark_of(session_id), content_type="text/plain")


def replay(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A session that is over, to learn from: its readings over the forecast of the dose that was given."""
    act = request.act
    now = queries.session_of(act, session_id)
    opened(act, "replay", now.session.patient_id)
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "found": forecast_of(act, now) if now.phase.over else None,
        **monitor_context(act, now),
    }
    return render(request, "session/replay.html", context)
