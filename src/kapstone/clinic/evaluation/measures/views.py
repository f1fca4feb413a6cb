"""Questionnaires for the patient, and the page after a positive safety item."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kapstone.care.evaluation import Instrument, instrument
from kapstone.clinic.evaluation.measures import actions
from kapstone.clinic.evaluation.measures.forms import InstrumentForm, QuestionForm
from kapstone.clinic.evaluation.measures.queries import (
    ASQ,
    PHQ_9,
    given,
    measures,
    next_question,
    open_sitting,
    question_after,
    who_reads,
)
from kapstone.clinic.ground.people.doing import NotThere, Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me, patient_of

SAFE_LINES = ("you are not sure that you are safe", "you would like to talk to someone tonight")


PAGES = {PHQ_9: "intake_question", ASQ: "intake_thought"}
LISTS = {PHQ_9: "intake_felt", ASQ: "intake_thoughts"}
"""The addresses of a questionnaire at intake: one question a page, and as one list."""


def felt(request: ActRequest) -> HttpResponse:
    """PHQ-9 at intake, as one list."""
    return _measure(request, PHQ_9, "intake", "intake")


def thoughts(request: ActRequest) -> HttpResponse:
    """ASQ at intake, as one list."""
    return _measure(request, ASQ, "intake", "intake")


def question(request: ActRequest, number: int) -> HttpResponse:
    """PHQ-9 at intake, one question a page."""
    return _question(request, PHQ_9, number)


def thought(request: ActRequest, number: int) -> HttpResponse:
    """ASQ at intake, one question a page."""
    return _question(request, ASQ, number)


def _question(request: ActRequest, instrument_id: str, number: int) -> HttpResponse:
    """One question. With `keep` the answer is saved and the page stays."""
    act, used, patient = request.act, instrument(instrument_id), me(request.act)
    if not 1 <= number <= len(used.items):
        raise NotThere("No such question.")
    item, under_way = used.items[number - 1], open_sitting(act, patient, used.id)
    before = given(act, patient, under_way).get(item.link_id)
    form = QuestionForm(
        used, number, request.POST or None, initial={"sitting": under_way or uuid4(), "answer": before}
    )
    if request.method == "POST" and form.is_valid():
        finished = measures(act, patient, used.id).filter(id=form.cleaned_data["sitting"]).first()
        if finished:
            actions.correct(act, used.id, finished.id, item.link_id, form.points())
        else:
            sitting = under_way or form.cleaned_data["sitting"] or uuid4()
            actions.answer_item(act, used.id, sitting, item.link_id, form.points())
        if "keep" in request.POST:
            return HttpResponse(status=204)
        if finished:
            return redirect("safe" if item.link_id in used.safety_items and form.points() else "intake")
        return _go_on(request, used, sitting, number)
    opened(act, f"{used.id} question {number}", patient.id)
    context = {
        "form": form,
        "used": used,
        "number": number,
        "of": len(used.items),
        "back": reverse(PAGES[used.id], args=[number - 1]) if number > 1 else reverse("intake"),
        "as_list": reverse(LISTS[used.id]),
        "safety": item.link_id in used.safety_items,
    }
    return render(request, "evaluation/question.html", context)


def _go_on(request: ActRequest, used: Instrument, sitting: UUID, number: int) -> HttpResponse:
    """The page after an answer: the next question, one that waits still, or the end, by way of help where needed."""
    answers = given(request.act, me(request.act), sitting)
    after, waiting = question_after(used, answers, number), next_question(used, answers)
    if after:
        return redirect(PAGES[used.id], after)
    if waiting is None:
        actions.finish(request.act, used.id, sitting, "intake")
    if any(answers.get(link_id) for link_id in used.safety_items):
        return redirect("safe")
    return redirect(PAGES[used.id], waiting) if waiting else redirect("intake")


def check_in(request: ActRequest) -> HttpResponse:
    """PHQ-9 along the way."""
    return _measure(request, PHQ_9, "check-in", "today")


def _measure(request: ActRequest, instrument_id: str, occasion: str, then: str) -> HttpResponse:
    used = instrument(instrument_id)
    patient = me(request.act)
    form = InstrumentForm(used, request.POST or None, initial=_begun(request, used, occasion))
    if request.method == "POST" and run(
        form, lambda _: actions.answer(request.act, used.id, form.answers(), occasion, form.cleaned_data["once"])
    ):
        worried = any(form.answers()[link_id] for link_id in used.safety_items)
        return redirect("safe" if worried else then)
    opened(request.act, used.id, patient.id)
    return render(request, "evaluation/measure.html", {"form": form, "used": used, "occasion": occasion})


def _begun(request: ActRequest, used: Instrument, occasion: str) -> dict[str, object]:
    """What was answered question by question so far, so that the list goes on from there."""
    patient = me(request.act)
    sitting = open_sitting(request.act, patient, used.id) if occasion == "intake" else None
    if sitting is None:
        return {}
    answers = given(request.act, patient, sitting)
    items = enumerate(used.items, 1)
    return {"once": sitting} | {f"q{number}": answers.get(item.link_id) for number, item in items}


def aloud(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """ASQ read aloud to a patient about whom there is a concern; the answers are the patient's."""
    act, used = request.act, instrument(ASQ)
    patient = patient_of(act, patient_id, "measure.enter")
    form = InstrumentForm(used, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        answers = form.answers()
        if all(points is None for points in answers.values()):
            raise Refused("Nothing is filled in. Choose at least one answer.")
        actions.enter_measure(act, patient_id, used.id, answers, "concern", values["once"] or uuid4(), "aloud")

    if request.method == "POST" and run(form, save):
        messages.success(request, "Saved as the patient's answers.")
        return redirect("chart", patient_id)
    opened(act, "ASQ aloud", patient.id)
    last = measures(act, patient, used.id).last()
    context = {"form": form, "used": used, "id": patient_id, "name": patient.name, "last": last}
    return render(request, "evaluation/aloud.html", context)


def safe(request: ActRequest) -> HttpResponse:
    """After a positive answer to item 9: thanks, are you safe, who will call."""
    if request.method == "POST":
        said = request.POST.get("said", "")
        actions.say_how_safe(request.act, said)
        return redirect("today" if said == "safe" else "crisis")
    opened(request.act, "safe", me(request.act).id)
    return render(request, "evaluation/safe.html", {"lines": SAFE_LINES, **who_reads(request.act)})
