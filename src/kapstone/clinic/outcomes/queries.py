"""Scores over time with the sessions marked, and the options for what comes next."""

from dataclasses import dataclass
from uuid import UUID

from kapstone.care.outcomes import Option, Trajectory, measure, next_steps, trajectory
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.queries import PHQ_9, measures
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Patient
from kapstone.clinic.ground.people.queries import key_of, policy_in_force
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.outcomes.models import NextStep
from kapstone.clinic.session.queries import doses_given


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the chart and the next-step page show."""

    trajectory: Trajectory
    sessions: list[Instant]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen step, opened."""

    step: NextStep
    reason: str


def outcomes(act: Act, patient: Patient) -> Outcomes:
    """The PHQ-9 trajectory of a patient, the doses begun, and the options the record gives a reason for."""
    policy, _ = policy_in_force(act.clinic)
    points = {Instant(one.answered_at): one.total for one in measures(act, patient, PHQ_9)}
    line = trajectory(measure(PHQ_9), points.items(), policy)
    begun = [start for _, start, _ in doses_given(act, patient)]
    return Outcomes(line, begun, next_steps(line, len(begun), policy))


def chosen(act: Act, patient: Patient) -> Chosen | None:
    """The newest step that was chosen."""
    found = visible(act, NextStep).filter(patient=patient).select_related("by").order_by("at", "id").last()
    if found is None:
        return None
    return Chosen(found, key_of(patient).open(found.reason_sealed, f"next_step/reason/{found.id}"))


def card(act: Act, patient_id: UUID) -> dict[str, object]:
    """What the chart shows of this room."""
    patient = visible(act, Patient).get(id=patient_id)
    return {"outcomes": outcomes(act, patient), "chosen": chosen(act, patient)}
