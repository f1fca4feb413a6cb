"""Journal pages for the patient, and visits for the therapist."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kapstone.care.integration import MODALITIES, PROMPTS
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.integration import actions, queries
from kapstone.clinic.integration.forms import EntryForm, MissedForm, VisitForm
from kapstone.clinic.integration.remote.queries import room_of, where


def journal(request: ActRequest) -> HttpResponse:
    """The patient's entries, and a place to write."""
    act, patient = request.act, me(request.act)
    form = EntryForm(request.POST or None, initial={"once": uuid7(act.at)})
    if request.method == "POST" and run(form, lambda values: _write(act, values)):
        messages.success(request, "Saved.")
        return redirect("journal")
    opened(act, "journal", patient.id)
    context = {"form": form, "entries": queries.my_entries(act, patient), "prompts": PROMPTS}
    return render(request, "integration/journal.html", context)


def _write(act: Act, values: dict[str, Any]) -> None:
    actions.write_entry(act, values["words"], values["mood"], values["share"], values["once"])


@require_POST
def share(request: ActRequest, entry_id: UUID) -> HttpResponse:
    """Shares an entry, or stops sharing it."""
    shared = "share" in request.POST
    actions.share_entry(request.act, entry_id, shared)
    messages.success(request, "Shared with your therapist." if shared else "No longer shared.")
    return redirect("journal")


def visits(request: ActRequest) -> HttpResponse:
    """Visits to come and to write, in time order."""
    waiting, coming = queries.visits_to_write(request.act), queries.visits_to_come(request.act)
    keeps = may(request.act, "video.keep")
    opened(request.act, "visits", *{one.booking.patient_id for one in [*waiting, *coming]})
    return render(request, "integration/visits.html", {"waiting": waiting, "coming": coming, "keeps_room": keeps})


def visit(request: ActRequest, booking_id: UUID) -> HttpResponse:
    """One visit: what happened in the session, what is shared, and the note."""
    act = request.act
    found = queries.visit_of(act, booking_id)
    patient = found.booking.patient
    writes = may(act, "visit.write") and found.visit is None
    form, missed = VisitForm(None), MissedForm(None)
    if request.method == "POST" and "missed" in request.POST:
        missed = MissedForm(request.POST)
        if run(missed, lambda values: actions.miss_visit(act, booking_id, values["note"])):
            messages.success(request, "Written as missed. A concern asks for a call today.")
            return redirect("visits")
    elif request.method == "POST":
        form = VisitForm(request.POST)
        if run(form, lambda values: actions.keep_visit(act, booking_id, **values)):
            messages.success(request, "Saved.")
            return redirect("visits")
    opened(act, "visit", patient.id)
    context = {
        "patient": strip(act, patient),
        "due": found,
        "form": form,
        "missed": missed,
        "writes": writes,
        "shared": queries.shared_entries(act, patient),
        "where": where(act, found.booking) if found.booking.remote else None,
        "room": room_of(act, act.person) if writes and found.booking.remote else "",
        "modality": MODALITIES[found.visit.modality] if found.visit and found.visit.modality else None,
        "modalities": MODALITIES.values(),
    }
    return render(request, "integration/visit.html", context)
