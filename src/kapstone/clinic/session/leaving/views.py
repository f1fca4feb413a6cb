"""The page of the release."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.session import OBSERVED, Phase
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, EventForm, run
from kapstone.clinic.session import queries
from kapstone.clinic.session.leaving import actions


def release(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What is met, what is not, and the release."""
    act = request.act
    now = queries.session_of(act, session_id, "session.release")
    form = EventForm(act, request.POST or None)
    if request.method == "POST" and run(
        form, lambda values: actions.release_patient(act, session_id, event_id=values["event_id"])
    ):
        messages.success(request, f"{now.session.patient.name} is released.")
        return redirect("board")
    opened(act, "release", now.session.patient_id)
    unmet = {one.key for one in now.release.unmet}
    looked = [
        {"key": key, "words": words, "met": key not in unmet, "event": now.state.observations.get(key)}
        for key, words in OBSERVED.items()
    ]
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "looked": looked,
        "numbers": [one for one in now.release.unmet if one.key not in OBSERVED],
        "may_release": now.phase is Phase.OBSERVING and now.release.ready,
    }
    return render(request, "session/release.html", context)
