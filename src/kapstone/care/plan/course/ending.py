"""The life of a course: planned, running, ended in one of six ways. A reason is always written; nobody is blamed."""

from enum import StrEnum

from kapstone.care.evidence.reasons import marked


class EndState(StrEnum):
    """How a course ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    LOST = "lost"
    DIED = "died"

    @property
    def words(self) -> str:
        """The name on the page."""
        return END_STATES[self]


END_STATES: dict[EndState, str] = {
    EndState.COMPLETED: marked("Completed"),
    EndState.STOPPED: marked("Stopped by the patient or the clinic"),
    EndState.DECLINED: marked("Declined before the first dose"),
    EndState.TRANSFERRED: marked("Transferred to other care"),
    EndState.LOST: marked("Lost to follow-up"),
    EndState.DIED: marked("Died"),
}


class CourseState(StrEnum):
    """Where a course stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


TRANSITIONS: dict[tuple[CourseState, str], CourseState] = {
    (CourseState.PLANNED, "first dose begun"): CourseState.RUNNING,
    **{(CourseState.PLANNED, one.value): CourseState.ENDED for one in EndState if one is not EndState.COMPLETED},
    **{(CourseState.RUNNING, one.value): CourseState.ENDED for one in EndState if one is not EndState.DECLINED},
}
"""Every step there is. A course without a dose cannot be completed; one with a dose cannot be declined."""


def course_state(begun: int, ended: bool) -> CourseState:
    """Where a course stands after so many doses that were begun."""
    if ended:
        return CourseState.ENDED
    return CourseState.RUNNING if begun else CourseState.PLANNED


def why_not_end(state: CourseState, how: EndState) -> str:
    """Why a course cannot end so, in a sentence; empty when it can."""
    if (state, how.value) in TRANSITIONS:
        return ""
    if how is EndState.COMPLETED:
        return "No dose of this course was given, so it cannot be completed; choose how it ended."
    if how is EndState.DECLINED:
        return "A dose of this course was given, so it was not declined; choose “stopped” or how it ended."
    return "This course has ended already."
