"""The orders of one dose day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.plan import FORMATS
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.plan import queries
from kapstone.clinic.plan.forecasts.views import forecast_url
from kapstone.clinic.plan.ordering import actions
from kapstone.clinic.plan.ordering import queries as read
from kapstone.clinic.plan.ordering.actions import MadeUp
from kapstone.clinic.plan.ordering.forms import OrdersForm


def orders(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """The orders of one dose day."""
    act = request.act
    dose = queries.dose_of(act, dose_id, "order.sign")
    patient = dose.course.patient
    form = OrdersForm(request.POST or None)
    if request.method == "POST" and run(
        form,
        lambda values: actions.sign_orders(
            act, dose.id, values["mg"], form.prn(), values["reason"], _made_up(values)
        ),
    ):
        messages.success(request, "Orders signed.")
        return redirect("board")
    opened(act, "orders", patient.id)
    context = {
        "patient": strip(act, patient),
        "dose": dose,
        "format": FORMATS[dose.course.format],
        "form": form,
        "signed": [(one, read.drawn_up(one)) for one in read.orders(act, dose)],
        "why_not": read.why_not(act, dose),
        "forecast_url": forecast_url(
            patient.id, format_id=dose.course.format, mg=dose.course.mg, weight_kg=dose.course.weight_kg
        ),
        "groups": form.shown_groups(),
        "held": read.why_held(act, dose),
    }
    return render(request, "plan/orders.html", context)


def _made_up(values: dict[str, Any]) -> MadeUp:
    return MadeUp(values["strength"], values["bag_ml"], values["over_min"])
