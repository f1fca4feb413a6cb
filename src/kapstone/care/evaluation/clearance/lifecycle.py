"""The life of a test that was asked for, as one table. `docs/reference/test-states.md` is drawn from it.

A result does not count before a person read it, and none is taken back without a reason: a slip is marked as entered
in error, and the test is then asked for again. Reading is never skipped: once a result is in, the test can no longer
be withdrawn.
"""

from enum import StrEnum

from kapstone.care.evidence import marked


class State(StrEnum):
    """Where a test stands."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    RECEIVED = "received"
    READ = "read"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not needed"


class Did(StrEnum):
    """What happens to a test. `expired` is done by time alone and has no row."""

    ASKED = "asked"
    RECEIVED = "received"
    READ = "read"
    REPEAT = "repeat"
    IN_ERROR = "in_error"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not_needed"
    EXPIRED = "expired"


TRANSITIONS: dict[tuple[State, Did], State] = {
    (State.NOT_ASKED, Did.ASKED): State.ASKED,
    (State.ASKED, Did.RECEIVED): State.RECEIVED,
    (State.ASKED, Did.WITHDRAWN): State.WITHDRAWN,
    (State.ASKED, Did.NOT_NEEDED): State.NOT_NEEDED,
    (State.RECEIVED, Did.READ): State.READ,
    (State.RECEIVED, Did.REPEAT): State.ASKED,
    (State.RECEIVED, Did.IN_ERROR): State.ASKED,
    (State.READ, Did.EXPIRED): State.EXPIRED,
    (State.READ, Did.IN_ERROR): State.ASKED,
    (State.EXPIRED, Did.IN_ERROR): State.ASKED,
}

REFUSALS: dict[State, str] = {
    State.NOT_ASKED: marked("This test has not been asked for."),
    State.ASKED: marked("This test is asked for and has no result yet."),
    State.RECEIVED: marked("A result waits to be read. Read it first, or mark it as entered in error."),
    State.READ: marked(
        "This result was read already. Ask for the test again, or mark the result as entered in error."
    ),
    State.EXPIRED: marked("This result no longer counts. Ask for the test again."),
    State.WITHDRAWN: marked("This test was withdrawn. Ask for it again."),
    State.NOT_NEEDED: marked("This test was marked as not needed. Ask for it again."),
}


def allowed(state: State, did: Did) -> bool:
    """Whether this may happen to a test in this state."""
    return (state, did) in TRANSITIONS


def after(state: State, did: Did) -> State:
    """The state after it; unchanged for what may not happen."""
    return TRANSITIONS.get((state, did), state)


def why_not(state: State, did: Did) -> str:
    """Why this may not happen now, in a sentence; empty when it may."""
    return "" if allowed(state, did) else REFUSALS[state]
