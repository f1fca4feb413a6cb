"""Counts the adequate trials of the episode that failed, keeping apart what is known from what is not."""

from dataclasses import dataclass

from kapstone.care.evidence import Policy

from .intake import Trial
from .logic import Known, and_, not_


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


def failed_trials(trials: tuple[Trial, ...] | None, policy: Policy) -> FailedTrials:
    """The count under the policy's weeks and response line; None trials means that nobody asked."""
    if trials is None:
        return FailedTrials(0, None)
    results = [trial_failed(trial, policy) for trial in trials]
    return FailedTrials(results.count(True), len(results) - results.count(False))


def trial_failed(trial: Trial, policy: Policy) -> Known:
    """Whether an adequate trial failed. Stopped for side effects is intolerance, which is not failure."""
    minimum_weeks = policy.number("evaluation.trials.minimum_weeks")
    failed_below = policy.number("evaluation.trials.failed_below_percent")
    return and_(
        None if trial.weeks is None else trial.weeks >= minimum_weeks,
        trial.taken_as_prescribed,
        trial.adequate_dose,
        None if trial.response_percent is None else trial.response_percent < failed_below,
        not_(trial.stopped_for_side_effects),
    )
