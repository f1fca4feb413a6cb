"""The patient's dark page of the day, who takes them home, and the companion's page."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kapstone.clinic.evaluation.measures.queries import who_reads
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me
from kapstone.clinic.plan.consent.queries import under_the_drug
from kapstone.clinic.session.going_home import actions, queries
from kapstone.clinic.session.going_home.forms import CompanionForm


@never_cache
def my_day(request: ActRequest) -> HttpResponse:
    """The day of the dose: one line, one button, and tonight."""
    act, patient = request.act, me(request.act)
    opened(act, "day of the dose", patient.id)
    context = {
        "day": queries.day_of_patient(act, patient),
        "next": queries.next_booking(act, patient),
        "companion": queries.companion_of(act.clinic, patient, act.at),
    }
    return render(request, "session/going_home/my_day.html", context)


@require_POST
def need_someone(request: ActRequest) -> HttpResponse:
    """The patient asks for a person."""
    act = request.act
    actions.need_someone(act)
    messages.success(request, _heard(act))
    return redirect("my_day")


def _heard(act: Act) -> str:
    """What may honestly be said of who comes or calls."""
    now = queries.newest_session(act, me(act))
    if now is not None and not now.phase.over:
        return "We have told the team. Somebody comes to you."
    reads = who_reads(act)
    if reads["read"] == "now":
        return f"We have told the team. Somebody calls you by {reads['when']}."
    if reads["read"] == "later":
        return f"It is written down. Nobody reads it before {reads['when']}. Before that call 988, or 911 in danger."
    return f"Nobody may be reading this now. Call {act.clinic.phone}, or 988, or 911 in danger."


def companion(request: ActRequest) -> HttpResponse:
    """Who takes the patient home: named, shown the address once, taken back."""
    act, patient = request.act, me(request.act)
    if request.method == "POST" and "end" in request.POST:
        actions.end_companion(act)
        messages.success(request, "Their page no longer works.")
        return redirect("companion")
    form = CompanionForm(request.POST or None)
    made: list[str] = []
    if request.method == "POST":
        run(form, lambda values: made.append(actions.name_companion(act, values["name"])))
    opened(act, "companion", patient.id)
    context = {
        "form": CompanionForm() if made else form,
        "address": request.build_absolute_uri(reverse("with_you", args=made)) if made else "",
        "known": queries.companion_of(act.clinic, patient, act.at),
        "wait": under_the_drug(act, patient),
    }
    return render(request, "session/going_home/companion.html", context)


@require_POST
def end_for_them(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The patient tells the team that their companion's page shall end."""
    actions.end_companion_told(request.act, patient_id)
    messages.success(request, "The companion's page no longer works.")
    return redirect("chart", patient_id=patient_id)


@never_cache
def with_you(request: ActRequest, secret: str) -> HttpResponse:
    """The companion's page: no account, and no word of what for."""
    found = queries.behind(secret, request.act.at)
    if found is None:
        raise NotThere("No such page.")
    act = replace(request.act, actor=None, roles=frozenset(), clinic=found.clinic)
    opened(act, "companion's page", found.patient_id)
    day = queries.day_of_patient(act, found.patient)
    context = {"day": day, "place": found.clinic.place, "phone": found.clinic.phone, "their_zone": found.clinic.zone}
    response = render(request, "session/going_home/with_you.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
