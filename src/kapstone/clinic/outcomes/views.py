"""The score chart for the patient and the clinician, and the choice of the next step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me, patient_of
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.ground.ui import svg
from kapstone.clinic.outcomes import actions, queries
from kapstone.clinic.outcomes.forms import NAMES, NextStepForm
from kapstone.clinic.outcomes.queries import Outcomes


def my_scores(request: ActRequest) -> HttpResponse:
    """The patient's own scores: a sentence, the chart, the table."""
    act, patient = request.act, me(request.act)
    found = queries.outcomes(act, patient)
    opened(act, "my scores", patient.id)
    context = {"found": found, "line": found.trajectory, **chart(act, found), "chosen": queries.chosen(act, patient)}
    return render(request, "outcomes/my_scores.html", context)


def scores(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The clinician's page of the same, with the options for what comes next."""
    act = request.act
    patient = patient_of(act, patient_id, "patient.open_chart")
    found = queries.outcomes(act, patient)
    form = NextStepForm(found.options, request.POST or None, initial={"once": uuid7(act.at)})
    chooses = may(act, "nextstep.choose")
    if request.method == "POST" and run(form, lambda values: actions.choose(act, patient.id, **values)):
        messages.success(request, "Chosen and signed.")
        return redirect("scores", patient_id=patient.id)
    opened(act, "scores", patient.id)
    step = queries.chosen(act, patient)
    context = {
        "patient": strip(act, patient),
        "found": found,
        "line": found.trajectory,
        "form": form if chooses else None,
        "spaced": queries.spaced(act, patient, found),
        "chosen": step,
        "chosen_name": NAMES[step.step.option] if step else "",
        **chart(act, found),
    }
    return render(request, "outcomes/scores.html", context)


def chart(act: Act, found: Outcomes) -> dict[str, object]:
    """The chart and its table, with days counted from the first score."""
    points = found.trajectory.points
    if not points:
        return {"chart": "", "chart_rows": [], "chart_columns": []}
    first = points[0].moment
    zone = act.clinic.zone
    days = [
        svg.ScorePoint(
            (point.moment - first).total_seconds() / 86400,
            int(point.total) if point.total is not None else None,
            f"{point.moment.astimezone(zone):%b %d, %Y}",
        )
        for point in points
    ]
    sessions = [(one - first).total_seconds() / 86400 for one in found.sessions]
    return {
        "chart": svg.score_chart(days, sessions, name="PHQ-9", uid="phq9"),
        "chart_rows": svg.score_table(days),
        "chart_columns": [{"label": "Date"}, {"label": "PHQ-9", "number": True}, {"label": "Range"}],
    }
