"""Questionnaires for the patient, and the page after a positive safety item."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evaluation import instrument
from kapstone.clinic.evaluation.measures import actions
from kapstone.clinic.evaluation.measures.forms import InstrumentForm, QuestionForm
from kapstone.clinic.evaluation.measures.queries import PHQ_9, given, measures, next_question, open_sitting, who_reads
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me

SAFE_LINES = ("you are not sure that you are safe", "you would like to talk to someone tonight")


def felt(request: ActRequest) -> HttpResponse:
    """PHQ-9 at intake, as one list."""
    return _measure(request, "intake", "intake")


def question(request: ActRequest, number: int) -> HttpResponse:
    """PHQ-9 at intake, one question a page. With `keep` the answer is saved and the page stays."""
    act, used, patient = request.act, instrument(PHQ_9), me(request.act)
    if not 1 <= number <= len(used.items):
        raise NotThere("No such question.")
    item, under_way = used.items[number - 1], open_sitting(act, patient)
    before = given(act, patient, under_way).get(item.link_id)
    form = QuestionForm(
        used, number, request.POST or None, initial={"sitting": under_way or uuid4(), "answer": before}
    )
    if request.method == "POST" and form.is_valid():
        sitting, points = under_way or form.cleaned_data["sitting"] or uuid4(), form.points()
        worrying = item.link_id in used.safety_items and bool(points)
        if measures(act, patient).filter(id=form.cleaned_data["sitting"]).exists():
            actions.correct(act, used.id, form.cleaned_data["sitting"], item.link_id, points)
            if "keep" in request.POST:
                return HttpResponse(status=204)
            return redirect("safe" if worrying else "intake")
        actions.answer_item(act, used.id, sitting, item.link_id, points)
        if "keep" in request.POST:
            return HttpResponse(status=204)
        waiting = next_question(used, given(act, patient, sitting))
        if number == len(used.items) and waiting is None:
            actions.finish(act, used.id, sitting, "intake")
        if worrying:
            return redirect("safe")
        if number < len(used.items):
            return redirect("intake_question", number + 1)
        return redirect("intake_question", waiting) if waiting else redirect("intake")
    opened(act, f"{used.id} question {number}", patient.id)
    context = {
        "form": form,
        "used": used,
        "number": number,
        "of": len(used.items),
        "back": number - 1,
        "safety": item.link_id in used.safety_items,
    }
    return render(request, "evaluation/question.html", context)


def check_in(request: ActRequest) -> HttpResponse:
    """PHQ-9 along the way."""
    return _measure(request, "check-in", "today")


def _measure(request: ActRequest, occasion: str, then: str) -> HttpResponse:
    used = instrument(PHQ_9)
    patient = me(request.act)
    form = InstrumentForm(used, request.POST or None, initial=_begun(request, occasion))
    if request.method == "POST" and run(
        form, lambda _: actions.answer(request.act, used.id, form.answers(), occasion, form.cleaned_data["once"])
    ):
        worried = (form.answers()[used.safety_items[0]] or 0) > 0
        return redirect("safe" if worried else then)
    opened(request.act, used.id, patient.id)
    return render(request, "evaluation/measure.html", {"form": form, "used": used, "occasion": occasion})


def _begun(request: ActRequest, occasion: str) -> dict[str, object]:
    """What was answered question by question so far, so that the list goes on from there."""
    patient = me(request.act)
    sitting = open_sitting(request.act, patient) if occasion == "intake" else None
    if sitting is None:
        return {}
    answers = given(request.act, patient, sitting)
    items = enumerate(instrument(PHQ_9).items, 1)
    return {"once": sitting} | {f"q{number}": answers.get(item.link_id) for number, item in items}


def safe(request: ActRequest) -> HttpResponse:
    """After a positive answer to item 9: thanks, are you safe, who will call."""
    if request.method == "POST":
        said = request.POST.get("said", "")
        actions.say_how_safe(request.act, said)
        return redirect("today" if said == "safe" else "crisis")
    opened(request.act, "safe", me(request.act).id)
    return render(request, "evaluation/safe.html", {"lines": SAFE_LINES, **who_reads(request.act)})
