"""The patient's task list and medical history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kapstone.care.evaluation import instrument
from kapstone.clinic.evaluation.intake import actions, queries
from kapstone.clinic.evaluation.intake.forms import HistoryForm
from kapstone.clinic.evaluation.measures.queries import PHQ_9, given, latest_measure, next_question, open_sitting
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me


def intake(request: ActRequest) -> HttpResponse:
    """The patient's task list."""
    act, patient = request.act, me(request.act)
    felt = latest_measure(act, patient)
    health = queries.latest_answers(act, patient, by_patient=True)
    sent = queries.intake_sent(act, patient)
    ready = bool(felt and health)
    begin = next_question(instrument(PHQ_9), given(act, patient, open_sitting(act, patient))) or 1
    tasks = [
        _task("How I have felt", reverse("intake_question", args=[begin]), "About 2 minutes", bool(felt)),
        _task("My health", reverse("intake_health"), "About 5 minutes", bool(health)),
    ]
    if request.method == "POST":
        actions.send_intake(act)
        messages.success(request, "Sent to your care team. Thank you.")
        return redirect("today")
    opened(act, "intake", patient.id)
    context = {"tasks": tasks, "sent": sent, "ready": ready, "left": sum(task["state"] != "done" for task in tasks)}
    return render(request, "evaluation/intake.html", context)


def health(request: ActRequest) -> HttpResponse:
    """The patient's medical history."""
    patient = me(request.act)
    form = HistoryForm(request.POST or None)
    if request.method == "POST" and run(form, lambda _: actions.answer_history(request.act, form.body())):
        return redirect("intake")
    opened(request.act, "my health", patient.id)
    return render(request, "evaluation/health.html", {"form": form})


def _task(title: str, url: str, hint: str, done: bool) -> dict[str, str]:
    return {"title": title, "url": url, "hint": hint, "state": "done" if done else "todo"}
