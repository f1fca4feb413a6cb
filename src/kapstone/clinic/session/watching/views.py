"""The pages to write with around the drug: readings, what is seen, the room."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kapstone.care.session.parts import SETTINGS
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import NotThere, Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.session import queries
from kapstone.clinic.session.chairs.queries import chairs, running
from kapstone.clinic.session.fields import WordsForm
from kapstone.clinic.session.pages import line_page, typed_moment
from kapstone.clinic.session.watching import actions, typing
from kapstone.clinic.session.watching.forms import (
    ObservationForm,
    ReadingForm,
    SeatForm,
    SettingForm,
    SlotForm,
    TakeOverForm,
)
from kapstone.clinic.session.watching.handover import handover


def reading(request: ActRequest, session_id: UUID) -> HttpResponse:
    """One set of readings. What was half typed before is forgotten once it is saved."""
    now = queries.session_of(request.act, session_id, "session.chart")
    form = ReadingForm(request.act, now.policy, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        at = typed_moment(request, session_id, values["taken_at"], "taken_at")
        actions.record(request.act, session_id, [actions.Reading(form.values(), at, values["event_id"])])
        typing.forget(request, session_id)

    if request.method == "POST":
        typing.keep(request, session_id)
    return line_page(request, session_id, "session.chart", form, "Readings", save)


@require_POST
def keep_typing(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Keeps a half-typed set, and goes to another chair where a button for one was pressed."""
    queries.session_of(request.act, session_id, "session.chart")
    typing.keep(request, session_id)
    to = request.POST.get("to", "")
    if not to:
        return HttpResponse(status=204)
    return redirect("session", session_id=queries.session_of(request.act, _id(to)).session.id)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotThere("No such session.") from None


def close_slot(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A set that was not taken, with why."""
    act = request.act
    now = queries.session_of(act, session_id, "session.chart")
    open_ = [one.minute for one in now.slots(act.at) if one.standing in actions.CLOSABLE]
    form = SlotForm(act, open_, request.POST or None, initial={"minute": open_[0] if open_ else ""})

    def save(values: dict[str, Any]) -> None:
        actions.close_slot(act, session_id, values["minute"], values["why"], values["words"], values["event_id"])

    return line_page(request, session_id, "session.chart", form, "A set was not taken", save)


def take_over(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Hand-over in the middle of a session: what stands, read back by the new owner."""
    act = request.act
    now = queries.session_of(act, session_id, "session.chart")
    form = TakeOverForm(act, now.state.owner, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.take_over(form.second(request), session_id, values["read_back"], values["words"], values["event_id"])

    if request.method == "POST" and run(form, save):
        messages.success(request, "Handed over.")
        return redirect("session", session_id=session_id)
    opened(act, "hand-over", now.session.patient_id)
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "told": [{"label": term, "value": said} for term, said in handover(act, now)],
    }
    return render(request, "session/take_over.html", context)


def seat(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Another chair."""
    act = request.act
    taken = {one.state.chair for one in running(act)}
    free = [(one.number, f"{one.name} ({one.room})") for one in chairs(act.clinic) if str(one.number) not in taken]
    form = SeatForm(act, free, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.seat_elsewhere(act, session_id, values["chair"], values["event_id"])

    return line_page(request, session_id, "session.chart", form, "Another chair", save)


@require_POST
def move_part(request: ActRequest, session_id: UUID, part: str) -> HttpResponse:
    """The session is in another part."""
    actions.move_part(request.act, session_id, part)
    return redirect("session", session_id=session_id)


def observation(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What a person saw."""
    form = ObservationForm(request.act, request.POST or None, initial={"what": request.GET.get("what", "")})

    def save(values: dict[str, Any]) -> None:
        actions.observe(
            request.act, session_id, values["what"], values["finding"], values["words"], values["event_id"]
        )

    return line_page(request, session_id, "session.chart", form, "What I see", save)


def note(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A note by anyone in the room."""
    form = WordsForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.note(request.act, session_id, values["words"], values["event_id"])

    return line_page(request, session_id, "session.note", form, "Note", save)


def setting(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Eye mask, music, light, therapist."""
    now = queries.session_of(request.act, session_id, "session.note")
    known = {name: value for name, value in now.state.setting.items() if value in SETTINGS.get(name, ("", {}))[1]}
    form = SettingForm(request.act, request.POST or None, initial=known)

    def save(values: dict[str, Any]) -> None:
        told = {key: value for key, value in values.items() if key != "event_id" and value}
        actions.set_setting(request.act, session_id, told, values["event_id"])

    return line_page(request, session_id, "session.note", form, "The room", save)


@require_POST
def mark_seen(request: ActRequest, session_id: UUID, reminder: str) -> HttpResponse:
    """Seen, watching."""
    try:
        actions.mark_seen(request.act, session_id, reminder, told=request.POST.get("told"))
    except Refused as no:
        messages.error(request, str(no))
    return redirect("session", session_id=session_id)
