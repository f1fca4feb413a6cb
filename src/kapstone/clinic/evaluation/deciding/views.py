"""The verdict and the decision, for the prescriber."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evaluation import Finding, Severity, Urgency
from kapstone.care.plan import FORMATS
from kapstone.clinic.evaluation import queries
from kapstone.clinic.evaluation.deciding import actions
from kapstone.clinic.evaluation.deciding.forms import ClinicianForm, DecisionForm
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.ground.people.who import may

KNOWN_AS = {
    "found": "Read in the source named.",
    "secondary": "Read in a secondary source; the primary has not been checked.",
    "known": "From the published literature; not verified here.",
    "default": "A default of this program without a published source. The clinic's policy decides.",
}


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
