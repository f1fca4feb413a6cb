"""Intake for the patient, the verdict and the decision for the prescriber."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kapstone.care.evaluation import Finding, Severity, Urgency, instrument
from kapstone.care.plan import FORMATS
from kapstone.clinic.evaluation import actions, queries
from kapstone.clinic.evaluation.forms import ClinicianForm, DecisionForm, HistoryForm, InstrumentForm
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.ground.people.who import may

KNOWN_AS = {
    "found": "Read in the source named.",
    "secondary": "Read in a secondary source; the primary has not been checked.",
    "known": "From the published literature; not verified here.",
    "default": "A default of this program without a published source. The clinic's policy decides.",
}

SAFE_LINES = ("you are not sure that you are safe", "you would like to talk to someone tonight")


def intake(request: ActRequest) -> HttpResponse:
    """The patient's task list."""
    act, patient = request.act, me(request.act)
    felt = queries.latest_measure(act, patient)
    health = queries.latest_answers(act, patient, by_patient=True)
    sent = queries.intake_sent(act, patient)
    ready = bool(felt and health)
    tasks = [
        _task("How I have felt", reverse("intake_felt"), "About 2 minutes", bool(felt)),
        _task("My health", reverse("intake_health"), "About 5 minutes", bool(health)),
    ]
    if request.method == "POST":
        actions.send_intake(act)
        messages.success(request, "Sent to your care team. Thank you.")
        return redirect("today")
    opened(act, "intake", patient.id)
    context = {"tasks": tasks, "sent": sent, "ready": ready, "left": sum(task["state"] != "done" for task in tasks)}
    return render(request, "evaluation/intake.html", context)


def felt(request: ActRequest) -> HttpResponse:
    """PHQ-9 at intake."""
    return _measure(request, "intake", "intake")


def check_in(request: ActRequest) -> HttpResponse:
    """PHQ-9 along the way."""
    return _measure(request, "check-in", "today")


def _measure(request: ActRequest, occasion: str, then: str) -> HttpResponse:
    used = instrument(queries.PHQ_9)
    form = InstrumentForm(used, request.POST or None)
    patient = me(request.act)
    if request.method == "POST" and run(
        form, lambda _: actions.answer(request.act, used.id, form.answers(), occasion, form.cleaned_data["once"])
    ):
        worried = (form.answers()[used.safety_items[0]] or 0) > 0
        return redirect("safe" if worried else then)
    opened(request.act, used.id, patient.id)
    return render(request, "evaluation/measure.html", {"form": form, "used": used, "occasion": occasion})


def safe(request: ActRequest) -> HttpResponse:
    """After a positive answer to item 9: thanks, are you safe, who will call."""
    opened(request.act, "safe", me(request.act).id)
    local = request.act.at.astimezone(request.act.clinic.zone)
    is_open = local.weekday() < 5 and request.act.clinic.opens <= local.time() < request.act.clinic.closes
    return render(request, "evaluation/safe.html", {"is_open": is_open, "lines": SAFE_LINES})


def health(request: ActRequest) -> HttpResponse:
    """The patient's medical history."""
    patient = me(request.act)
    form = HistoryForm(request.POST or None)
    if request.method == "POST" and run(form, lambda _: actions.answer_history(request.act, form.body())):
        return redirect("intake")
    opened(request.act, "my health", patient.id)
    return render(request, "evaluation/health.html", {"form": form})


def verdict(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The verdict with every reason, and what the prescriber asked, found and decided."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.read")
    now = queries.evaluated(act, patient)
    opened(act, "evaluation", patient.id)
    context = {
        "patient": queries.strip(act, patient),
        "id": patient.id,
        "now": now,
        "urgent": now.verdict.urgency,
        "first": _three(now.verdict.findings),
        "formats": [(FORMATS[name].name, each.candidacy.word) for name, each in now.verdict.per_format.items()],
        "measure": queries.latest_measure(act, patient),
        "decided": queries.latest_decision(act, patient),
        "sent": queries.intake_sent(act, patient),
        "may_decide": may(act, "evaluation.decide"),
    }
    return render(request, "evaluation/verdict.html", context)


def asked(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The prescriber completes the history."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.decide")
    form = ClinicianForm(request.POST or None, initial=ClinicianForm.initial_from(queries.intake_of(act, patient)))
    if request.method == "POST" and run(form, lambda _: actions.complete_history(act, patient.id, form.body())):
        messages.success(request, "Saved. The verdict is worked out again.")
        return redirect("verdict", patient_id=patient.id)
    opened(act, "history", patient.id)
    trials = [[form[name] for name in names] for names in form.trials()]
    trial_names = {name for names in form.trials() for name in names}
    plain = [bound for bound in form if bound.name not in trial_names]
    context = {
        "patient": queries.strip(act, patient),
        "id": patient.id,
        "form": form,
        "plain": plain,
        "trials": trials,
    }
    return render(request, "evaluation/asked.html", context)


def decide(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The prescriber decides."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.decide")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: actions.decide(act, patient.id, **values)):
        messages.success(request, "Decided and signed.")
        return redirect("verdict", patient_id=patient.id)
    opened(act, "decision", patient.id)
    now = queries.evaluated(act, patient)
    context = {
        "patient": queries.strip(act, patient),
        "id": patient.id,
        "form": form,
        "verdict": now.verdict,
        "possible": [FORMATS[name].name for name in queries.possible_formats(now.verdict)],
    }
    return render(request, "evaluation/decide.html", context)


def _task(title: str, url: str, hint: str, done: bool) -> dict[str, str]:
    return {"title": title, "url": url, "hint": hint, "state": "done" if done else "todo"}


def _three(findings: tuple[Finding, ...]) -> dict[str, list[dict[str, object]]]:
    """What stops, what must be asked, what can wait for dose day; and the rest, which is only shown."""
    first: dict[str, list[dict[str, object]]] = {"now": [], "stops": [], "ask": [], "weigh": [], "later": []}
    for one in findings:
        first[_where(one)].append(_row(one))
    return first


def _where(one: Finding) -> str:
    if one.urgency > Urgency.NONE:
        return "now"
    if one.phase != "candidacy":
        return "later"
    if one.missing:
        return "ask"
    return "stops" if one.severity >= Severity.HOLD else "weigh"


def _row(one: Finding) -> dict[str, object]:
    return {
        "severity": "ask" if one.missing else one.severity.word if one.severity > Severity.INFO else "review",
        "word": "Know" if one.severity == Severity.INFO and not one.missing else "",
        "sentence": str(one.reason),
        "value": f"({one.rule})",
        "source": f"{one.source}. {KNOWN_AS[one.known_as]}",
        "limits": f"Counts for {', '.join(one.formats)}. Phase: {one.phase.replace('_', ' ')}.",
        "clears": str(one.clears),
    }
