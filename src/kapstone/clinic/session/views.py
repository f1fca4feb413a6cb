"""The monitor of a treatment session, all chairs at once, and the replay of a session afterwards."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session import queries
from kapstone.clinic.session.chairs import closing
from kapstone.clinic.session.chairs.queries import burdens, next_change, running_ids, seats
from kapstone.clinic.session.devices.queries import devices_of, offers_of
from kapstone.clinic.session.fields import WordsForm
from kapstone.clinic.session.forecasting import forecast_of, switched_on
from kapstone.clinic.session.fresh.looks import is_again
from kapstone.clinic.session.fresh.queries import mark_of, mark_of_chairs, may_watch, offer_message, told
from kapstone.clinic.session.monitor import monitor_context
from kapstone.clinic.session.watching import typing
from kapstone.clinic.session.watching.forms import ReadingForm


def session(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The monitor: what is so now, what reminds, what is due, and the pad to write with."""
    act = request.act
    # Asked first: a line that is written meanwhile gives another mark, and the page is drawn again.
    mark, now = mark_of(session_id), queries.session_of(act, session_id)
    if not is_again(request, f"session {session_id}"):
        opened(act, "session", now.session.patient_id)
    context = monitor_context(act, now)
    context["mark"] = mark
    context["found"] = forecast_of(act, now) if switched_on(now) and not now.phase.over else None
    kept = typing.kept(request, session_id)
    context["reading"] = ReadingForm(act, now.policy, auto_id="reading_%s", initial=dict(kept))
    context["half_typed"] = bool(kept)
    context["note"] = WordsForm(act, auto_id="note_%s")
    context["may_chart"] = may(act, "session.chart") and not now.phase.over
    context["may_add"] = may(act, "session.note")
    context["may_consent"] = may(act, "consent.review")
    context["may_note"] = context["may_add"] and not now.phase.over
    return render(request, "session/session.html", context)


def changed(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What an open page of this session would be told: for a page that asks every few seconds."""
    if not may_watch(request.act, [session_id]):
        raise NotThere("No such session.")
    return JsonResponse({"now": request.act.at.isoformat(), "told": told([session_id], request.act.at)})


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


def every_chair(request: ActRequest) -> HttpResponse:
    """Every chair in its place: who sits there, since when, what is due, what waits, what is offered."""
    act = request.act
    mark, ids = mark_of_chairs(act), running_ids(act)
    found = seats(act, offers_of(ids, act.at), devices_of(ids))
    if not is_again(request, "chairs"):
        opened(act, "chairs", *(one.now.session.patient_id for one in found if one.now))
    context = {"seats": found, "burdens": list(burdens(found)), "mark": mark, "next_change": next_change(act, found)}
    context |= {"day": closing.today(act), "overruns": list(closing.overruns(act, found))}
    return render(request, "session/chairs.html", context)


def chairs_changed(request: ActRequest) -> HttpResponse:
    """What the open page of all chairs would be told: a mark of all sessions, and what is offered at each chair."""
    act = request.act
    offered = [offer_message(one, told) for one, told in offers_of(running_ids(act), act.at).items()]
    return JsonResponse({"now": act.at.isoformat(), "told": [{"chairs": mark_of_chairs(act)}, *offered]})
