"""The pages on touch: the patient's own, the one where a clinician writes what the patient says, and the stop."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kapstone.care.plan.touch import TOUCH, Touch
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.plan.consent.queries import under_the_drug
from kapstone.clinic.plan.touch.actions import agree_to_touch
from kapstone.clinic.plan.touch.forms import TouchForm
from kapstone.clinic.plan.touch.queries import latest_touch, touch_of

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Patient


def my_touch(request: ActRequest) -> HttpResponse:
    """The patient says which touch is all right."""
    patient = me(request.act)
    return _page(request, patient, "plan/touch/mine.html", "my_touch", {})


def touch(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """A clinician writes what the patient says."""
    patient = patient_of(request.act, patient_id, "touch.see")
    more: dict[str, object] = {"patient": strip(request.act, patient), "id": patient.id}
    return _page(request, patient, "plan/touch/staff.html", "touch", more, patient_id=patient.id)


@require_POST
def no_touch(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The patient wants no touch from now on: one tap, at any moment."""
    agree_to_touch(request.act, patient_id, Touch.NONE)
    messages.success(request, "No touch from now on.")
    return redirect(request.POST["back"] if request.POST.get("back", "").startswith("/sessions/") else "board")


def _page(
    request: ActRequest, patient: "Patient", template: str, here: str, more: dict[str, object], **address: UUID
) -> HttpResponse:
    act = request.act
    now, wait = touch_of(act, patient), under_the_drug(act, patient)
    form = TouchForm(now, wait is None, request.POST or None)
    if request.method == "POST" and run(form, lambda values: agree_to_touch(act, patient.id, Touch(values["touch"]))):
        messages.success(request, "Saved. You can change it at any time.")
        return redirect(reverse(here, kwargs=address))
    opened(act, "touch", patient.id)
    known = latest_touch(act, patient)
    context = {"form": form, "known": known, "now_words": TOUCH[now], "wait": wait}
    return render(request, template, {**context, **more})
