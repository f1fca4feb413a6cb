"""A patient's tests: the table, asking, entering a result, reading it, taking it back, and the documents."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from kapstone.care.evaluation.clearance import ClearanceTest, Standing, State
from kapstone.clinic.evaluation.clearance import actions, queries
from kapstone.clinic.evaluation.clearance.forms import AskForm, CloseForm, ErrorForm, ReadForm, ResultForm
from kapstone.clinic.evaluation.intake.queries import intake_of, strip
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patient_of, policy_in_force
from kapstone.clinic.ground.people.who import may

SHOWN = {
    State.NOT_ASKED: ("Not asked", "warn", "circle-dashed"),
    State.ASKED: ("Asked", "info", "hourglass"),
    State.RECEIVED: ("Not read yet", "warn", "inbox"),
    State.READ: ("Read", "ok", "circle-check"),
    State.EXPIRED: ("Expired", "danger", "history"),
    State.WITHDRAWN: ("Withdrawn", "unknown", "circle-x"),
    State.NOT_NEEDED: ("Not needed", "unknown", "ban"),
}
"""A state as a word, a colour and an icon: the word alone says it."""


def clearance(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """All tests of a patient, with what to do next on each."""
    act = request.act
    patient = patient_of(act, patient_id, "clearance.see")
    opened(act, "clearance", patient.id)
    cards = queries.cards(act, patient, intake_of(act, patient))
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "rows": [(card, _tag(card.standing)) for card in cards],
        "unread": sum(card.standing.state == State.RECEIVED for card in cards),
        "any": any(card.orders for card in cards),
        "dose_on": queries.next_dose(act, patient),
        "may_ask": may(act, "clearance.ask"),
        "may_read": may(act, "clearance.read"),
    }
    return render(request, "evaluation/clearance.html", context)


def _tag(now: Standing) -> dict[str, str]:
    word, kind, icon = SHOWN[now.state]
    if now.state == State.NOT_ASKED and now.needed is False:
        word, kind = "Not needed", "unknown"
    elif now.state == State.NOT_ASKED and now.needed is None:
        word, kind, icon = "Not known", "unknown", "circle-question-mark"
    elif now.state == State.ASKED and now.overdue:
        word, kind, icon = "Overdue", "warn", "triangle-alert"
    elif now.state == State.READ and now.lasts is False:
        word, kind, icon = "Ends before the dose", "warn", "clock"
    return {"word": word, "kind": kind, "icon": icon}


def ask(request: ActRequest, patient_id: UUID, test: str) -> HttpResponse:
    """A prescriber or nurse asks for a test."""
    act, kind = request.act, queries.kind_named(test)
    patient = patient_of(act, patient_id, "clearance.ask")
    form = AskForm(request.POST or None)
    if request.method == "POST" and run(
        form, lambda values: actions.ask_for_test(act, patient.id, kind.id, **values)
    ):
        messages.success(request, f"{kind.name}: asked for.")
        return redirect("clearance", patient_id=patient.id)
    return _page(request, patient.id, "ask", kind, form=form, submit="Ask for it")


def result(request: ActRequest, patient_id: UUID, test: str) -> HttpResponse:
    """A prescriber or nurse enters a result with its document."""
    act, kind = request.act, queries.kind_named(test)
    patient = patient_of(act, patient_id, "clearance.ask")
    policy, _ = policy_in_force(act.clinic)
    readings = int(policy.number("evaluation.pressure.readings"))
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ResultForm(kind, act.clinic.zone, readings, *data)

    def enter(values: dict[str, Any]) -> object:
        return actions.receive_result(
            act,
            patient.id,
            kind.id,
            values=form.values(),
            taken_on=values.get("taken_on"),
            note=values["note"],
            upload=values["document"],
            once=values["once"],
        )

    if request.method == "POST":
        if run(form, enter):
            messages.success(request, f"{kind.name}: the result is in. It counts once a prescriber has read it.")
            return redirect("clearance", patient_id=patient.id)
        form.let_go()
    return _page(request, patient.id, "result", kind, form=form, rows=form.rows, readings=readings)


def read(request: ActRequest, patient_id: UUID, result_id: UUID) -> HttpResponse:
    """A prescriber reads a result."""
    act = request.act
    patient = patient_of(act, patient_id, "clearance.read")
    seen = queries.waiting_result(act, patient, result_id)
    form = ReadForm(seen.test, seen.values, f"{seen.latest:%Y-%m-%d}", request.POST or None)

    def sign(values: dict[str, Any]) -> object:
        judged = {name: values.pop(name) for name in form.judged}
        return actions.read_test(act, patient.id, result_id, judged=judged, **values)

    if request.method == "POST" and run(form, sign):
        messages.success(request, f"{seen.test.name}: read and signed.")
        return redirect("clearance", patient_id=patient.id)
    return _page(request, patient.id, "read", seen.test, form=form, seen=seen, submit="Sign the reading")


def in_error(request: ActRequest, patient_id: UUID, result_id: UUID) -> HttpResponse:
    """A slip is marked; the result stays in the record."""
    act = request.act
    patient = patient_of(act, patient_id, "clearance.ask")
    seen = queries.waiting_result(act, patient, result_id)
    form = ErrorForm(request.POST or None)
    if request.method == "POST" and run(
        form, lambda values: actions.mark_in_error(act, patient.id, result_id, **values)
    ):
        messages.success(request, f"{seen.test.name}: marked as entered in error. The test is asked for again.")
        return redirect("clearance", patient_id=patient.id)
    return _page(request, patient.id, "error", seen.test, form=form, seen=seen, submit="Mark as entered in error")


def close(request: ActRequest, patient_id: UUID, asked_id: UUID) -> HttpResponse:
    """A test is taken back."""
    act = request.act
    patient = patient_of(act, patient_id, "clearance.ask")
    kind = queries.kind_named(queries.asked_of(act, patient, asked_id).test)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: actions.close_test(act, patient.id, asked_id, **values)):
        messages.success(request, f"{kind.name}: no longer asked for.")
        return redirect("clearance", patient_id=patient.id)
    return _page(request, patient.id, "close", kind, form=form, submit="Save")


def document(request: ActRequest, patient_id: UUID, document_id: UUID) -> HttpResponse:
    """Hands out a document to save, never to show inside a page: a browser runs nothing of it."""
    if request.method not in {"GET", "HEAD"}:
        raise NotThere("A document is only read.")
    act = request.act
    patient = patient_of(act, patient_id, "clearance.see")
    found = queries.document_of(act, patient, document_id)
    opened(act, f"document {document_id}", patient.id)
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return HttpResponse(found.body, content_type=found.kind, headers=headers)


def _page(request: ActRequest, patient_id: UUID, step: str, test: ClearanceTest, **more: Any) -> HttpResponse:
    """One of the pages with a form. What it shows of the test stands above the form."""
    act = request.act
    patient = patient_of(act, patient_id, "clearance.see")
    opened(act, f"clearance: {step}", patient.id)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "test": test,
        "step": step,
        "now": queries.standing_of(act, patient, test, intake_of(act, patient)),
        **more,
    }
    template = {"result": "evaluation/clearance_result.html", "read": "evaluation/clearance_read.html"}
    return render(request, template.get(step, "evaluation/clearance_step.html"), context)
