"""The desk's and the nurse's button: somebody has arrived."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.queries import dose_of
from kapstone.clinic.session.arriving import actions


@require_POST
def arrive(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """The patient is here."""
    dose = dose_of(request.act, dose_id)
    session = actions.arrive(request.act, dose.id)
    messages.success(request, f"{dose.course.patient.name} has arrived.")
    return redirect("session", session_id=session.id) if may(request.act, "session.see") else redirect("board")
