"""The page of a course, and the plan that the patient holds in the hand."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan import queries
from kapstone.clinic.plan.course.queries import view


def course(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The newest course of a patient: its days, looks, limits and ends, on one page."""
    act = request.act
    patient = patient_of(act, patient_id, "patient.open_chart")
    found = queries.course_of(act, patient)
    if found is None:
        raise NotThere("No course yet.")
    opened(act, "course", patient.id)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "view": view(act, found),
        "may_plan": may(act, "course.plan"),
        "may_move": may(act, "booking.keep"),
    }
    return render(request, "plan/course/course.html", context)


def care_plan(request: ActRequest) -> HttpResponse:
    """The patient's own care plan, one page to print and to hold."""
    act, patient = request.act, me(request.act)
    found = queries.running_course(act, patient)
    opened(act, "my care plan", patient.id)
    context = {"me": patient, "view": view(act, found) if found else None}
    return render(request, "plan/course/care_plan.html", context)
