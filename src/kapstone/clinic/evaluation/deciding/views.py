"""The verdict and the decision, for the prescriber."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evaluation import Finding, Kind, Severity, Urgency, Verdict, Who, asks, judged, minimum_daily_mg
from kapstone.care.evidence import effective_doses
from kapstone.care.plan import FORMATS
from kapstone.clinic.evaluation.deciding import actions, queries
from kapstone.clinic.evaluation.deciding.forms import ClinicianForm, DecisionForm, OverrideForm, SecondForm
from kapstone.clinic.evaluation.intake.queries import intake_sent, strip
from kapstone.clinic.evaluation.measures.queries import latest_measure
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

PARTS = (
    (Who.CLINICIAN, "What a clinician answers"),
    (Who.PATIENT, "What the patient was asked"),
    (Who.TEST, "Tests"),
    (Who.DOSE_DAY, "On the day of a dose"),
)
"""The rest of the questions, by who is asked first."""


def verdict(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The verdict with every reason, and what the prescriber asked, found and decided."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.read")
    now = queries.evaluated(act, patient)
    opened(act, "evaluation", patient.id)
    past = queries.decisions(act, patient)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "now": now,
        "urgent": now.verdict.urgency,
        "first": _three(now.verdict.findings),
        "formats": [(FORMATS[name].name, each.candidacy.word) for name, each in now.verdict.per_format.items()],
        "trials": [(one, minimum_daily_mg(one.trial)) for one in judged(now.intake.trials, now.policy)],
        "doses": effective_doses(),
        "measure": latest_measure(act, patient),
        "decided": past[0] if past else None,
        "lapsed": bool(past) and past[0].offered and past[0].lapsed(act.at.astimezone(act.clinic.zone).date()),
        "earlier": past[1:],
        "sent": intake_sent(act, patient),
        "may_decide": may(act, "evaluation.decide"),
        "may_ask": may(act, "evaluation.ask"),
        "may_enter": may(act, "intake.enter"),
    }
    return render(request, "evaluation/verdict.html", context)


def asked(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """A prescriber or nurse completes the history; what is still missing comes first."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.ask")
    now = queries.evaluated(act, patient)
    form = ClinicianForm(now.intake, request.POST or None)
    if request.method == "POST" and run(form, lambda _: actions.complete_history(act, patient.id, form.body())):
        messages.success(request, "Saved. The verdict is worked out again.")
        return redirect("verdict", patient_id=patient.id)
    opened(act, "history", patient.id)
    wanted = {name for one in now.verdict.findings if one.phase != "each_dose" for name in one.missing}
    wrong = {name for name in form.names if form.errors.get(name)}
    missing = [_shown(form, name) for name in form.names if name in wanted | wrong]
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "form": form,
        "missing": missing,
        "rest": [
            (
                words,
                [_shown(form, name) for name in form.names if asks()[name].who == who and name not in wanted | wrong],
            )
            for who, words in PARTS
        ],
        "trials": form.rows["trials"],
        "medicines": form.rows["medicines"],
    }
    return render(request, "evaluation/asked.html", context)


def _shown(form: ClinicianForm, name: str) -> tuple[BoundField, str]:
    """A field, and what it showed, hidden, where its own drawing leaves that out."""
    bound = form[name]
    choices = asks()[name].kind == Kind.YES_NO
    return bound, bound.as_hidden(only_initial=True) if choices else ""


def decide(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The prescriber decides. Setting a block aside has a page of its own in between."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.decide")
    now = queries.evaluated(act, patient)
    blocked = queries.blocked_formats(now.verdict)
    kind = OverrideForm if "override_reason" in request.POST else DecisionForm
    form = kind(queries.possible_formats(now.verdict), blocked, request.POST or None)
    context = {"patient": strip(act, patient), "id": patient.id, "form": form, "verdict": now.verdict}
    if request.method == "POST" and form.is_valid():
        against = _against(now.verdict, blocked, form)
        if against and kind is DecisionForm:
            return _override(request, {**context, "against": against})
        if run(form, lambda values: actions.decide(act, patient.id, **values)):
            messages.success(
                request, "Signed. A second prescriber answers now." if against else "Decided and signed."
            )
            return redirect("verdict", patient_id=patient.id)
        if against:
            return _override(request, {**context, "against": against})
    opened(act, "decision", patient.id)
    return render(request, "evaluation/decide.html", context)


def _against(verdict: Verdict, blocked: Mapping[str, tuple[str, ...]], form: DecisionForm) -> list[dict[str, object]]:
    """The blocks that this form would set aside."""
    if form.cleaned_data["outcome"] != "offer":
        return []
    rules = {rule for name in form.cleaned_data["formats"] for rule in blocked.get(name, ())}
    return [_row(one) for one in verdict.findings if one.rule in rules]


def _override(request: ActRequest, context: dict[str, Any]) -> HttpResponse:
    opened(request.act, "override", context["id"])
    return render(request, "evaluation/override.html", context)


def second(request: ActRequest, patient_id: UUID, decision_id: UUID) -> HttpResponse:
    """A second prescriber answers an override."""
    act = request.act
    patient = patient_of(act, patient_id, "evaluation.decide")
    decided = queries.decision_of(act, patient, decision_id)
    form = SecondForm(request.POST or None)
    if request.method == "POST" and run(
        form,
        lambda values: actions.countersign(
            act, patient.id, decision_id, **{**values, "agrees": values["agrees"] == "yes"}
        ),
    ):
        messages.success(request, "Answered and signed.")
        return redirect("verdict", patient_id=patient.id)
    opened(act, "second prescriber", patient.id)
    now = queries.evaluated(act, patient)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "form": form,
        "decided": decided,
        "formats": [FORMATS[name].name for name in decided.decision.formats],
        "against": [_row(one) for one in now.verdict.findings if one.rule in decided.decision.overrides],
    }
    return render(request, "evaluation/second.html", context)


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
