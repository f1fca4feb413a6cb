"""The wait list for staff; for a patient, an earlier time that was freed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kapstone.clinic.ground.people.doing import Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, posted_id, run
from kapstone.clinic.ground.people.queries import me
from kapstone.clinic.plan.calendar.forms import ShownForm, read_starts
from kapstone.clinic.plan.queries import my_dose
from kapstone.clinic.plan.waiting import actions, queries
from kapstone.clinic.plan.waiting.actions import why_not_wait


def wait_list(request: ActRequest) -> HttpResponse:
    """Everybody who waits for an earlier time, and the freed pairs that fit them."""
    act = request.act
    if request.method == "POST":
        return _changed(request)
    waiting = list(queries.waiting(act))
    offers, whole = queries.offers(act)
    opened(act, "wait list", *{one.dose.course.patient_id for one in waiting})
    shown = {one.waiting.id: (",".join(s.isoformat() for s in one.way.starts), one.way) for one in offers}
    context = {"rows": [(one, *shown.get(one.id, ("", None))) for one in waiting], "whole": whole}
    return render(request, "plan/calendar/waiting.html", context)


def _changed(request: ActRequest) -> HttpResponse:
    act, dose_id = request.act, posted_id(request, "dose")
    if "end" in request.POST:
        actions.wait_no_more(act, dose_id)
        messages.success(request, "Off the list. The dose stays where it is.")
        return redirect("waiting")
    try:
        actions.give_offer(act, dose_id, read_starts(request.POST.get("shown", "")))
        messages.success(request, "Moved, with its visit. They are off the list.")
    except Refused as no:
        messages.error(request, str(no))
    return redirect("waiting")


def my_wait(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """The patient waits for an earlier time, sees what was freed, and takes it or not."""
    act, patient = request.act, me(request.act)
    dose = my_dose(act, dose_id)
    form = ShownForm(request.POST if "shown" in request.POST else None)
    if request.method == "POST" and "shown" in request.POST:
        if run(form, lambda values: actions.take_my_offer(act, dose.id, values["shown"])):
            messages.success(request, "It is yours. Your visit moved with it.")
            return redirect("my_plan")
    elif request.method == "POST":
        (actions.wait_no_more_myself if "end" in request.POST else actions.wait_myself)(act, dose.id)
        return redirect("my_wait", dose_id=dose.id)
    waits = queries.waits(act, dose)
    no = why_not_wait(act, dose)
    offers = queries.offers_for(act, waits, queries.freed(act)) if waits and not no else []
    opened(act, "wait list", patient.id)
    ways = [(",".join(start.isoformat() for start in one.way.starts), one.way) for one in offers]
    context = {"dose": dose, "waits": waits, "ways": ways, "form": form, "no": no}
    return render(request, "plan/calendar/my_wait.html", context)


@require_POST
def put_on(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """Staff put a dose on the list."""
    actions.wait_for(request.act, dose_id)
    messages.success(request, "On the wait list.")
    return redirect("waiting")
