"""Staff write down what a patient answered aloud or on paper, and print the paper."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evaluation import instrument
from kapstone.clinic.evaluation.intake import actions
from kapstone.clinic.evaluation.intake.forms import AboutForm, MedicinesForm, PartForm, ThemeForm, TriedForm
from kapstone.clinic.evaluation.intake.queries import MODES, strip
from kapstone.clinic.evaluation.intake.themes import THEMES
from kapstone.clinic.evaluation.measures.actions import enter_measure
from kapstone.clinic.evaluation.measures.forms import InstrumentForm
from kapstone.clinic.evaluation.measures.queries import ASQ, PHQ_9
from kapstone.clinic.ground.people.doing import Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, asked
from kapstone.clinic.ground.people.queries import patient_of

LINES = range(8)
"""Lines for names on the paper."""


class ModeForm(forms.Form):
    """How the answers came."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    mode = asked(
        forms.ChoiceField(
            label="How did the answers come?",
            choices=MODES,
            widget=forms.RadioSelect,
            error_messages={"required": "How did the answers come? Choose one."},
        ),
        "wide",
    )


class Entered:
    """All forms of the page together. A part in which nothing is filled in is left as it was."""

    def __init__(self, data: Any) -> None:
        self.mode = ModeForm(data)
        self.questions = {id: InstrumentForm(instrument(id), data, prefix=id) for id in (PHQ_9, ASQ)}
        self.themes = [ThemeForm(theme, data, prefix=theme.slug) for theme in THEMES]
        self.medicines = MedicinesForm(data, prefix="medicines")
        self.tried = TriedForm(data, prefix="tried")
        self.about = AboutForm(data, prefix="about")

    @property
    def forms(self) -> list[forms.Form]:
        """Every one of them."""
        return [self.mode, *self.questions.values(), *self.parts]

    @property
    def parts(self) -> list[PartForm]:
        """Those of the history."""
        return [*self.themes, self.medicines, self.tried, self.about]

    def is_valid(self) -> bool:
        """Whether all of them can be read."""
        return not [form for form in self.forms if not form.is_valid()]

    def body(self) -> dict[str, object]:
        """The history as it was told; blanks change nothing."""
        told: dict[str, object] = {}
        for part in self.parts:
            told |= part.body()
        return {name: value for name, value in told.items() if value not in (None, "")}


def enter(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """One page for the whole intake, in the order of the paper."""
    act, patient = request.act, patient_of(request.act, patient_id, "intake.enter")
    entered = Entered(request.POST or None)
    if request.method == "POST" and entered.is_valid() and _saved(request, patient_id, entered):
        messages.success(request, "Saved as the patient's answers.")
        return redirect("verdict", patient_id)
    opened(act, "intake for a patient", patient.id)
    context = {
        "entered": entered,
        "id": patient_id,
        "patient": strip(act, patient),
        "none_taken": entered.medicines.pressed("none"),
        "none_tried": entered.tried.pressed("none"),
    }
    return render(request, "evaluation/enter.html", context)


def _saved(request: ActRequest, patient_id: UUID, entered: Entered) -> bool:
    """Saves each part that was filled in. A refusal stands on the page, with all that was typed."""
    mode, once = entered.mode.cleaned_data["mode"], entered.mode.cleaned_data["once"]
    filled = {
        id: form.answers()
        for id, form in entered.questions.items()
        if any(v is not None for v in form.answers().values())
    }
    body = entered.body()
    if not filled and not body:
        entered.mode.add_error(None, "Nothing is filled in. Choose or write at least one answer.")
        return False
    try:
        for id, answers in filled.items():
            enter_measure(request.act, patient_id, id, answers, "intake", _part(once, id), mode)
        if body:
            actions.enter_history(request.act, patient_id, body, mode)
    except Refused as no:
        entered.mode.add_error(None, str(no))
        return False
    return True


def _part(once: UUID, id: str) -> UUID:
    """One id for each questionnaire of the page, the same when the page is sent twice."""
    return UUID(int=once.int ^ sum(id.encode()))


def paper(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The same questions to print, for a patient who would rather write."""
    patient = patient_of(request.act, patient_id, "intake.enter")
    opened(request.act, "intake on paper", patient.id)
    context = {
        "patient": patient,
        "clinic": request.act.clinic,
        "questions": [instrument(id) for id in (PHQ_9, ASQ)],
        "themes": THEMES,
        "lines": LINES,
        "id": patient_id,
    }
    return render(request, "evaluation/paper.html", context)
