"""Scores over time with the sessions marked, and the options for what comes next."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise, takewhile
from uuid import UUID

from kapstone.care.evidence import Reason
from kapstone.care.outcomes import Option, Trajectory, measure, next_steps, trajectory
from kapstone.care.plan.course import Gain, Spacing, spacings, why_rethink
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
class Spaced:
    """How doses may be spaced from here, as options with reasons; and why a course is thought over, where it is."""

    gap_days: int | None
    held: int
    options: tuple[Spacing, ...]
    rethink: Reason | None


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


def spaced(act: Act, patient: Patient, found: Outcomes) -> Spaced:
    """The spacing after the doses that were given. No options before any dose, or where nothing was ever gained."""
    policy, _ = policy_in_force(act.clinic)
    zone, line = act.clinic.zone, found.trajectory
    days = [one.astimezone(zone).date() for one in found.sessions]
    gaps = [(after - before).days for before, after in pairwise(days)]
    gap = gaps[-1] if gaps else None
    held = sum(1 for _ in takewhile(lambda one: gap is not None and abs(one - gap) <= 1, reversed(gaps)))
    rethink = why_rethink(len(days), line.response, policy)
    if not days or not (line.responded_before or line.response is None):
        return Spaced(gap, held, (), rethink)
    return Spaced(gap, held, spacings(gap, held, _gain(act, line), policy), rethink)


def _gain(act: Act, line: Trajectory) -> Gain:
    """How the gain stands; unknown where the newest score is older than two weekly check-ins."""
    policy, _ = policy_in_force(act.clinic)
    fresh = timedelta(days=2 * int(policy.number("plan.checkins.weekly_days")))
    if line.latest is None or line.response is None or act.at - line.latest.moment > fresh:
        return Gain.UNKNOWN
    if line.loss_of_response:
        return Gain.LOST
    return Gain.SLIPPING if line.early_warning else Gain.STABLE


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
