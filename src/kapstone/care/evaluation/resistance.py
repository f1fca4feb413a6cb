"""Judges each trial of the episode, and counts the adequate ones that failed, known apart from unknown."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence import Policy, Reason, effective_doses, marked
from kapstone.care.evidence.reasons import reason

from .intake import Intake, Trial
from .logic import Known, and_, not_, or_
from .medicines import recognise


class Outcome(StrEnum):
    """What became of a trial."""

    FAILED = "failed"
    NOT_FAILED = "not failed"
    INTOLERANCE = "intolerance"
    APART = "counted apart"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Judged:
    """A trial with what became of it, and why in one sentence."""

    trial: Trial
    outcome: Outcome
    why: Reason


@dataclass(frozen=True, slots=True)
class FailedTrials:
    """How many adequate trials failed: surely this many, at most that many (None: no bound known)."""

    at_least: int
    at_most: int | None

    def fewer_than(self, number: int) -> Known:
        """Whether there were fewer; None when the unknown trials decide it."""
        if self.at_least >= number:
            return False
        return True if self.at_most is not None and self.at_most < number else None


ATRQ, LABEL = "evaluation.trials.failed_below_percent", "evaluation.trials.label_response_percent"
WHY = {
    Outcome.FAILED: marked("{weeks} weeks at an effective dose, response {response} %: failed."),
    Outcome.NOT_FAILED: marked(
        "Too short, too low, not taken as prescribed, or it helped: no failed adequate trial."
    ),
    Outcome.INTOLERANCE: marked("Stopped for side effects: intolerance, which is not failure."),
    Outcome.APART: marked("No antidepressant: listed and counted apart."),
    Outcome.UNKNOWN: marked("Dose, weeks, improvement or why it was stopped is not known yet."),
}


def failed_trials(trials: tuple[Trial, ...] | None, policy: Policy, line: str = ATRQ) -> FailedTrials:
    """The count under a response line; None trials means that nobody asked.

    Only antidepressants count, and the same ingredient tried twice counts once.
    """
    if trials is None:
        return FailedTrials(0, None)
    results: dict[str, list[Known]] = defaultdict(list)
    for trial in trials:
        if trial.kind == "antidepressant":
            results[_ingredients(trial)].append(trial_failed(trial, policy, line))
    each = [or_(*known) for known in results.values()]
    return FailedTrials(each.count(True), len(each) - each.count(False))


def by_the_other_line(intake: Intake, policy: Policy) -> dict[str, object]:
    """How many failed by the line of the label trials: a number, or a range while something is not known."""
    found = failed_trials(intake.trials, policy, LABEL)
    exact = found.at_most == found.at_least
    return {"label_count": found.at_least if exact else f"{found.at_least} to {found.at_most}"}


def trial_failed(trial: Trial, policy: Policy, line: str = ATRQ) -> Known:
    """Whether an adequate trial failed. Stopped for side effects is intolerance, which is not failure."""
    response = trial.response_percent
    limit = policy.number(line)
    # The label trials took a response of 25 % or less as too little, the ATRQ one below 50 %.
    too_little = None if response is None else response < limit or (line == LABEL and response == limit)
    return and_(
        None if trial.weeks is None else trial.weeks >= policy.number("evaluation.trials.minimum_weeks"),
        trial.taken_as_prescribed,
        dose_was_effective(trial),
        too_little,
        not_(trial.stopped_for_side_effects),
    )


def dose_was_effective(trial: Trial) -> Known:
    """Whether the dose reached the table's; a clinician's typed word counts over the table."""
    if trial.adequate_dose is not None:
        return trial.adequate_dose
    minimum = minimum_daily_mg(trial)
    return None if minimum is None or trial.daily_mg is None else trial.daily_mg >= minimum


def minimum_daily_mg(trial: Trial) -> Decimal | None:
    """The minimum effective daily dose of a trial's drug; None for a drug, or a combination, that the table lacks."""
    found = recognise(trial.drug)
    return effective_doses().daily_mg.get(found[0].id) if len(found) == 1 else None


def judged(trials: tuple[Trial, ...] | None, policy: Policy) -> tuple[Judged, ...]:
    """Every trial with what became of it, for the page and the command."""
    return tuple(_judged(trial, policy) for trial in trials or ())


def _judged(trial: Trial, policy: Policy) -> Judged:
    outcome = _outcome(trial, policy)
    numbers = {"weeks": trial.weeks, "response": trial.response_percent}
    return Judged(trial, outcome, reason(f"trial.{outcome.name.lower()}", WHY[outcome], **numbers))


def _outcome(trial: Trial, policy: Policy) -> Outcome:
    if trial.kind != "antidepressant":
        return Outcome.APART
    if trial.stopped_for_side_effects:
        return Outcome.INTOLERANCE
    failed = trial_failed(trial, policy)
    if failed is None:
        return Outcome.UNKNOWN
    return Outcome.FAILED if failed else Outcome.NOT_FAILED


def _ingredients(trial: Trial) -> str:
    found = recognise(trial.drug)
    return "+".join(sorted(each.id for each in found)) or trial.drug.casefold().strip()
