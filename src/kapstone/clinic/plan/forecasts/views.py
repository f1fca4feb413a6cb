"""The page of a forecast: a form that is read, nothing that is saved."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kapstone.care.plan import FORMATS
from kapstone.care.plan.forecast import questions
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.queries import patient_of, policy_in_force
from kapstone.clinic.plan.forecasts.forms import ForecastForm
from kapstone.clinic.plan.forecasts.queries import planned, shown_for


def forecast(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The forecast for a dose that is entered here; with a course, its own dose stands ready to be looked at."""
    act = request.act
    patient = patient_of(act, patient_id, "forecast.see")
    known = FORMATS.get(request.GET.get("format_id", ""))
    form = ForecastForm(questions(known) if known else (), request.GET or None, initial=planned(act, patient))
    found = None
    if form.is_valid():
        policy, _ = policy_in_force(act.clinic)
        found = shown_for(act, patient, form.cleaned_data, policy, form.answers())
    opened(act, "forecast", patient.id)
    context = {"patient": strip(act, patient), "id": patient.id, "form": form, "found": found}
    return render(request, "plan/forecast.html", context)


def forecast_url(patient_id: UUID, **dose: object) -> str:
    """The address of the forecast of this dose."""
    return f"{reverse('forecast', args=[patient_id])}?{urlencode(dose)}"
