"""Questionnaires of the clinic: which ship, which were uploaded, trying one, and scoring one for a patient."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evaluation import instruments
from kapstone.care.evaluation.instruments.not_shipped import NOT_SHIPPED, UNVERIFIED
from kapstone.clinic.evaluation.intake.queries import strip
from kapstone.clinic.evaluation.licensed import actions, queries
from kapstone.clinic.evaluation.licensed.forms import FillForm, KeepForm, RetireForm, UploadForm
from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire
from kapstone.clinic.ground.people.doing import NotThere, Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.ground.people.who import may


def listed(request: ActRequest) -> HttpResponse:
    """Every questionnaire: those of the clinic, those that ship, and those that a clinic must bring itself."""
    opened(request.act, "questionnaires")
    context = {
        "held": queries.held(request.act),
        "shipped": list(instruments().values()),
        "not_shipped": NOT_SHIPPED,
        "unverified": UNVERIFIED,
        "keeps": may(request.act, "questionnaire.keep"),
    }
    return render(request, "evaluation/licensed.html", context)


def add(request: ActRequest) -> HttpResponse:
    """Uploads a questionnaire, or the next version of one."""
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm.of(request.POST, request.FILES.get("file"))
        made: list[UUID] = []

        def save(values: dict[str, str]) -> None:
            assert form.found is not None
            made.append(actions.upload(request.act, form.found, values["licence"]).id)

        if run(form, save):
            messages.success(request, "Saved. Try it before you use it.")
            return redirect("questionnaire", made[0])
    opened(request.act, "upload of a questionnaire")
    return render(request, "evaluation/licensed_add.html", {"form": form})


def show(request: ActRequest, questionnaire_id: UUID) -> HttpResponse:
    """One version, and a place to try it. What is filled in here is not kept."""
    version, paper = queries.version_of(request.act, questionnaire_id)
    form, found = FillForm(paper, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = queries.scored(request.act, questionnaire_id, form.answers())
        except BadQuestionnaire as no:
            form.add_error(None, str(no))
    opened(request.act, "questionnaire")
    context = {
        "version": version,
        "paper": paper,
        "form": form,
        "found": found,
        "keeps": may(request.act, "questionnaire.keep"),
    }
    return render(request, "evaluation/licensed_show.html", context)


def retire(request: ActRequest, questionnaire_id: UUID) -> HttpResponse:
    """Says why a version is no longer used."""
    version, _ = queries.version_of(request.act, questionnaire_id)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and run(
        form, lambda values: actions.retire(request.act, questionnaire_id, values["why"])
    ):
        messages.success(request, "Retired. What was answered on it stays.")
        return redirect("questionnaires")
    opened(request.act, "retiring a questionnaire")
    return render(request, "evaluation/licensed_retire.html", {"version": version, "form": form})


def of_patient(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The questionnaires in use, to fill in for a patient, and the scores there are."""
    act, patient = request.act, patient_of(request.act, patient_id, "intake.enter")
    opened(act, "questionnaires of a patient", patient.id)
    context = {
        "id": patient_id,
        "patient": strip(act, patient),
        "in_use": [one.in_use for one in queries.held(act) if one.in_use],
        "scores": queries.kept_scores(act, patient),
    }
    return render(request, "evaluation/licensed_patient.html", context)


def fill(request: ActRequest, patient_id: UUID, questionnaire_id: UUID) -> HttpResponse:
    """One questionnaire filled in for a patient; the score is kept with its version."""
    act, patient = request.act, patient_of(request.act, patient_id, "intake.enter")
    version, paper = queries.version_of(act, questionnaire_id)
    form = KeepForm(paper, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            # Outside the transaction: the expression is another's, and may take its time.
            found = queries.scored(act, questionnaire_id, form.answers())
            values = form.cleaned_data
            measure = actions.keep_score(act, patient.id, found, values["mode"], values["once"])
        except (BadQuestionnaire, Refused, NotThere) as no:
            form.add_error(getattr(no, "field", "") or None, str(no))
        else:
            total = "no total" if measure.total is None else measure.total
            messages.success(request, f"Saved. {version.title}: {total}{', ' if measure.band else ''}{measure.band}.")
            return redirect("patient_questionnaires", patient_id)
    opened(act, "questionnaire for a patient", patient.id)
    context = {"id": patient_id, "patient": strip(act, patient), "version": version, "paper": paper, "form": form}
    return render(request, "evaluation/licensed_fill.html", context)
