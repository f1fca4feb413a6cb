"""What a payer agreed to pay for one patient."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.authorisation import actions, queries
from kapstone.clinic.plan.authorisation.forms import AuthorisationForm


def authorisation(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """How the payer's agreement stands, and a form for a new one."""
    act = request.act
    patient = patient_of(act, patient_id, "payer.see")
    form = AuthorisationForm(request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.authorise(act, patient.id, actions.Agreed(**values))

    if request.method == "POST" and run(form, save):
        messages.success(request, "Written down. It counts from now on.")
        return redirect("authorisation", patient_id=patient.id)
    opened(act, "authorisation", patient.id)
    paid = queries.stands(act, patient)
    context = {
        "name": patient.name,
        "id": patient.id,
        "paid": paid,
        "number": queries.number_of(paid.record) if paid else "",
        "form": form,
        "keeps": may(act, "payer.keep"),
        "may_chart": may(act, "patient.open_chart"),
    }
    return render(request, "plan/authorisation.html", context)
