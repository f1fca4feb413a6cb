"""The patient's way to a signature, one idea a page; what staff see of it; the clinic's words on cost; the print."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kapstone.care.plan.consent import ConsentText, Question
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.consent import actions, queries
from kapstone.clinic.plan.consent.actions import NOT_SURE
from kapstone.clinic.plan.consent.forms import CostForm, QuestionForm, SignForm, WordForm
from kapstone.clinic.plan.consent.queries import SIGN, State

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Patient

WORDS = {"talk": actions.talk_first, "no": actions.say_no}
CHANGED = "The text has changed since you opened this page. Please read it again from the start."


def consent(request: ActRequest) -> HttpResponse:
    """Where the patient stands with each text: start, go on, read what was signed, take it back."""
    act, patient = request.act, me(request.act)
    opened(act, "consent", patient.id)
    context = {"states": queries.states(act, patient), "wait": _wait(request, patient)}
    return render(request, "plan/consent/start.html", context)


def step(request: ActRequest, drug: str, key: str) -> HttpResponse:
    """One page or one question on the way."""
    act, patient = request.act, me(request.act)
    now = _state(request, patient, drug)
    if request.method == "POST" and (gone := _heard(request, now) or _changed(request, now)):
        return gone
    if key == SIGN:
        return _sign(request, patient, now)
    opened(act, f"consent {key}", patient.id)
    if key.startswith("ask-"):
        return _ask(request, patient, now, key)
    page = queries.page_of(now.text, key)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and run(form, lambda _: actions.read_page(act, now.drug, key, now.text.digest)):
        return _on(now, key)
    context = {"page": page, "form": form, "wait": _wait(request, patient), **_place(now, key)}
    return render(request, "plan/consent/page.html", context)


def _ask(request: ActRequest, patient: "Patient", now: State, key: str) -> HttpResponse:
    """One question. A wrong answer is met with the explanation, and asked again."""
    asked = queries.question_of(now.text, key.removeprefix("ask-"))
    form, right, chosen = QuestionForm(asked, request.POST or None), [], ""
    if request.method == "POST" and run(
        form,
        lambda values: right.append(
            actions.answer(request.act, now.drug, asked.key, values["chosen"], now.text.digest)
        ),
    ):
        if right[0]:
            messages.success(request, "That is right.")
            return _on(now, key)
        chosen, form = form.cleaned_data["chosen"], QuestionForm(asked)
    context = {
        "asked": asked,
        "form": form,
        "explain": asked.explain if chosen else "",
        "unsure": chosen == NOT_SURE,
        "wait": _wait(request, patient),
        **_place(now, key),
    }
    return render(request, "plan/consent/ask.html", context)


def _heard(request: ActRequest, now: State) -> HttpResponse | None:
    """A wish to talk first, or a no: heard under any text, also from an old tab."""
    named = next((name for name in WORDS if name in request.POST), "")
    if not named:
        return None
    form = WordForm(request.act, request.POST)
    WORDS[named](request.act, now.drug, form.cleaned_data["event_id"] if form.is_valid() else None)
    return redirect("consent_heard", drug=now.drug.value, word=named)


def _sign(request: ActRequest, patient: "Patient", now: State) -> HttpResponse:
    """The name under the text."""
    act = request.act
    form = SignForm(act, request.POST if "agree" in request.POST else None)
    if form.is_bound and run(
        form, lambda values: actions.sign_consent(act, now.drug, values["signed_name"], now.text.digest)
    ):
        messages.success(request, "Signed. You can take it back at any time, here or by telling us.")
        return redirect("consent")
    if not now.offered or now.in_force or now.next != SIGN:
        return redirect("consent")
    opened(act, "consent signature", patient.id)
    context = {"form": form, "name": patient.name, "wait": _wait(request, patient), **_place(now, SIGN)}
    return render(request, "plan/consent/sign.html", context)


def heard(request: ActRequest, drug: str, word: str) -> HttpResponse:
    """What follows after the patient asked to talk, or said no."""
    patient = me(request.act)
    if word not in WORDS:
        raise NotThere("No such page.")
    now = _state(request, patient, drug)
    opened(request.act, "consent heard", patient.id)
    return render(request, "plan/consent/heard.html", {"state": now, "word": word})


def back(request: ActRequest, drug: str) -> HttpResponse:
    """Takes a consent back: one page, one button, no reason asked."""
    act, patient = request.act, me(request.act)
    now = _state(request, patient, drug)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and run(form, lambda _: actions.withdraw(act, now.drug)):
        messages.success(request, "You have taken your consent back. Your other care goes on.")
        return redirect("consent")
    if not now.standing:
        return redirect("consent")
    opened(act, "consent back", patient.id)
    return render(request, "plan/consent/back.html", {"state": now, "form": form})


def my_copy(request: ActRequest, drug: str) -> HttpResponse:
    """The patient's own copy, to print."""
    patient = me(request.act)
    opened(request.act, "consent copy", patient.id)
    return _copy(request, patient, drug, reverse("consent"))


def copy(request: ActRequest, patient_id: UUID, drug: str) -> HttpResponse:
    """The clinic's copy, to print."""
    patient = patient_of(request.act, patient_id, "consent.review")
    opened(request.act, "consent copy", patient.id)
    return _copy(request, patient, drug, reverse("consent_review", args=[patient.id]))


def _copy(request: ActRequest, patient: "Patient", drug: str, way_back: str) -> HttpResponse:
    now = _state(request, patient, drug)
    text = ConsentText.from_json(now.signed.body) if now.signed else now.text
    tries = now.signed.tries if now.signed else {}
    answers = [{"ask": one.ask, "given": _given(one, tries.get(one.key, []))} for one in text.questions]
    context = {
        "state": now,
        "text": text,
        "digest": now.signed.text_digest if now.signed else text.digest,
        "answers": answers,
        "name": patient.name,
        "record": patient,
        "way_back": way_back,
    }
    return render(request, "plan/consent/copy.html", context)


def _given(asked: Question, keys: list[str]) -> list[str]:
    """What was answered, in the words that were shown."""
    return [found.words if (found := asked.option(key)) else "I am not sure" for key in keys]


def review(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """What clinicians see: how far the patient is with each text. Nobody signs for a patient."""
    act = request.act
    patient = patient_of(act, patient_id, "consent.review")
    opened(act, "consent review", patient.id)
    found = queries.states(act, patient)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "states": [(one, _tries(one)) for one in found],
        "cost": queries.cost_of(act.clinic),
        "may_cost": may(act, "cost.state"),
        "wait": queries.under_the_drug(act, patient),
    }
    return render(request, "plan/consent/review.html", context)


def told_back(request: ActRequest, patient_id: UUID, drug: str) -> HttpResponse:
    """The patient tells somebody of the clinic that they take a consent back: one page, one button, no reason."""
    act = request.act
    patient = patient_of(act, patient_id, "consent.review")
    now = _state(request, patient, drug)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and run(form, lambda _: actions.withdraw_told(act, patient.id, now.drug)):
        messages.success(request, "Taken back. No new dose; the team is told. Stop what runs, if they want that too.")
        return redirect("consent_review", patient_id=patient.id)
    if not now.standing:
        return redirect("consent_review", patient_id=patient.id)
    opened(act, "consent back", patient.id)
    context = {"patient": strip(act, patient), "id": patient.id, "state": now, "form": form}
    return render(request, "plan/consent/told_back.html", context)


def cost(request: ActRequest) -> HttpResponse:
    """The clinic's own words on cost."""
    known = queries.cost_of(request.act.clinic)
    form = CostForm(request.POST or None, initial={"words": known.words if known else ""})
    if request.method == "POST" and run(form, lambda values: actions.state_cost(request.act, values["words"])):
        messages.success(request, "Saved. It is part of the consent from now on.")
        return redirect("consent_cost")
    opened(request.act, "cost of treatment")
    return render(request, "plan/consent/cost.html", {"form": form, "known": known})


def _tries(now: State) -> list[dict[str, Any]]:
    return [
        {"label": one.ask, "count": len(now.tries.get(one.key, [])), "right": one.key in now.right}
        for one in now.text.questions
    ]


def _state(request: ActRequest, patient: "Patient", drug: str) -> State:
    """The state with this medicine. NotThere for one that is neither offered nor was ever agreed to."""
    found = {one.drug.value: one for one in queries.states(request.act, patient)}
    if drug not in found:
        raise NotThere("No such consent.")
    return found[drug]


def _place(now: State, key: str) -> dict[str, object]:
    """Where a step stands on the way: before it, after it, how far."""
    at = now.steps.index(key)
    return {
        "state": now,
        "number": at + 1,
        "count": len(now.steps),
        "before": now.steps[at - 1] if at else "",
        "after": now.steps[at + 1] if at + 1 < len(now.steps) else "",
    }


def _on(now: State, key: str) -> HttpResponse:
    return redirect("consent_step", drug=now.drug.value, key=now.steps[now.steps.index(key) + 1])


def _changed(request: ActRequest, now: State) -> HttpResponse | None:
    """Back to the start where the page that was sent showed another text."""
    if request.POST.get("digest") == now.text.digest:
        return None
    messages.warning(request, CHANGED)
    return redirect("consent")


def _wait(request: ActRequest, patient: "Patient") -> str:
    until = queries.under_the_drug(request.act, patient)
    return queries.wait_words(request.act, until) if until else ""
