"""The ways on that a clinician and a patient may weigh, each with its reason: never one advice, never a dose."""

from dataclasses import dataclass

from kapstone.care.evidence import Policy, Reason, marked
from kapstone.care.evidence.reasons import reason

from .trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class Option:
    """One way on. The order of options is fixed and is no ranking."""

    key: str
    reason: Reason


def next_steps(
    trajectory: Trajectory, doses_given: int, policy: Policy, bad_session: bool = False
) -> tuple[Option, ...]:
    """Every option that the record gives a reason for. ValueError for a negative number of doses."""
    if doses_given < 0:
        raise ValueError(f"{doses_given} doses cannot have been given; give 0 or more.")
    found = [
        _ask_first() if bad_session else None,
        _pause(trajectory, doses_given, policy),
        _rethink(trajectory, doses_given, policy),
        _continue(trajectory, doses_given),
        _maintenance(trajectory),
        _therapy(trajectory),
    ]
    return tuple(option for option in found if option is not None)


def _option(key: str, template: str, **values: object) -> Option:
    return Option(key, reason(f"next-step.{key}", template, **values))


def _ask_first() -> Option:
    return _option(
        "ask_a_person_first",
        marked("The last session was a bad one; a person talks with the patient before another is offered."),
    )


def _pause(trajectory: Trajectory, doses_given: int, policy: Policy) -> Option | None:
    first = policy.number("outcomes.review.first_doses")
    if trajectory.latest is None:
        return _option("pause_for_review", marked("No score has been taken; there is nothing to go by yet."))
    if trajectory.worse_than_baseline:
        return _option("pause_for_review", marked("The latest score is worse than the one before treatment."))
    if trajectory.loss_of_response:
        return _option("pause_for_review", marked("A response that was there has been lost (default rule)."))
    if trajectory.early_warning:
        return _option(
            "pause_for_review", marked("The score has moved away from its best (default rule, early warning).")
        )
    if trajectory.response is False and doses_given >= first:
        return _option(
            "pause_for_review",
            marked("No response after {doses} doses; the default is to review from {first}."),
            doses=doses_given,
            first=first,
        )
    return None


def _rethink(trajectory: Trajectory, doses_given: int, policy: Policy) -> Option | None:
    last = policy.number("outcomes.review.last_doses")
    if trajectory.responded_before or trajectory.response is not False or doses_given < last:
        return None
    return _option(
        "stop_and_rethink",
        marked("There was no response at any time in {doses} doses; the default is to stop and re-think at {last}."),
        doses=doses_given,
        last=last,
    )


def _continue(trajectory: Trajectory, doses_given: int) -> Option:
    if trajectory.response:
        return _option(
            "continue", marked("The score is down by half or more after {doses} doses."), doses=doses_given
        )
    if trajectory.response is None:
        return _option(
            "continue", marked("Too few scores to tell a response after {doses} doses."), doses=doses_given
        )
    return _option("continue", marked("No response now after {doses} doses; some respond late."), doses=doses_given)


def _maintenance(trajectory: Trajectory) -> Option | None:
    if not (trajectory.response or trajectory.remission):
        return None
    return _option(
        "maintenance_spacing",
        marked("The gain holds now; doses may lie further apart, step by step, while it is watched."),
    )


def _therapy(trajectory: Trajectory) -> Option:
    if trajectory.remission:
        return _option("more_therapy", marked("Few symptoms are left: a good time for work against relapse."))
    return _option(
        "more_therapy",
        marked("Symptoms are left that talking treatments reach; evidence for the pairing is limited."),
    )
