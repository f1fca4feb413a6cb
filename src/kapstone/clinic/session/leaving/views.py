"""The page of the release, the look again, and the prescriber's signature."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.session import OBSERVED, Phase
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, EventForm, run
from kapstone.clinic.session import queries
from kapstone.clinic.session.going_home.queries import companion_of
from kapstone.clinic.session.leaving import actions
from kapstone.clinic.session.leaving.forms import AgainForm, SignOffForm
from kapstone.clinic.session.pages import line_page


def release(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What is met, what is not, when somebody looks again, and the release."""
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
    # A call for help that runs stands among what is unmet.
    comes_first = queries.urgent_concern(act, now.session.patient_id) if now.phase is Phase.OBSERVING else ""
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "looked": looked,
        "numbers": [one for one in now.release.unmet if one.key not in OBSERVED],
        "may_release": now.phase is Phase.OBSERVING and now.release.ready and not comes_first,
        "urgent": comes_first,
        "observing": now.phase is Phase.OBSERVING,
        "needs_signature": "sign_off" in unmet,
        "signed_off": now.state.signed_off,
        "again_form": AgainForm(act, prefix=None),
        "companion": companion_of(act.clinic, now.session.patient, act.at),
    }
    return render(request, "session/release.html", context)


def look_again(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Not ready yet: when somebody looks again."""
    act = request.act
    form = AgainForm(act, request.POST or None)
    return line_page(
        request, session_id, "session.release", form, "Not ready yet",
        lambda values: actions.not_ready(act, session_id, values["in_min"], values["words"], values["event_id"]),
    )  # fmt: skip


def sign_off(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A prescriber signs the release."""
    form = SignOffForm(request.act, request.POST or None)
    return line_page(
        request, session_id, "session.release", form, "Prescriber's signature",
        lambda values: actions.sign_off(form.second(request), session_id, values["words"], values["event_id"]),
    )  # fmt: skip
