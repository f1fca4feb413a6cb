"""When a course is stopped or thought over: rules that are told before it begins, and those that counting can see."""

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason

RETHINK: tuple[tuple[str, str, str], ...] = (
    ("wish", marked("The patient wants to stop. No reason is needed, at any time."), ""),
    ("no_gain", marked("No gain after four to six doses."), "plan.course.rethink_after_doses"),
    ("too_close", marked("More than two doses a week for over two months."), "plan.course.most_weeks_close"),
    ("bladder", marked("Bladder pain, blood in the urine, or passing water much more often."), "ketamine-bladder"),
    ("liver", marked("Liver values that rise."), "evaluation.liver.alt_ast_uln"),
    ("mind", marked("Thinking or memory that gets worse."), "long-term-harm"),
    ("craving", marked("Craving for the medicine, or a wish for more and more of it."), "long-term-harm"),
    ("harm", marked("A serious event in or after a session."), ""),
    ("mood", marked("Mood or thoughts of death that get worse under treatment."), "worse-after-induction"),
)
"""Key, words for a patient, and the line or claim that the rule rests on; empty for what needs none."""


def why_rethink(given: int, gained: bool | None, policy: Policy) -> Reason | None:
    """Why this course is thought over now, by its count of doses; None while nothing says so."""
    first, last = (int(policy.number(f"plan.course.{name}_after_doses")) for name in ("reevaluate", "rethink"))
    if gained or given < first:
        return None
    if gained is None:
        words = marked("{given} doses are given and no score says whether they help: ask before the next one.")
        return reason("course.not_measured", words, given=given)
    if given >= last:
        words = marked("No gain after {given} doses: stop and rethink.")
        return reason("course.no_gain", words, given=given)
    words = marked("No gain yet after {given} doses: weigh whether to go on; by dose {last} the course is rethought.")
    return reason("course.no_gain_yet", words, given=given, last=last)
