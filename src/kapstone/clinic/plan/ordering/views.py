"""The orders of one dose day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.plan import FORMATS
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, posted_id, run
from kapstone.clinic.plan import queries
from kapstone.clinic.plan.forecasts.views import forecast_url
from kapstone.clinic.plan.ordering import actions
from kapstone.clinic.plan.ordering import queries as read
from kapstone.clinic.plan.ordering.actions import MadeUp
from kapstone.clinic.plan.ordering.forms import AgainForm, HoldForm, MoreForm, OrdersForm


def orders(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """The orders of one dose day: signed, replaced or held; and one more medicine to give if needed."""
    act = request.act
    dose = queries.dose_of(act, dose_id, "order.sign")
    patient = dose.course.patient
    doing = request.POST.get("do", "sign") if request.method == "POST" else ""
    form = OrdersForm(request.POST if doing == "sign" else None)
    hold = HoldForm(request.POST if doing == "hold" else None)
    more = MoreForm(request.POST if doing == "more" else None, auto_id="more_%s")
    again = AgainForm(request.POST if doing == "again" else None, auto_id="again_%s")

    def sign(values: dict[str, Any]) -> None:
        made_up = MadeUp(values["strength"], values["bag_ml"], values["over_min"])
        actions.sign_orders(act, dose.id, values["mg"], form.prn(), values["reason"], made_up, _instead(request))

    def sign_again(values: dict[str, Any]) -> None:
        made_up = MadeUp(values["strength"], values["bag_ml"], values["over_min"])
        actions.sign_again(act, dose.id, values["mg"], values["reason"], made_up)

    if doing == "again" and run(again, sign_again):
        messages.success(request, "Signed. A second person checks it before it is given.")
        return redirect("orders", dose_id=dose.id)
    if doing == "sign" and run(form, sign):
        messages.success(request, "Orders signed.")
        return redirect("board")
    if doing == "hold" and run(hold, lambda values: actions.hold_dose(act, dose.id, values["why"])):
        messages.success(request, "The dose is held.")
        return redirect("orders", dose_id=dose.id)
    if doing == "more" and run(more, lambda _: actions.sign_if_needed(act, dose.id, more.prn())):
        messages.success(request, "Signed.")
        return redirect("orders", dose_id=dose.id)
    opened(act, "orders", patient.id)
    standing = read.dose_order(act, dose)
    context = {
        "patient": strip(act, patient),
        "dose": dose,
        "format": FORMATS[dose.course.format],
        "form": form,
        "hold": hold,
        "more": more,
        "again": again,
        "signed": [(one, read.drawn_up(one)) for one in read.orders(act, dose)],
        "standing": standing,
        "begun": getattr(dose, "begun", None),
        "why_not": read.why_not(act, dose),
        "forecast_url": forecast_url(
            patient.id, format_id=dose.course.format, mg=dose.course.mg, weight_kg=dose.course.weight_kg
        ),
        "groups": form.shown_groups(),
        "held": read.why_held(dose),
    }
    return render(request, "plan/orders.html", context)


def _instead(request: ActRequest) -> UUID | None:
    """The order that the page showed as the one to be replaced; None where it showed none."""
    return posted_id(request, "instead") if request.POST.get("instead") else None
