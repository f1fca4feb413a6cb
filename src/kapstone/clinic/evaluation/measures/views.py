"""Questionnaires for the patient, and the page after a positive safety item."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evaluation import instrument
from kapstone.clinic.evaluation.measures import actions
from kapstone.clinic.evaluation.measures.forms import InstrumentForm
from kapstone.clinic.evaluation.measures.queries import PHQ_9
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me

SAFE_LINES = ("you are not sure that you are safe", "you would like to talk to someone tonight")


def felt(request: ActRequest) -> HttpResponse:
    """PHQ-9 at intake."""
    return _measure(request, "intake", "intake")


def check_in(request: ActRequest) -> HttpResponse:
    """PHQ-9 along the way."""
    return _measure(request, "check-in", "today")


def _measure(request: ActRequest, occasion: str, then: str) -> HttpResponse:
    used = instrument(PHQ_9)
    form = InstrumentForm(used, request.POST or None)
    patient = me(request.act)
    if request.method == "POST" and run(
        form, lambda _: actions.answer(request.act, used.id, form.answers(), occasion, form.cleaned_data["once"])
    ):
        worried = (form.answers()[used.safety_items[0]] or 0) > 0
        return redirect("safe" if worried else then)
    opened(request.act, used.id, patient.id)
    return render(request, "evaluation/measure.html", {"form": form, "used": used, "occasion": occasion})


def safe(request: ActRequest) -> HttpResponse:
    """After a positive answer to item 9: thanks, are you safe, who will call."""
    opened(request.act, "safe", me(request.act).id)
    local = request.act.at.astimezone(request.act.clinic.zone)
    is_open = local.weekday() < 5 and request.act.clinic.opens <= local.time() < request.act.clinic.closes
    return render(request, "evaluation/safe.html", {"is_open": is_open, "lines": SAFE_LINES})
