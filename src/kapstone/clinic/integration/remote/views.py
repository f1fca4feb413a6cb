"""The patient's way into a visit by video, the therapist's word on where they are, and one's own video room."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.integration.queries import visit_of
from kapstone.clinic.integration.remote import actions, queries
from kapstone.clinic.integration.remote.forms import RoomForm, WhereForm


@never_cache
def join(request: ActRequest, booking_id: UUID) -> HttpResponse:
    """The patient says where they are; then the way into the room stands here."""
    act = request.act
    booking = queries.my_remote_visit(act, booking_id)
    form = WhereForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: actions.tell_where(act, booking.id, **values)):
        return redirect("join_visit", booking_id=booking.id)
    opened(act, "visit by video", booking.patient_id)
    context = {
        "booking": booking,
        "joinable": queries.joinable(booking, act.at),
        "over": act.at > booking.ends_at + queries.AFTER,
        "opens": queries.opens_at(booking),
        "where": queries.where(act, booking),
        "room": queries.room_of(act, booking.staff),
        "form": form,
    }
    return render(request, "integration/join.html", context)


def place(request: ActRequest, booking_id: UUID) -> HttpResponse:
    """The therapist asked where the patient is, and writes it."""
    act = request.act
    due = visit_of(act, booking_id, "visit.write")
    form = WhereForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: actions.write_where(act, booking_id, **values)):
        messages.success(request, "Written down.")
        return redirect("visit", booking_id=booking_id)
    opened(act, "where the patient is", due.booking.patient_id)
    context = {"patient": strip(act, due.booking.patient), "due": due, "form": form}
    return render(request, "integration/place.html", context)


def video_room(request: ActRequest) -> HttpResponse:
    """One's own video room."""
    act = request.act
    known = queries.room_of(act, act.person)
    form = RoomForm(request.POST if request.method == "POST" else None, initial={"address": known})
    if request.method == "POST" and run(form, lambda values: actions.keep_video_room(act, values["address"])):
        messages.success(request, "Saved. Patients find it on the page of their visit.")
        return redirect("video_room")
    opened(act, "video room")
    return render(request, "integration/video_room.html", {"form": form, "known": known})
