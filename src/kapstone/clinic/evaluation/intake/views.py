"""The patient's task list: the history theme by theme, medicines, what was tried, and a last look before sending."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kapstone.care.evaluation import instrument
from kapstone.clinic.evaluation.intake import actions, queries
from kapstone.clinic.evaluation.intake.as_answered import as_answered
from kapstone.clinic.evaluation.intake.forms import (
    OTHER_KINDS,
    AboutForm,
    MedicinesForm,
    NamesForm,
    ThemeForm,
    TriedForm,
)
from kapstone.clinic.evaluation.intake.themes import THEMES, theme_after, theme_of
from kapstone.clinic.evaluation.measures.queries import ASQ, PHQ_9, given, latest_measure, next_question, open_sitting
from kapstone.clinic.evaluation.measures.views import PAGES
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me


def intake(request: ActRequest) -> HttpResponse:
    """The patient's task list."""
    act, patient = request.act, me(request.act)
    if request.method == "POST":
        actions.send_intake(act)
        messages.success(request, "Sent to your care team. Thank you.")
        return redirect("today")
    told = queries.history(act, patient, by_patient=True)
    tasks = [
        _questions(request, PHQ_9, "How I have felt", "About 2 minutes"),
        _questions(request, ASQ, "My safety", "About 1 minute"),
        _health(told),
        _task("Medicines I take now", reverse("intake_medicines"), "About 1 minute", "medicines" in told),
        _task("What I have tried for depression", reverse("intake_tried"), "About 1 minute", "trials" in told),
        _task("Height, weight and allergies", reverse("intake_about"), "About 1 minute", "height_cm" in told),
    ]
    opened(act, "intake", patient.id)
    left = [task for task in tasks if task["state"] != "done"]
    context = {
        "tasks": tasks,
        "sent": queries.intake_sent(act, patient),
        "ready": queries.may_send(act, patient),
        "left": len(left),
        "next": left[0] if left else None,
    }
    return render(request, "evaluation/intake.html", context)


def health(request: ActRequest, theme: str) -> HttpResponse:
    """The questions of one theme."""
    act, patient, found = request.act, me(request.act), theme_of(theme)
    if found is None:
        raise NotThere("No such questions.")
    form = ThemeForm(found, request.POST or None, told=queries.history(act, patient, by_patient=True))
    if request.method == "POST" and run(form, lambda _: actions.answer_history(act, form.body())):
        after = theme_after(theme)
        return redirect("intake_health", after.slug) if after else redirect("intake")
    opened(act, f"my health: {theme}", patient.id)
    number = THEMES.index(found) + 1
    back = reverse("intake_health", args=[THEMES[number - 2].slug]) if number > 1 else reverse("intake")
    context = {"form": form, "theme": found, "number": number, "of": len(THEMES), "back": back}
    return render(request, "evaluation/health.html", context)


def medicines(request: ActRequest) -> HttpResponse:
    """What the patient takes now, by name."""
    words = {
        "title": "Medicines I take now",
        "lead": "Write each name, also of what you buy without a prescription. Your team adds the doses.",
        "none": "I take no medicines",
    }
    told = queries.names_told(request.act, me(request.act), "medicines", "name")
    return _list(request, MedicinesForm, told, words)


def tried(request: ActRequest) -> HttpResponse:
    """What the patient has tried, by name."""
    words = {
        "title": "What I have tried for depression",
        "lead": "Write the names you remember, for this time of depression. Your team asks about doses and weeks.",
        "none": "I have not tried anything yet",
    }
    act, patient = request.act, me(request.act)
    told = queries.names_told(act, patient, "trials", "drug")
    kinds = queries.names_told(act, patient, "trials", "kind")
    medicines = [name for name in told if name not in OTHER_KINDS.values()]
    return _list(request, partial(TriedForm, kinds=kinds), medicines, words)


def _list(
    request: ActRequest, make: Callable[..., NamesForm], told: list[str], words: dict[str, str]
) -> HttpResponse:
    """A page of names. “More rows” keeps what was typed and adds room; nothing is saved by it."""
    act = request.act
    if "more" in request.POST:
        form = make(told=[name for key, name in request.POST.items() if key.startswith("name-") and name])
    else:
        form = make(request.POST or None, told=told)
        if request.method == "POST" and run(form, lambda _: actions.answer_history(act, form.body())):
            return redirect("intake")
    opened(act, words["title"].lower(), me(act).id)
    return render(request, "evaluation/names.html", {"form": form, **words})


def about(request: ActRequest) -> HttpResponse:
    """Height, weight and allergies."""
    act, patient = request.act, me(request.act)
    told = queries.history(act, patient, by_patient=True)
    before = {"height_cm": told.get("height_cm"), "weight": told.get("weight_kg"), "allergies": told.get("allergies")}
    form = AboutForm(request.POST or None, initial=before | ({"unit": "kg"} if told.get("weight_kg") else {}))
    if request.method == "POST" and run(form, lambda _: actions.answer_history(act, form.body())):
        return redirect("intake")
    opened(act, "about me", patient.id)
    return render(request, "evaluation/about.html", {"form": form})


def check(request: ActRequest) -> HttpResponse:
    """Everything as it was answered, with a way to change each part, before it is sent."""
    act, patient = request.act, me(request.act)
    opened(act, "check my answers", patient.id)
    context = {
        "parts": as_answered(act),
        "sent": queries.intake_sent(act, patient),
        "ready": queries.may_send(act, patient),
    }
    return render(request, "evaluation/check.html", context)


def _questions(request: ActRequest, instrument_id: str, title: str, hint: str) -> dict[str, str]:
    act, patient, used = request.act, me(request.act), instrument(instrument_id)
    answers = given(act, patient, open_sitting(act, patient, used.id))
    url = reverse(PAGES[used.id], args=[next_question(used, answers) or 1])
    task = _task(title, url, hint, latest_measure(act, patient, used.id) is not None)
    return task | ({"state": "started"} if answers and task["state"] != "done" else {})


def _health(told: dict[str, object]) -> dict[str, str]:
    open_ = [theme for theme in THEMES if not theme.questions.keys() <= told.keys()]
    done = len(THEMES) - len(open_)
    url = reverse("intake_health", args=[(open_ or THEMES)[0].slug])
    hint = f"About 5 minutes, {done} of {len(THEMES)} pages done" if done and open_ else "About 5 minutes"
    task = _task("My health", url, hint, not open_)
    return task | ({"state": "started"} if done and open_ else {})


def _task(title: str, url: str, hint: str, done: bool) -> dict[str, str]:
    return {"title": title, "url": url, "hint": hint, "state": "done" if done else "todo"}
