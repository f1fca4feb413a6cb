"""The document of a session on the screen, as a PDF, and its signature."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, EventForm, run
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.ground.ui.pdf import NoPdf, pdf
from kapstone.clinic.session import queries
from kapstone.clinic.session.signing.actions import sign_record
from kapstone.clinic.session.signing.queries import document


def record(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The record to read, to print and to sign."""
    act = request.act
    now = queries.session_of(act, session_id, "session.see")
    form = EventForm(act, request.POST or None)
    seen = request.POST.get("lines", "")

    def save(values: dict[str, object]) -> None:
        event_id = values["event_id"]
        sign_record(act, session_id, int(seen) if seen.isdecimal() else -1, event_id)  # type: ignore[arg-type]

    if request.method == "POST" and run(form, save):
        messages.success(request, "Signed. What is written from now on stands as an addendum.")
        return redirect("session_record", session_id=session_id)
    opened(act, "session record", now.session.patient_id)
    more = {"form": form, "may_sign": may(act, "session.sign_record") and now.phase.over}
    return render(request, "session/signing/record.html", {**document(act, now), **more, "base": "ui/print.html"})


def record_pdf(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The same document as a tagged PDF."""
    act = request.act
    now = queries.session_of(act, session_id, "session.see")
    opened(act, "session record as a PDF", now.session.patient_id)
    patient, signed = now.session.patient, "Signed" if now.state.signed else "Not signed"
    foot = f"{patient.name}, record {patient.number}, dose {now.session.dose.number}. {act.clinic.name}. {signed}."
    try:
        body = pdf(request, "session/signing/record.html", document(act, now), foot)
    except NoPdf as lacking:
        messages.error(request, str(lacking))
        return redirect("session_record", session_id=session_id)
    response = HttpResponse(body, content_type="application/pdf")
    name = f"session-{patient.number}-{now.session.dose.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
