"""The pages of a treatment session: arrival, time-out, the monitor with its record pad, release."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kapstone.care.quantities import Instant, plain
from kapstone.care.session import OBSERVED, Phase, Timeout
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, EventForm, local_moment, posted_id, run
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.esketamine.queries import arrived as kits_here
from kapstone.clinic.plan.esketamine.queries import kits_of
from kapstone.clinic.plan.ordering.queries import dose_order, drawn_up, orders_if_needed
from kapstone.clinic.plan.queries import dose_of
from kapstone.clinic.session import actions, queries
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.forecasting import forecast_of, switched_on
from kapstone.clinic.session.forms import (
    MedicineForm,
    ObservationForm,
    ReadingForm,
    SettingForm,
    StartForm,
    TimeoutForm,
    WordsForm,
)
from kapstone.clinic.session.monitor import monitor_context

NOT_READ = UUID(int=0)
"""For a page that showed no order: what was signed meanwhile is read before it starts."""


@require_POST
def arrive(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """The patient is here."""
    dose = dose_of(request.act, dose_id)
    session = actions.arrive(request.act, dose.id)
    messages.success(request, f"{dose.course.patient.name} has arrived.")
    return redirect("session", session_id=session.id) if may(request.act, "session.see") else redirect("board")


def timeout(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The time-out before the dose."""
    act = request.act
    now = queries.session_of(act, session_id, "session.chart")
    form = TimeoutForm(act, now.format, request.POST or None)
    if request.method == "POST" and run(form, lambda values: _pass(request, session_id, form, values)):
        messages.success(request, "Time-out passed. The dose may start.")
        return redirect("session", session_id=session_id)
    opened(act, "time-out", now.session.patient_id)
    context = {"patient": strip(act, now.session.patient), "now_session": now, "form": form}
    return render(request, "session/timeout.html", context)


def _pass(request: ActRequest, session_id: UUID, form: TimeoutForm, values: dict[str, Any]) -> None:
    act = request.act
    answered = Timeout(
        answers=form.answers(),
        weight_kg=values["weight_kg"],
        sbp=values["sbp"],
        dbp=values["dbp"],
        pressure_at=_when(request, session_id, values["pressure_time"], "pressure_time") or act.at,
    )
    actions.pass_timeout(act, session_id, answered, values["event_id"], values["weight_confirmed"])


def _when(request: ActRequest, session_id: UUID, clock: time | None, field: str) -> Instant | None:
    """A typed clock time of this session: nothing in it is older than an hour before it was opened."""
    opened_at = queries.session_of(request.act, session_id, "session.chart").session.opened_at
    return local_moment(request.act.clinic, request.act.at, clock, Instant(opened_at - timedelta(hours=1)), field)


def session(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The monitor: what is so now, what reminds, what is due, and the pad to write with."""
    act = request.act
    now = queries.session_of(act, session_id)
    opened(act, "session", now.session.patient_id)
    context = monitor_context(act, now)
    context["found"] = forecast_of(act, now) if switched_on(now) and not now.phase.over else None
    context["reading"] = ReadingForm(act, auto_id="reading_%s")
    context["note"] = WordsForm(act, auto_id="note_%s")
    context["may_chart"] = may(act, "session.chart") and not now.phase.over
    context["may_note"] = may(act, "session.note") and not now.phase.over
    return render(request, "session/session.html", context)


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


def reading(request: ActRequest, session_id: UUID) -> HttpResponse:
    """One set of readings."""
    form = ReadingForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        at = _when(request, session_id, values["taken_at"], "taken_at")
        actions.record(request.act, session_id, [Reading(form.values(), at, values["event_id"])])

    return _page(request, session_id, "session.chart", form, "Readings", save)


def observation(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What a person saw."""
    form = ObservationForm(request.act, request.POST or None, initial={"what": request.GET.get("what", "")})

    def save(values: dict[str, Any]) -> None:
        actions.observe(
            request.act, session_id, values["what"], values["finding"], values["words"], values["event_id"]
        )

    return _page(request, session_id, "session.chart", form, "What I see", save)


def medicine(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A medicine under an order."""
    now = queries.session_of(request.act, session_id, "medicine.give")
    found = orders_if_needed(request.act, now.session.dose)
    choices = [(str(o.id), f"{o.drug} {plain(o.amount)} {o.unit}: {o.trigger}") for o in found]
    form = MedicineForm(request.act, choices, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.give_medicine(request.act, session_id, UUID(values["order"]), values["event_id"])

    return _page(request, session_id, "medicine.give", form, "Medicine", save)


def note(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A note by anyone in the room."""
    form = WordsForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.note(request.act, session_id, values["words"], values["event_id"])

    return _page(request, session_id, "session.note", form, "Note", save)


def setting(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Eye mask, music, light, therapist."""
    now = queries.session_of(request.act, session_id, "session.note")
    form = SettingForm(request.act, request.POST or None, initial=dict(now.state.setting))

    def save(values: dict[str, Any]) -> None:
        told = {key: value for key, value in values.items() if key != "event_id" and value}
        actions.set_setting(request.act, session_id, told, values["event_id"])

    return _page(request, session_id, "session.note", form, "The room", save)


def start(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Starts the ordered dose, after one more look at it."""
    now = queries.session_of(request.act, session_id, "session.chart")
    patient = now.session.patient
    kits = [] if now.format.racemic else [(str(one.id), f"{plain(one.mg)} mg") for one in kits_here(patient)]
    order = dose_order(request.act, now.session.dose)
    # What is shown again is the order as it is now, whatever the page before showed.
    data = request.POST.copy()
    data["order"] = str(order.id) if order else ""
    form = StartForm(request.act, kits, data if request.POST else None, initial={"order": data["order"]})

    def save(values: dict[str, Any]) -> None:
        read = posted_id(request, "order") if request.POST.get("order") else NOT_READ
        actions.start_dose(request.act, session_id, values["event_id"], values["kit"], read)

    return _page(
        request,
        session_id,
        "session.chart",
        form,
        "Start the dose",
        save,
        order=order,
        drawn=drawn_up(order) if order else "",
        kits_away=not now.format.racemic and not kits and kits_of(patient),
    )


def device(request: ActRequest, session_id: UUID) -> HttpResponse:
    """One more nasal device."""
    form = EventForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.give_device(request.act, session_id, values["event_id"])

    return _page(request, session_id, "session.chart", form, "Next device given", save)


def end_dose(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The dose is given in full."""
    form = EventForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.end_dose(request.act, session_id, values["event_id"])

    return _page(request, session_id, "session.chart", form, "The dose is given in full", save)


def stop(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Stops the dose."""
    form = WordsForm(request.act, request.POST or None)
    form.fields["words"].label = "Why"
    now = queries.session_of(request.act, session_id, "session.chart")

    def save(values: dict[str, Any]) -> None:
        actions.stop_dose(request.act, session_id, values["words"], values["event_id"])

    return _page(request, session_id, "session.chart", form, "Stop the dose", save, means=now.format.stop_means)


def not_today(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Calls the session off before its dose began."""
    form = WordsForm(request.act, request.POST or None)
    form.fields["words"].label = "Why"

    def save(values: dict[str, Any]) -> None:
        actions.not_today(request.act, session_id, values["words"], values["event_id"])

    means = "The dose stays planned: move it on the calendar, or end the course."
    return _page(request, session_id, "session.chart", form, "Not today", save, means=means)


@require_POST
def mark_seen(request: ActRequest, session_id: UUID, reminder: str) -> HttpResponse:
    """Seen, watching."""
    actions.mark_seen(request.act, session_id, reminder)
    return redirect("session", session_id=session_id)


def release(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What is met, what is not, and the release."""
    act = request.act
    now = queries.session_of(act, session_id, "session.release")
    form = EventForm(act, request.POST or None)
    if request.method == "POST" and run(
        form, lambda values: actions.release_patient(act, session_id, event_id=values["event_id"])
    ):
        messages.success(request, f"{now.session.patient.name} is released.")
        return redirect("board")
    opened(act, "release", now.session.patient_id)
    unmet = {one.key for one in now.release.unmet}
    looked = [
        {"key": key, "words": words, "met": key not in unmet, "event": now.state.observations.get(key)}
        for key, words in OBSERVED.items()
    ]
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "looked": looked,
        "numbers": [one for one in now.release.unmet if one.key not in OBSERVED],
        "may_release": now.phase is Phase.OBSERVING and now.release.ready,
    }
    return render(request, "session/release.html", context)


def _page(
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
